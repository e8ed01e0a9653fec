import { execFile, type ExecFileOptions } from 'node:child_process';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { PackageManagerPort } from '../../core/ports/package-manager.ts';
import type { PackageReply } from '../../core/select/native-packages.ts';
import { readDebianPackage, unreadableVersion } from './debian-fields.ts';

/** How much is asked at most. */
export interface AptCacheLimits {
  /** Names in one answer; feeds that name more are no real ones. */
  readonly names: number;
  /** For one run, milliseconds. The first one after an update of the lists builds an index. */
  readonly timeMs: number;
  /** Output of one run. */
  readonly bytes: number;
}

const defaultLimits: AptCacheLimits = { names: 2000, timeMs: 30_000, bytes: 16 * 1024 * 1024 };

/** Names in one run, which fit into every system's limit of a command line. */
const batchSize = 200;

/** What Debian allows as a name, with an architecture behind it or not. Nothing apt would take for a pattern or option. */
const debianName = /^[A-Za-z0-9][A-Za-z0-9+.-]{0,127}(:[a-z0-9][a-z0-9-]{0,31})?$/;

/**
 * Asks `apt-cache` what could be installed. Most of its time goes into starting, so it is started once for many names.
 *
 * @see selection.md 13.3 for the notes
 */
export function createAptCache(
  env: Readonly<Record<string, string | undefined>>,
  limits: Partial<AptCacheLimits> = {},
): PackageManagerPort {
  const { names: mostNames, timeMs, bytes } = { ...defaultLimits, ...limits };
  const options = { env: { ...env, LC_ALL: 'C' }, timeout: timeMs, maxBuffer: bytes };
  return {
    async ask(names, signal) {
      const asked = names.slice(0, mostNames);
      const replies = new Map<string, PackageReply>(asked.map((name) => [name, unknown(name)]));
      for (const batch of batchesOf(asked.filter((name) => debianName.test(name)))) {
        const { text, problem } = await run(batch, { ...options, signal });
        for (const name of batch) replies.set(name, toReply(name, entryOf(text, name, batch), problem));
      }
      return replies;
    },
  };
}

/** A name with an architecture goes alone, because the answer does not show what it was asked for. */
function batchesOf(names: readonly string[]): readonly (readonly string[])[] {
  const plain = names.filter((name) => !name.includes(':'));
  const batches: (readonly string[])[] = [];
  for (let start = 0; start < plain.length; start += batchSize) batches.push(plain.slice(start, start + batchSize));
  return [...batches, ...names.filter((name) => name.includes(':')).map((name) => [name])];
}

interface Output {
  readonly text: string;
  readonly problem: string | null;
}

/** Status 100 says that a name is unknown; the output about the others is good. */
function run(names: readonly string[], options: ExecFileOptions & { readonly signal: AbortSignal }): Promise<Output> {
  return new Promise((resolve, reject) => {
    execFile(
      'apt-cache',
      ['--no-all-versions', 'show', '--', ...names],
      { ...options, encoding: 'utf8' },
      (error, stdout) => {
        if (options.signal.aborted) reject(new AppError('cancelled', {}));
        else if (error === null || typeof error.code === 'number') resolve({ text: stdout, problem: null });
        // What is cut off may end within a field.
        else resolve({ text: '', problem: error.killed === true ? 'it took too long' : error.message });
      },
    );
  });
}

function entryOf(text: string, name: string, batch: readonly string[]): string | null {
  if (batch.length === 1) return text;
  return text.split(/\n\n+/).find((entry) => fieldOf(entry, 'Package') === name) ?? null;
}

function toReply(name: string, entry: string | null, problem: string | null): PackageReply {
  if (problem !== null) return { ...unknown(name), warning: `'apt-cache show ${name}' failed: ${problem}` };
  const version = entry === null ? null : fieldOf(entry, 'Version');
  const architecture = entry === null ? null : fieldOf(entry, 'Architecture');
  if (entry === null || version === null || architecture === null) return unknown(name);
  const read = readDebianPackage(name, version, architecture);
  if (read === null) return { ...unknown(name), warning: unreadableVersion(name, version) };
  const size = fieldOf(entry, 'Size') ?? '';
  const installable = {
    id: read.id,
    version: read.version.text,
    cpu: read.machine === '*' ? null : read.machine,
    sizeBytes: /^[0-9]{1,15}$/.test(size) ? Number(size) : null,
  };
  return { installable, note: null, warning: null };
}

function fieldOf(entry: string, key: string): string | null {
  const lines = entry.split('\n').filter((line) => line.startsWith(`${key}:`));
  return (
    lines
      .at(-1)
      ?.slice(key.length + 1)
      .trim() ?? null
  );
}

function unknown(name: string): PackageReply {
  return { installable: null, note: `${name}: not known to apt-cache`, warning: null };
}
