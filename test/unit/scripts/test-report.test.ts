import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readReport, summary } from '../../../scripts/test-report.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'zerodesk-report-'));
  file = path.join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('counts the tests of Vitest, and a file that does not load as one failure', () => {
  const data = {
    numPassedTests: 3,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'a breaks' }] },
      { name: 'b.test.ts', status: 'failed', message: 'no such module\nat b', assertionResults: [] },
    ],
  };
  writeFileSync(file, JSON.stringify(data));
  expect(readReport('vitest', file, 1)).toEqual({
    passed: 3,
    failures: ['a breaks', 'b.test.ts: no such module'],
    skipped: 2,
  });
});

it('counts the tests of Playwright at any depth', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const data = {
    errors: [],
    suites: [
      {
        title: 'apps.spec.ts',
        specs: [spec('opens', 'expected'), spec('waits', 'skipped')],
        suites: [{ title: 'a tile', specs: [spec('runs', 'unexpected'), spec('blinks', 'flaky')] }],
      },
    ],
  };
  writeFileSync(file, JSON.stringify(data));
  expect(readReport('playwright', file, 1)).toEqual({
    passed: 1,
    failures: ['apps.spec.ts › a tile › runs', 'apps.spec.ts › a tile › blinks'],
    skipped: 1,
  });
});

it('counts a bad exit code as a failure even without a report', () => {
  expect(readReport('vitest', file, 1).failures).toEqual(['ended with exit code 1']);
  expect(readReport(undefined, file, 2).failures).toEqual(['ended with exit code 2']);
  expect(readReport(undefined, file, 0)).toEqual({ passed: 1, failures: [], skipped: 0 });
});

it('closes with the sum', () => {
  const parts = [
    { name: 'unit', seconds: 1, passed: 5, failures: [], skipped: 1 },
    { name: 'ui', seconds: 1, passed: 2, failures: ['x'], skipped: 0 },
  ];
  expect(summary(parts)).toEqual({ failed: 1, line: '7 passed, 1 failed, 1 skipped' });
});
