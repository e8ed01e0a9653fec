"""Clock @VERSION@: clock [--text]"""

import math
import sys
import time

DIGITS = {
    "0": ["###", "# #", "# #", "# #", "###"],
    "1": ["  #", "  #", "  #", "  #", "  #"],
    "2": ["###", "  #", "###", "#  ", "###"],
    "3": ["###", "  #", "###", "  #", "###"],
    "4": ["# #", "# #", "###", "  #", "  #"],
    "5": ["###", "#  ", "###", "  #", "###"],
    "6": ["###", "#  ", "###", "# #", "###"],
    "7": ["###", "  #", "  #", "  #", "  #"],
    "8": ["###", "# #", "###", "# #", "###"],
    "9": ["###", "# #", "###", "  #", "###"],
    ":": [" ", "#", " ", "#", " "],
}


def show_text():
    now = time.strftime("%H:%M")
    print()
    for row in range(5):
        print("  " + "  ".join(DIGITS[character][row] for character in now))
    print()
    print(time.strftime("  %A, %d %B %Y"))


def show_window(tkinter):
    window = tkinter.Tk()
    window.title("Clock")
    window.minsize(120, 120)
    canvas = tkinter.Canvas(window, width=260, height=260, background="white", highlightthickness=0)
    canvas.pack(fill="both", expand=True)

    def hand(middle, angle, length, width, color):
        x = middle[0] + length * math.sin(angle)
        y = middle[1] - length * math.cos(angle)
        canvas.create_line(*middle, x, y, width=width, fill=color, capstyle="round")

    def draw():
        canvas.delete("all")
        width, height = canvas.winfo_width(), canvas.winfo_height()
        middle = (width / 2, height / 2)
        radius = min(width, height) / 2 - 12
        canvas.create_oval(
            middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius,
            width=4, outline="black", fill="white",
        )
        for mark in range(12):
            angle = mark * math.pi / 6
            canvas.create_line(
                middle[0] + radius * 0.86 * math.sin(angle), middle[1] - radius * 0.86 * math.cos(angle),
                middle[0] + radius * 0.94 * math.sin(angle), middle[1] - radius * 0.94 * math.cos(angle),
                width=3, fill="black",
            )
        now = time.localtime()
        minutes = now.tm_min + now.tm_sec / 60
        hand(middle, (now.tm_hour % 12 + minutes / 60) * math.pi / 6, radius * 0.5, 6, "black")
        hand(middle, minutes * math.pi / 30, radius * 0.75, 4, "black")
        hand(middle, now.tm_sec * math.pi / 30, radius * 0.8, 2, "#e23a5b")
        canvas.after(1000 - int(time.time() * 1000) % 1000, draw)

    canvas.bind("<Configure>", lambda event: canvas.after_idle(canvas.update_idletasks))
    window.after(50, draw)
    window.mainloop()


def main():
    if "--text" in sys.argv:
        show_text()
        return
    try:
        import tkinter
    except ImportError:
        print("For the window, install Tk for Python (on Debian: python3-tk).", file=sys.stderr)
        show_text()
        return
    try:
        show_window(tkinter)
    except tkinter.TclError as problem:
        print(f"There is no screen to open a window on: {problem}", file=sys.stderr)
        show_text()


if __name__ == "__main__":
    main()
