/**
 * The text of desktop entries, by the freedesktop "Desktop Entry Specification" 1.5: groups of `KEY=VALUE` lines. Names and
 * summaries come from feeds, so nothing in a value may end its line, and nothing in an argument may become a second one.
 */

/** A group and its lines, in order. A key may be localised: `Name[de]`. */
export interface EntryGroup {
  readonly name: string;
  readonly lines: readonly (readonly [key: string, value: string])[];
}

/**
 * Characters that end lines for some reader, that terminals obey, or that reverse the text around them. What the
 * specification has an escape for is not among them.
 */
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** What the specification names as reserved in an `Exec` argument. */
const reserved = /[\s"'\\><~|&;$*?#()`]/;

/** A text as it can be shown in one piece: without control characters, damaged characters replaced. */
export function cleanText(text: string): string {
  return text.replace(unwanted, '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A value that is read back as `cleanText` of the same. @see execution.md 9.2 */
export function escapeValue(text: string): string {
  const escaped = cleanText(text).replace(/[\\\n\t\r]/g, (character) => escapes[character] ?? '');
  return escaped.startsWith(' ') ? `\\s${escaped.slice(1)}` : escaped;
}

/**
 * The value of `Exec`, not yet escaped as a value: each argument quoted where it needs to be, so that a launcher starts
 * exactly these.
 *
 * @param fieldCode where files or addresses go, such as `%F`
 */
export function quoteExec(args: readonly string[], fieldCode?: '%F' | '%U'): string {
  const quoted = args.map(quoteArgument);
  return [...quoted, ...(fieldCode === undefined ? [] : [fieldCode])].join(' ');
}

/** Whether an argument stands in `Exec` only between quotes. */
export function needsQuotes(text: string): boolean {
  return text === '' || reserved.test(text);
}

/** Writes an entry. Values are escaped here; keys and names of groups are ours. */
export function formatEntry(groups: readonly EntryGroup[]): string {
  return groups
    .map(({ name, lines }) =>
      [`[${name}]`, ...lines.map(([key, value]) => `${key}=${escapeValue(value)}`), ''].join('\n'),
    )
    .join('\n');
}

function quoteArgument(text: string): string {
  const literal = text.replaceAll('%', '%%');
  if (!needsQuotes(text)) return literal;
  return `"${literal.replace(/["`$\\]/g, '\\$&')}"`;
}
