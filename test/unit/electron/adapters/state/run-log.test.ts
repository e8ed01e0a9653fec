import * as fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createRunLog } from '../../../../../electron/adapters/state/run-log.ts';
import { tempDir } from '../../../../helpers/temp-dir.ts';

const clock = { now: () => Date.parse('2026-11-25T10:00:00Z') };
const at = '2026-11-25T10:00:00.000Z';

it('keeps runs in their order, also those of other processes', async () => {
  const directory = path.join(tempDir(), 'state');
  const [one, other] = [createRunLog(directory, clock), createRunLog(directory, clock)];
  expect(await one.read()).toEqual([]);
  one.note({ interface: 'a', digests: ['x'] });
  other.note({ interface: 'b', digests: [] });
  one.note({ interface: 'c', digests: ['x', 'y'] });
  expect(await other.read()).toEqual([
    { at, interface: 'a', digests: ['x'] },
    { at, interface: 'b', digests: [] },
    { at, interface: 'c', digests: ['x', 'y'] },
  ]);
});

it('leaves out lines that make no sense', async () => {
  const directory = tempDir();
  const log = createRunLog(directory, clock);
  const bad = [
    '',
    '{',
    'null',
    '{"at":"never","interface":"a","digests":[]}',
    '{"at":"2026-01-01","interface":1}',
    '[]',
  ];
  fs.writeFileSync(path.join(directory, 'runs.jsonl'), `${bad.join('\n')}\n`);
  log.note({ interface: 'a', digests: ['x'] });
  expect(await log.read()).toEqual([{ at, interface: 'a', digests: ['x'] }]);
});

it('does not grow without end, and forgets the oldest first', async () => {
  const directory = tempDir();
  const log = createRunLog(directory, clock);
  const digests = Array.from({ length: 100 }, () => 'sha256new_'.padEnd(62, 'A'));
  for (let run = 0; run < 500; run++) log.note({ interface: String(run), digests });
  const size = fs.readdirSync(directory).reduce((sum, name) => sum + fs.statSync(path.join(directory, name)).size, 0);
  expect(size).toBeLessThan(2.1 * 1024 * 1024);
  const runs = await log.read();
  expect(runs.at(-1)?.interface).toBe('499');
  expect(runs.length).toBeGreaterThan(150);
  expect(runs.map((run) => Number(run.interface))).toEqual(runs.map((_, index) => 500 - runs.length + index));
});

it('never fails a run', () => {
  const file = path.join(tempDir(), 'file');
  fs.writeFileSync(file, '');
  expect(() => createRunLog(path.join(file, 'state'), clock).note({ interface: 'a', digests: [] })).not.toThrow();
});
