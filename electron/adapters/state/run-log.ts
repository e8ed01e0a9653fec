import * as fs from 'node:fs';
import { join } from 'node:path';
import type { ClockPort } from '../../core/ports/clock.ts';
import type { RunLogPort, RunRecord } from '../../core/ports/run-log.ts';
import { errorCode, toFileError } from '../file-error.ts';

/** When the file has grown to this, it becomes the older one of two, and what was the older one goes. */
const maxBytes = 1024 * 1024;

/**
 * A file with one line of JSON for each run. Lines are only ever appended, each in one write, so that processes need no
 * lock and nothing is rewritten; that costs some microseconds at a start. Lines that make no sense are left out.
 */
export function createRunLog(directory: string, clock: Pick<ClockPort, 'now'>): RunLogPort {
  const path = join(directory, 'runs.jsonl');
  const olderPath = join(directory, 'runs.old.jsonl');
  return {
    note(run) {
      const record: RunRecord = { at: new Date(clock.now()).toISOString(), ...run };
      try {
        append(path, `${JSON.stringify(record)}\n`, directory);
        if (fs.statSync(path).size > maxBytes) fs.renameSync(path, olderPath);
      } catch (error) {
        if (errorCode(error) === null) throw error;
      }
    },
    async read() {
      const lines: string[] = [];
      for (const file of [olderPath, path]) {
        try {
          lines.push(...(await fs.promises.readFile(file, 'utf8')).split('\n'));
        } catch (error) {
          if (errorCode(error) !== 'ENOENT') throw toFileError(error, file);
        }
      }
      return lines.flatMap(parseLine);
    },
  };
}

function append(path: string, line: string, directory: string): void {
  try {
    fs.appendFileSync(path, line, { mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    fs.appendFileSync(path, line, { mode: 0o600 });
  }
}

function parseLine(line: string): readonly RunRecord[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [];
  }
  return isRecord(value) ? [value] : [];
}

function isRecord(value: unknown): value is RunRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { at, interface: uri, digests } = value as Record<string, unknown>;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || typeof uri !== 'string') return false;
  return Array.isArray(digests) && digests.every((digest) => typeof digest === 'string');
}
