// Adds up what the runners report.

import { existsSync, readFileSync } from 'node:fs';

function readVitest(data) {
  const failures = data.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName),
  );
  // A file that does not even load has no tests in it, and counts as one.
  for (const file of data.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      failures.push(`${file.name}: ${String(file.message).split('\n')[0]}`);
    }
  }
  return { passed: data.numPassedTests, failures, skipped: data.numPendingTests + data.numTodoTests };
}

function readPlaywright(data) {
  const failures = (data.errors ?? []).map((error) => String(error.message).split('\n')[0]);
  let passed = 0;
  let skipped = 0;
  const visit = (suite, trail) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'skipped') skipped += 1;
        else if (test.status === 'expected') passed += 1;
        else failures.push([...trail, spec.title].join(' › '));
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...trail, inner.title]);
  };
  for (const suite of data.suites ?? []) visit(suite, [suite.title]);
  return { passed, failures, skipped };
}

/**
 * What one part of the tests came to.
 *
 * @param runner `vitest`, `playwright`, or undefined for a check, which counts as one test
 * @param file the JSON report of the runner
 * @param status exit code of the part; a bad one always counts as a failure
 */
export function readReport(runner, file, status) {
  let result = { passed: runner === undefined && status === 0 ? 1 : 0, failures: [], skipped: 0 };
  if (runner !== undefined && existsSync(file)) {
    const data = JSON.parse(readFileSync(file, 'utf8'));
    result = runner === 'vitest' ? readVitest(data) : readPlaywright(data);
  }
  if (status !== 0 && result.failures.length === 0) result.failures.push(`ended with exit code ${status}`);
  return result;
}

/** One row a part. */
export function table(results) {
  const row = (cells) => cells.map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(8))).join('  ');
  return [
    row(['part', 'result', 'time', 'passed', 'failed', 'skipped']),
    ...results.map(({ name, seconds, passed, failures, skipped }) =>
      row([
        name,
        failures.length === 0 ? 'ok' : 'FAILED',
        `${seconds.toFixed(1)} s`,
        String(passed),
        String(failures.length),
        String(skipped),
      ]),
    ),
  ].join('\n');
}

/** The closing line, and how many failed. */
export function summary(results) {
  const add = (pick) => results.reduce((sum, result) => sum + pick(result), 0);
  const failed = add((result) => result.failures.length);
  return {
    failed,
    line: `${add((result) => result.passed)} passed, ${failed} failed, ${add((result) => result.skipped)} skipped`,
  };
}
