import { spawn } from 'node:child_process';
import { findProgram, isExecutable } from '../find-program.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Longest time and largest output of one call. */
const timeoutMs = 30_000;
const maxOutputBytes = 16 * 1024 * 1024;

/** How a call of gpg ended. */
export interface GpgResult {
  readonly exitCode: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

export interface GpgCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Env;
  readonly input?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/** `$ZEROINSTALL_GPG`, else `gpg`, else `gpg2` in `$PATH`; `null` if there is none. */
export function findGpg(env: Env): string | null {
  const named = env['ZEROINSTALL_GPG'];
  const path = { PATH: env['PATH'] ?? '' };
  if (!named) return findProgram('gpg', path) ?? findProgram('gpg2', path);
  if (named.includes('/')) return isExecutable(named) ? named : null;
  return findProgram(named, path);
}

/**
 * Runs gpg without a shell and without a terminal.
 *
 * @throws Error if it cannot be started, takes too long, prints without end, or `signal` is aborted
 */
export function runGpg({ program, args, env, input, signal }: GpgCall): Promise<GpgResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...env, LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
      signal,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    let stderr = '';
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxOutputBytes) child.kill('SIGKILL');
      else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 65_536) stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (exitCode, killedBy) => {
      if (killedBy !== null) reject(new Error(`gpg was ended by ${killedBy}`));
      else resolve({ exitCode, stdout: new Uint8Array(Buffer.concat(stdout)), stderr });
    });
    // It may end without reading everything.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
