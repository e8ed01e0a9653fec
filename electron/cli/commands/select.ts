import type { Requirements } from '../../core/select/model.ts';
import { formatChange, selectionChanges } from '../../core/selections/changes.ts';
import type { Selections } from '../../core/selections/model.ts';
import { formatXml } from '../../core/xml/format.ts';
import { selectionsToXml } from '../../core/selections/to-xml.ts';
import { toSolveView } from '../../services/solve-view.ts';
import { findApp } from '../apps.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { changeRequirements, readRequirements } from '../requirements.ts';
import { fetchForConsole, selectForConsole, type Selected } from '../select-and-fetch.ts';
import { restrictionLines, showSelections } from '../show-selections.ts';
import { withEngine, type Session } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `select` and `download`: choose, fetch if asked to, print. */
export const runSelect: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, command, options } = context;
    const mode = command.words[0] === 'download' ? 'download' : 'select';
    const [target = ''] = args;
    const app = await findApp(target, session, context);
    const requirements = app
      ? changeRequirements(app.requirements, options)
      : readRequirements(resolveTarget(target), options);
    const selected = await selectForConsole({ requirements, mode }, session, context);
    const bytes =
      mode === 'download' && !options.has('dry-run') ? await fetchForConsole(selected, session, context) : 0;
    await printSelected({ ...selected, requirements, bytes, mode, isApp: app !== null }, session, context);
    if (app && !context.out.isJson && !options.has('xml'))
      printDifference(app.selections, selected.selections, context);
    return 0;
  });

/** What was selected for this once is not what the app will be started with. */
function printDifference(before: Selections, after: Selections, { out }: CommandContext): void {
  const changes = selectionChanges(before, after);
  if (changes.length === 0) return;
  for (const change of changes) out.print(`${formatChange(change)}\n`);
  out.print("(note: use '0desk update' instead to save the changes)\n");
}

async function printSelected(
  selected: Selected & {
    readonly requirements: Requirements;
    readonly bytes: number;
    readonly isApp: boolean;
    readonly mode: 'select' | 'download';
  },
  session: Session,
  { options, out }: CommandContext,
): Promise<void> {
  const { answer, selections, requirements, bytes, mode, isApp } = selected;
  const uri = requirements.interface;
  if (out.isJson)
    out.print(`${JSON.stringify({ selections, view: toSolveView(uri, answer), downloadedBytes: bytes })}\n`);
  else if (options.has('xml')) out.print(formatXml(selectionsToXml(selections)));
  else if (mode === 'select' || options.has('show')) {
    out.print((isApp ? restrictionLines(requirements) : '') + (await showSelections(selections, session.engine.store)));
  }
}
