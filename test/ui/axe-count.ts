import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, '../../out/test-reports/axe.log');

/** Notes that axe looked at a screen, from any worker. */
export function noteAnalysis(what: string, violations: number): void {
  mkdirSync(path.dirname(file), { recursive: true });
  appendFileSync(file, `${violations}\t${what}\n`);
}

/** Before all tests. */
export function forgetAnalyses(): void {
  rmSync(file, { force: true });
}

/** After all tests: says how often axe looked, and what it found. */
// Playwright takes the default one.
// eslint-disable-next-line no-restricted-syntax
export default function printAnalyses(): void {
  if (!existsSync(file)) return;
  const found = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Number(line.split('\t')[0]));
  const sum = found.reduce((one, other) => one + other, 0);
  forgetAnalyses();
  console.log(`axe looked at ${found.length} screens and schemes: ${sum} violations`);
}
