import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Pace } from '../../tree/pace.ts';
import type { ArchiveProblems } from '../archive-problems.ts';
import { requireTool, type ToolName } from './tools.ts';

/** A tool neither takes nor gives anything for longer only if it hangs, milliseconds. */
const silenceMs = 120_000;
const maxErrorText = 4096;

/** One call of a tool. */
export interface ToolCall {
  readonly tool: ToolName;
  readonly args: readonly string[];
  /** For its standard input; without it there is none. */
  readonly input?: AsyncIterable<Buffer>;
  readonly pace: Pace;
  readonly problems: ArchiveProblems;
  readonly silenceMs?: number;
}

/**
 * Runs a tool and gives what it prints. It gets a clean environment, so that neither settings of the user nor the time zone
 * change the result, and it is ended when the caller stops reading. How much may come out is for the caller to count.
 *
 * @throws AppError `archive-damaged` if it fails, complains or hangs; `archive-tool-missing`; what the input throws
 */
export async function* toolOutput(call: ToolCall): AsyncGenerator<Buffer, void> {
  const { tool, args, input, pace, problems } = call;
  const child = spawn(requireTool(tool, problems.name), args, {
    env: cleanEnvironment(),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const [stdin, stdout, stderr] = child.stdio;
  if (stdout === null || stderr === null) throw new Error('a tool without output');
  /** What went wrong besides what the tool says itself, first things first. */
  const problemsSeen: unknown[] = [];
  const stop = (problem: unknown): void => {
    problemsSeen.push(problem);
    child.kill('SIGKILL');
  };
  child.on('error', (error) => stop(new AppError('file-failed', { path: tool, reason: error.message })));
  const closed = once(child, 'close') as Promise<[number | null]>;
  // Looked at below, unless something else went wrong before.
  closed.catch(() => {});
  let errorText = '';
  stderr.on('data', (chunk: Buffer) => (errorText += chunk.toString().slice(0, maxErrorText - errorText.length)));
  const watch = setTimeout(stop, call.silenceMs ?? silenceMs, problems.damaged(`${tool} does not go on with it`));
  if (stdin !== null && input !== undefined) feed(stdin, input, watch).catch(stop);
  try {
    for await (const chunk of stdout as AsyncIterable<Buffer>) {
      yield chunk;
      watch.refresh();
      if (pace.isDue) await pace.rest();
    }
    const status = await closed.then(
      ([code]) => code,
      () => null,
    );
    if (problemsSeen.length > 0) throw problemsSeen[0];
    // Warnings count too: what a tool is unsure about is not what the publisher packed.
    if (status !== 0 || errorText.trim() !== '') throw problems.damaged(firstLine(errorText) ?? `${tool} failed`);
  } finally {
    clearTimeout(watch);
    child.kill('SIGKILL');
    stdin?.destroy();
    stdout.destroy();
    stderr.destroy();
  }
}

/** All that a tool prints. @throws AppError `archive-limit` past the limit, and as `toolOutput` */
export async function toolText(call: ToolCall, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of toolOutput(call)) {
    size += chunk.length;
    if (size > limitBytes) throw call.problems.limit(`${limitBytes} bytes of contents list`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function feed(stdin: Writable, input: AsyncIterable<Buffer>, watch: NodeJS.Timeout): Promise<void> {
  // A tool may end before it has read all; whether that is right, its exit status says.
  stdin.on('error', () => {});
  for await (const piece of input) {
    if (stdin.destroyed) return;
    watch.refresh();
    if (!stdin.write(piece)) await roomIn(stdin);
    watch.refresh();
  }
  stdin.end();
}

/** Waits until more can be written, or nothing more can. */
function roomIn(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stdin.off('drain', done).off('close', done);
      resolve();
    };
    stdin.on('drain', done).on('close', done);
  });
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  return { PATH, TZ: 'GMT', LC_ALL: locale, ...(SystemRoot !== undefined && { SystemRoot }) };
}

function firstLine(text: string): string | null {
  return /\S.*/.exec(text)?.[0].trim() ?? null;
}
