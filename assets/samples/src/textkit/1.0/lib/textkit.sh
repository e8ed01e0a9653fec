# Text Kit @VERSION@: source this file.

# tk_title TEXT: a heading with a line below.
tk_title() {
  printf '%s\n' "$1"
  printf '%s\n' '----------------------------------------'
}
