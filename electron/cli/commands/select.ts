import { formatXml } from '../../core/xml/format.ts';
import { selectionsToXml } from '../../core/selections/to-xml.ts';
import { toSolveView } from '../../services/solve-view.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { readRequirements } from '../requirements.ts';
import { fetchForConsole, selectForConsole, type Selected } from '../select-and-fetch.ts';
import { showSelections } from '../show-selections.ts';
import { withEngine, type Session } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `select` and `download`: choose, fetch if asked to, print. */
export const runSelect: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const mode = context.command.words[0] === 'download' ? 'download' : 'select';
    const uri = resolveTarget(context.args[0] ?? '');
    const requirements = readRequirements(uri, context.options);
    const selected = await selectForConsole({ requirements, mode }, session, context);
    const bytes =
      mode === 'download' && !context.options.has('dry-run') ? await fetchForConsole(selected, session, context) : 0;
    await printSelected({ ...selected, uri, bytes, mode }, session, context);
    return 0;
  });

async function printSelected(
  selected: Selected & { readonly uri: string; readonly bytes: number; readonly mode: 'select' | 'download' },
  session: Session,
  { options, out }: CommandContext,
): Promise<void> {
  const { answer, selections, uri, bytes, mode } = selected;
  if (out.isJson)
    out.print(`${JSON.stringify({ selections, view: toSolveView(uri, answer), downloadedBytes: bytes })}\n`);
  else if (options.has('xml')) out.print(formatXml(selectionsToXml(selections)));
  else if (mode === 'select' || options.has('show')) out.print(await showSelections(selections, session.engine.store));
}
