# Text Kit @VERSION@: source this file.

# tk_title TEXT: a heading with a double line of the same length below.
tk_title() {
  printf '%s\n' "$1"
  printf '%s\n' "$1" | sed 's/./=/g'
}

# tk_item MARK TEXT: an item of a list.
tk_item() {
  printf '  %3s  %s\n' "$1" "$2"
}

# tk_wrap [WIDTH]: folds standard input, at spaces.
tk_wrap() {
  fold -s -w "${1:-72}"
}
