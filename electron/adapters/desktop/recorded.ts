import { z } from 'zod';
import type { IntegrationPlan, Planner } from '../../core/desktop/integration-plan.ts';
import { identityOf } from '../../core/desktop/program.ts';
import type { IntegrationKind } from '../../core/desktop/integration-plan.ts';
import type { DesktopPort, Integration } from '../../core/ports/desktop.ts';
import { removeFile } from './entry-files.ts';
import { readFirstFile, writeFileAtomically } from '../files.ts';

/** How a system without files to look at remembers what was written. */
export interface RecordedDesktopOptions<Operation> {
  readonly kinds: readonly IntegrationKind[];
  /** Absolute path of the file that remembers it. */
  readonly record: string;
  /** @param isTaken whether a path belongs to something else than this program */
  readonly planner: (isTaken: (path: string) => boolean) => Planner<Operation>;
  readonly operation: z.ZodType<Operation>;
  readonly exists: (path: string) => boolean;
  readonly run: (operation: Operation) => Promise<void>;
}

/**
 * A desktop whose every change is a list of operations, kept with those that undo it. The record is written first, so that
 * what was half made can be undone too.
 */
export function createRecordedDesktop<Operation>(options: RecordedDesktopOptions<Operation>): DesktopPort {
  const { kinds, record, run } = options;
  const Entry = z.object({
    kind: z.enum(['menu', 'autostart', 'file-types', 'alias']),
    uri: z.string().nullable(),
    app: z.string().nullable(),
    name: z.string(),
    path: z.string(),
    undo: z.array(options.operation),
  });
  type Entry = z.infer<typeof Entry>;

  /** What cannot be read was not written by us. */
  const read = async (): Promise<readonly Entry[]> => {
    const found = await readFirstFile([record]);
    if (found === null) return [];
    try {
      const parsed = z.array(Entry).safeParse(JSON.parse(new TextDecoder().decode(found.bytes)));
      return parsed.success ? parsed.data : [];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  };
  const write = (entries: readonly Entry[]): Promise<void> =>
    entries.length === 0
      ? removeFile(record)
      : writeFileAtomically(record, `${JSON.stringify(entries, null, 2)}\n`, 0o600);

  const planFor = (
    request: Parameters<DesktopPort['write']>[0],
    present: readonly Entry[],
  ): IntegrationPlan<Operation> | null => {
    const own = new Set(present.map(({ path }) => path));
    return options.planner((path) => options.exists(path) && !own.has(path))(request);
  };

  return {
    kinds,
    async list() {
      return (await read()).map(({ undo: _, ...entry }): Integration => ({ ...entry, isRemovable: true }));
    },
    async write(request) {
      const { kind, program, alias } = request;
      const entries = await read();
      const name = kind === 'alias' ? (alias ?? '') : program.name.text;
      const isSame = (entry: Entry): boolean =>
        entry.kind === kind &&
        identityOf(entry) === identityOf(program.target) &&
        (kind !== 'alias' || entry.name === name);
      const present = entries.filter(isSame);
      const plan = planFor(request, present);
      if (plan === null) return null;
      const { path, apply, undo } = plan;
      for (const { undo: steps } of present) for (const step of steps) await run(step);
      await write([
        ...entries.filter((entry) => !isSame(entry)),
        { kind, ...program.target, name, path, undo: [...undo] },
      ]);
      for (const step of apply) await run(step);
      return { kind, ...program.target, name, path, isRemovable: true };
    },
    async remove({ kind, path }) {
      const entries = await read();
      const isMeant = (entry: Entry): boolean => entry.kind === kind && entry.path === path;
      for (const { undo } of entries.filter(isMeant)) for (const step of undo) await run(step);
      await write(entries.filter((entry) => !isMeant(entry)));
    },
  };
}
