"""Todo @VERSION@: a list of what is still to do."""

import json
import os
import sys

folder = os.path.join(
    os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "zerodesk-samples"
)
path = os.path.join(folder, "todo.json")


def load():
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return ["Try a second version of a program", "Look at what a program is made of"]


def save(items):
    os.makedirs(folder, mode=0o700, exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(items, file, ensure_ascii=False, indent=2)
    os.replace(path + ".new", path)


def show(items):
    print()
    for number, item in enumerate(items, start=1):
        print(f"  {number:2}. {item}")
    if not items:
        print("  Nothing left to do. Well done!")
    print()


def main():
    items = load()
    show(items)
    if "--list" in sys.argv or not sys.stdin.isatty():
        return
    print("Type something new, the number of something done, or q to leave.")
    while True:
        try:
            answer = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if answer in ("q", "quit"):
            return
        if answer.isdigit() and 1 <= int(answer) <= len(items):
            print("Done:", items.pop(int(answer) - 1))
        elif answer:
            items.append(answer)
        save(items)
        show(items)


if __name__ == "__main__":
    main()
