/** What a terminal shows of a text with carriage returns: each one writes over the line from its beginning. */
export function shownOnTerminal(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .split('\r')
        .reduce((shown, part) => part + shown.slice(part.length), '')
        .trimEnd(),
    )
    .join('\n');
}
