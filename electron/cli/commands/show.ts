import { AppError } from '../../../shared/errors/app-error.ts';
import type { Selections } from '../../core/selections/model.ts';
import { formatXml } from '../../core/xml/format.ts';
import { selectionsToXml } from '../../core/selections/to-xml.ts';
import { findApp } from '../apps.ts';
import type { CommandRunner } from '../context.ts';
import { readSelectionsFile } from '../read-selections.ts';
import { restrictionLines, showSelections } from '../show-selections.ts';
import { withEngine } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `show APP | FILE`: prints what an app has selected, or a selections document; never solves. */
export const runShow: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const [target = ''] = args;
    const app = await findApp(target, session, context);
    const selections = app?.selections ?? (await documentAt(resolveTarget(target)));
    if (out.isJson) out.print(`${JSON.stringify(selections)}\n`);
    else if (options.has('root-uri')) out.print(`${selections.interface}\n`);
    else if (options.has('xml')) out.print(formatXml(selectionsToXml(selections)));
    else {
      if (app) out.print(restrictionLines(app.requirements));
      out.print(await showSelections(selections, session.engine.store));
    }
    return 0;
  });

async function documentAt(path: string): Promise<Selections> {
  const selections = path.startsWith('/') ? await readSelectionsFile(path) : null;
  if (selections) return selections;
  throw new AppError('bad-selections', { source: path, reason: 'the root element is not <selections>' });
}
