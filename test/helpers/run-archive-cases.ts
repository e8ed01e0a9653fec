import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { archiveCases, runArchiveCase, type CaseOutcome } from './archive-cases.ts';

// A program for tests that need another user, umask or time zone: runs all cases below a directory, prints JSON.
const [base = '', umask = '22'] = process.argv.slice(2);
process.umask(Number.parseInt(umask, 8));
const outcomes: CaseOutcome[] = [];
for (const example of archiveCases) {
  const place = path.join(base, example.id);
  mkdirSync(place);
  outcomes.push(await runArchiveCase(example, place));
}
process.stdout.write(JSON.stringify(outcomes));
