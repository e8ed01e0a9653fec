import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createMacPlanner, type MacOperation } from '../../core/desktop/macos-plan.ts';
import type { DesktopPort } from '../../core/ports/desktop.ts';
import { toFileError } from '../file-error.ts';
import { writeFileAtomically } from '../files.ts';
import { createRecordedDesktop } from './recorded.ts';

const operation: z.ZodType<MacOperation> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('write-file'), path: z.string(), text: z.string(), mode: z.number() }),
  z.object({ type: z.literal('delete'), path: z.string() }),
]);

/** The desktop of macOS. */
export function createMacDesktop(options: { readonly home: string; readonly command: string }): DesktopPort {
  const { home, command } = options;
  return createRecordedDesktop({
    kinds: ['menu', 'autostart', 'alias'],
    record: join(home, 'Library/Application Support/Zerodesk/integrations.json'),
    planner: (isTaken) => createMacPlanner({ home, command, isTaken }),
    operation,
    exists: existsSync,
    run: runMacOperation,
  });
}

async function runMacOperation(step: MacOperation): Promise<void> {
  if (step.type === 'write-file') {
    await writeFileAtomically(step.path, step.text, step.mode);
    return;
  }
  await rm(step.path, { recursive: true, force: true }).catch((error: unknown) => {
    throw toFileError(error, step.path);
  });
}
