import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createWindowsPlanner, type WindowsOperation, type WindowsPlaces } from '../../core/desktop/windows-plan.ts';
import type { DesktopPort } from '../../core/ports/desktop.ts';
import { writeFileAtomically } from '../files.ts';
import { removeFile } from './entry-files.ts';
import { createRecordedDesktop } from './recorded.ts';

const timeLimitMs = 30_000;

const operation: z.ZodType<WindowsOperation> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('shortcut'),
    path: z.string(),
    target: z.string(),
    args: z.string(),
    description: z.string(),
  }),
  z.object({ type: z.literal('set-value'), key: z.string(), name: z.string(), value: z.string() }),
  z.object({ type: z.literal('delete-value'), key: z.string(), name: z.string() }),
  z.object({ type: z.literal('delete-key'), key: z.string() }),
  z.object({ type: z.literal('write-file'), path: z.string(), text: z.string() }),
  z.object({ type: z.literal('delete-file'), path: z.string() }),
]);

/** What a shortcut says comes in variables, so that nothing of it is taken for script. */
const shortcutScript = `$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:SHORTCUT_PATH)
$s.TargetPath = $env:SHORTCUT_TARGET
$s.Arguments = $env:SHORTCUT_ARGS
$s.Description = $env:SHORTCUT_DESCRIPTION
$s.Save()`;

/** A program of the system to be run. */
export interface SystemCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether failing only says that what is to be deleted is not there. */
  readonly mayFail: boolean;
}

/** The desktop of Windows. */
export function createWindowsDesktop(options: Omit<WindowsPlaces, 'isTaken'>): DesktopPort {
  return createRecordedDesktop({
    kinds: ['menu', 'autostart', 'file-types', 'alias'],
    record: `${options.local}\\Zerodesk\\integrations.json`,
    planner: (isTaken) => createWindowsPlanner({ ...options, isTaken }),
    operation,
    exists: existsSync,
    run: async (step) => {
      if (step.type === 'write-file') await writeFileAtomically(step.path, step.text, 0o644);
      else if (step.type === 'delete-file') await removeFile(step.path);
      else await runCall(toSystemCall(step));
    },
  });
}

/** The program of Windows that does a step, called without any shell. */
export function toSystemCall(
  step: Exclude<WindowsOperation, { readonly type: 'write-file' | 'delete-file' }>,
): SystemCall {
  if (step.type === 'shortcut') {
    const script = Buffer.from(shortcutScript, 'utf16le').toString('base64');
    return {
      program: 'powershell.exe',
      args: ['-NoProfile', '-NonInteractive', '-EncodedCommand', script],
      env: {
        SHORTCUT_PATH: step.path,
        SHORTCUT_TARGET: step.target,
        SHORTCUT_ARGS: step.args,
        SHORTCUT_DESCRIPTION: step.description,
      },
      mayFail: false,
    };
  }
  const key = `HKCU\\${step.key}`;
  if (step.type === 'delete-key') return { program: 'reg.exe', args: ['delete', key, '/f'], mayFail: true };
  const name = step.name === '' ? ['/ve'] : ['/v', step.name];
  if (step.type === 'delete-value') return { program: 'reg.exe', args: ['delete', key, ...name, '/f'], mayFail: true };
  return { program: 'reg.exe', args: ['add', key, ...name, '/t', 'REG_SZ', '/d', step.value, '/f'], mayFail: false };
}

function runCall({ program, args, env, mayFail }: SystemCall): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, timeout: timeLimitMs, windowsHide: true };
    execFile(program, args, options, (error) => {
      if (error === null || mayFail) resolve();
      else reject(new AppError('file-failed', { path: program, reason: error.message }, { cause: error }));
    });
  });
}
