import english from '../../../assets/locales/en.json';
import { AppError } from '../../../shared/errors/app-error.ts';
import { describeChange, describeObstacle, describeResolution } from '../../../shared/i18n/describe-conflict.ts';
import { createIntl } from '../../../shared/i18n/translator.ts';
import type { Conflict } from '../../../shared/model/decision.ts';
import { formatExplanation } from '../../core/select/explain-text.ts';
import type { Role, SelectQuery } from '../../core/select/model.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { readRequirements } from '../requirements.ts';
import { updateForConsole } from '../select-and-fetch.ts';
import { withEngine } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `explain URI [VERSION]`: why (not) this version, or why there is no solution. */
export const runExplain: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const { engine, signal, isOffline } = session;
    const requirements = readRequirements(resolveTarget(args[0] ?? ''), options);
    await updateForConsole({ requirements, mode: 'select' }, session, context);
    const query: SelectQuery = { requirements, policy: await engine.select.policy(isOffline) };
    const text = args[1];
    if (text === undefined) {
      const conflict = await engine.solver.conflict(query, signal);
      if (out.isJson) out.print(`${JSON.stringify(conflict)}\n`);
      else out.print(`${conflictText(conflict, requirements.interface)}\n`);
      return 0;
    }
    const role = readRole(context, requirements);
    const explanations = await engine.solver.explain({ ...query, role, which: { text } }, signal);
    if (out.isJson) out.print(`${JSON.stringify(explanations)}\n`);
    else out.print(`${explanations.map(formatExplanation).join('\n\n')}\n`);
    return 0;
  });

const sourceMark = '#source';

/** The component in question; the program itself unless another one is named. */
function readRole({ options }: CommandContext, { interface: uri, isSource }: Role): Role {
  const text = lastValue(options, 'component');
  if (text === undefined) return { interface: uri, isSource };
  const isOfSource = text.endsWith(sourceMark);
  return { interface: resolveTarget(isOfSource ? text.slice(0, -sourceMark.length) : text), isSource: isOfSource };
}

function conflictText(conflict: Conflict, uri: string): string {
  if (conflict.status === 'solved')
    return 'There is a solution. To explain a version, name it: 0desk explain URI VERSION';
  if (conflict.status === 'failed') throw new AppError('solve-failed', { interface: uri, reason: conflict.reason });
  const intl = createIntl('en', english);
  const byAddress = (name: string) => name;
  const { obstacles, resolutions, missingFeeds, isMinimal } = conflict;
  const ways = resolutions.map((resolution) => {
    const changes = resolution.preview.changes.map((change) => describeChange(intl, change, byAddress));
    return [`- ${describeResolution(intl, resolution, byAddress)}`, ...changes.map((change) => `    ${change}`)].join(
      '\n',
    );
  });
  return [
    intl.t(isMinimal ? 'conflict.heading' : 'conflict.heading-partial'),
    ...obstacles.map((obstacle) => `- ${describeObstacle(intl, obstacle, byAddress)}`),
    '',
    ...missingFeeds.map((feed) => intl.t('conflict.missing-feed', { feed })),
    intl.t(ways.length > 0 ? 'conflict.resolutions' : 'conflict.no-resolution'),
    ...ways,
  ].join('\n');
}
