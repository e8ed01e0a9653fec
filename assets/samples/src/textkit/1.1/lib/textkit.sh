# Text Kit @VERSION@: source this file.

# tk_title TEXT: a heading with a line below.
tk_title() {
  printf '%s\n' "$1"
  printf '%s\n' '----------------------------------------'
}

# tk_item MARK TEXT: an item of a list.
tk_item() {
  printf '  %3s  %s\n' "$1" "$2"
}
