const sectionSyntax = /^\s*\[([^\]]*)\]\s*$/;
const entrySyntax = /^\s*([^\s=]+)\s*=(.*)$/;

/**
 * The values of one section of an ini file; of several lines for a key the last one counts.
 *
 * @see execution.md 11
 */
export function readIniSection(text: string, section: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of readLines(text, section)) {
    if (line.isInSection && line.key !== null) values.set(line.key, line.value);
  }
  return values;
}

/**
 * Sets (or with null removes) keys of one section. Everything else stays as it is: other keys and sections, comments,
 * order.
 */
export function changeIniSection(text: string, section: string, changes: ReadonlyMap<string, string | null>): string {
  const lines = readLines(text, section);
  const lastOf = new Map(
    lines.flatMap((line, index) => (line.isInSection && line.key !== null ? [[line.key, index] as const] : [])),
  );
  const result = lines.flatMap((line, index) => {
    const change = line.isInSection && line.key !== null ? changes.get(line.key) : undefined;
    if (change === undefined) return [line.text];
    return change !== null && lastOf.get(line.key ?? '') === index ? [`${line.key ?? ''} = ${change}`] : [];
  });
  const missing = [...changes].flatMap(([key, value]) =>
    value === null || lastOf.has(key) ? [] : [`${key} = ${value}`],
  );
  if (missing.length > 0) insertIntoSection(result, section, missing);
  return `${result.join('\n')}\n`;
}

interface Line {
  readonly text: string;
  readonly isInSection: boolean;
  readonly key: string | null;
  readonly value: string;
}

function readLines(text: string, section: string): readonly Line[] {
  let isInSection = false;
  const lines = text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  if (lines === '') return [];
  return lines.split(/\r?\n/).map((line) => {
    const name = sectionSyntax.exec(line)?.[1];
    if (name !== undefined) isInSection = name.trim() === section;
    const [, key, value] = name === undefined ? (entrySyntax.exec(line) ?? []) : [];
    return { text: line, isInSection, key: key ?? null, value: value?.trim() ?? '' };
  });
}

/** After the last line of the section that says something, or in a section of its own at the end. */
function insertIntoSection(lines: string[], section: string, added: readonly string[]): void {
  let isInSection = false;
  let place = -1;
  lines.forEach((line, index) => {
    const name = sectionSyntax.exec(line)?.[1];
    if (name !== undefined) isInSection = name.trim() === section;
    if (isInSection && line.trim() !== '') place = index + 1;
  });
  if (place < 0) lines.push(`[${section}]`, ...added);
  else lines.splice(place, 0, ...added);
}
