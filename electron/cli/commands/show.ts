import { AppError } from '../../../shared/errors/app-error.ts';
import { formatXml } from '../../core/xml/format.ts';
import { selectionsToXml } from '../../core/selections/to-xml.ts';
import type { CommandRunner } from '../context.ts';
import { readSelectionsFile } from '../read-selections.ts';
import { showSelections } from '../show-selections.ts';
import { withEngine } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `show FILE`: prints a selections document; never solves. */
export const runShow: CommandRunner = async (context) => {
  const { options, out } = context;
  const path = resolveTarget(context.args[0] ?? '');
  const selections = path.startsWith('/') ? await readSelectionsFile(path) : null;
  if (!selections)
    throw new AppError('bad-selections', { source: path, reason: 'the root element is not <selections>' });
  if (out.isJson) out.print(`${JSON.stringify(selections)}\n`);
  else if (options.has('root-uri')) out.print(`${selections.interface}\n`);
  else if (options.has('xml')) out.print(formatXml(selectionsToXml(selections)));
  else
    await withEngine(context, async ({ engine }) => {
      out.print(await showSelections(selections, engine.store));
    });
  return 0;
};
