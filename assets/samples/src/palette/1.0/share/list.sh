# Shows every colour in its own colour.
. "$TEXTKIT/textkit.sh"
tk_title 'Colours'
for name in red green yellow blue violet grey; do
  "$0" "$name" "  $name"
done
