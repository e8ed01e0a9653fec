# Text Kit @VERSION@: source this file.

# text_title TEXT: a heading with a line of the same length below.
text_title() {
  printf '%s\n' "$1"
  printf '%s\n' "$1" | sed 's/./=/g'
}

# text_item MARK TEXT: an item of a list.
text_item() {
  printf '  %3s  %s\n' "$1" "$2"
}

# text_wrap [WIDTH]: folds standard input, at spaces.
text_wrap() {
  fold -s -w "${1:-72}"
}

# text_table: lines of cells separated by tabs become columns.
text_table() {
  awk -F '\t' '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } fields[NR] = NF }
    END {
      for (row = 1; row <= NR; row++) {
        line = " "
        for (i = 1; i <= fields[row]; i++) line = line sprintf(" %-" width[i] "s ", cell[row, i])
        sub(/ +$/, "", line)
        print line
      }
    }'
}
