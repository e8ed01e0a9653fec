import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { calls, type CallName, type Handlers } from '../../shared/ipc/contract.ts';
import { DroppedPaths } from '../../shared/ipc/dropped-paths.ts';
import { callChannel, dropChannel } from '../../shared/ipc/bridge.ts';
import { toErrorData, type ErrorData, type Result } from '../../shared/errors/app-error.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { DropService } from '../services/drop-service.ts';

interface Options {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  /** Whether a message comes from a main frame that shows our own page. */
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  readonly log: LogPort;
  /** Parse outputs too: development and tests. */
  readonly checksOutputs: boolean;
}

/**
 * Answers every call of the contract: trusted frame, known name, valid input, handler, `Result`. Nothing is ever thrown to
 * the page, because Electron would keep only the message.
 */
export function registerCalls(handlers: Handlers, { ipcMain, isTrusted, log, checksOutputs }: Options): void {
  ipcMain.handle(callChannel, async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isTrusted(event)) {
      log.warn('call from an untrusted frame dropped', { url: event.senderFrame?.url ?? null });
      return failure({ code: 'not-allowed', params: { reason: 'untrusted sender' }, causes: [] });
    }
    if (!isCallName(name)) return failure({ code: 'no-such', params: { what: 'call', id: String(name) }, causes: [] });
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) {
      log.warn('call with bad input dropped', { name, reason: parsed.error.message });
      return failure({ code: 'not-allowed', params: { reason: parsed.error.message }, causes: [] });
    }
    try {
      const handler = handlers[name] as (input: unknown) => Promise<unknown>;
      const value = await handler(parsed.data);
      return { ok: true, value: checksOutputs ? calls[name].output.parse(value) : value };
    } catch (error) {
      const data = toErrorData(error);
      if (data.code === 'bug') log.error('call failed', { name, stack: String((error as Error).stack ?? error) });
      return failure(data);
    }
  });
}

/**
 * Answers what dropped files are. The preload finds their paths out: the page has only files that a person gave it, and cannot name
 * others.
 */
export function registerDrops(drops: DropService, { ipcMain, isTrusted, log }: Omit<Options, 'checksOutputs'>): void {
  ipcMain.handle(dropChannel, async (event, paths: unknown): Promise<Result<unknown>> => {
    const parsed = DroppedPaths.safeParse(paths);
    if (!isTrusted(event) || !parsed.success) {
      log.warn('dropped files refused', { url: event.senderFrame?.url ?? null });
      return failure({ code: 'not-allowed', params: { reason: 'bad drop' }, causes: [] });
    }
    try {
      // Those that a script made have no path.
      return { ok: true, value: await drops.look(parsed.data.filter((path) => path !== '')) };
    } catch (error) {
      const data = toErrorData(error);
      if (data.code === 'bug') log.error('drop failed', { stack: String((error as Error).stack ?? error) });
      return failure(data);
    }
  });
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

function failure(error: ErrorData): Result<never> {
  return { ok: false, error };
}
