/** What a diagnostic report says, before anything personal is taken out. */
export interface ReportContent {
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** What went wrong last, the latest last. */
  readonly problems: readonly string[];
  /** The selection of the program in question. */
  readonly selection: { readonly program: string; readonly lines: readonly string[] } | null;
  /** What the window says of its own mistake. */
  readonly crash: string | null;
  /** The end of the log. */
  readonly log: string;
}

/** As Markdown, in English: whoever helps reads it. */
export function formatReport({ facts, settings, problems, selection, crash, log }: ReportContent): string {
  const parts = [
    '# Zerodesk diagnostic report',
    facts.map(([name, value]) => `- ${name}: ${value}`).join('\n'),
    ...(crash === null ? [] : ['## The window stopped', fence(crash)]),
    '## Settings',
    fence(
      Object.entries(settings)
        .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
        .join('\n'),
    ),
    '## Last problems',
    problems.length === 0 ? 'None.' : fence(problems.join('\n')),
    ...(selection === null ? [] : [`## Selection of ${selection.program}`, fence(selection.lines.join('\n'))]),
    '## End of the log',
    log.trim() === '' ? 'Empty.' : fence(log),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A block that nothing in the text can end. */
function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}text\n${text.trimEnd()}\n${mark}`;
}
