import { assertNever } from '../../../shared/errors/never.ts';
import type { Explanation, RankingKey, RoleChange, Subject } from '../../../shared/model/decision.ts';
import { roleText } from '../selections/roles.ts';

/** Ids from this length on are cut to the second one. */
const longId = 18;
const cutIdLength = 16;

/** In the reference's words. @see selection.md 7.5 */
const keyTexts: Readonly<Record<RankingKey, string>> = {
  preferred: 'more stable versions preferred',
  language: 'natural languages we understand are preferred',
  'available-first': 'is locally available',
  'needs-no-install': "packages that don't require admin access to install are preferred",
  stability: 'more stable versions preferred',
  'main-version': 'newer versions are preferred',
  native: 'native packages are preferred',
  version: 'newer versions are preferred',
  os: 'better OS match',
  exists: 'needs to be compiled',
  cpu: 'better CPU match',
  country: 'natural languages we understand are preferred',
  available: 'is locally available',
  id: 'better ID (tie-breaker)',
};

/**
 * An explanation in the reference's words.
 *
 * @see selection.md 13.4
 */
export function formatExplanation(explanation: Explanation): string {
  const { subject } = explanation;
  const wanted = `${subject.role.interface} ${subject.version ?? subject.id}`;
  switch (explanation.kind) {
    case 'unusable':
      return `${wanted} cannot be used (regardless of other components): ${explanation.reason}`;
    case 'does-not-exist':
      return `Implementation to consider (${wanted}) does not exist!`;
    case 'no-selection':
      return `There is no possible selection using ${wanted}.\n${explanation.report}`;
    case 'selected':
      return `${wanted} was selected as the preferred version.`;
    case 'ranked-lower': {
      const [lower, higher] = tellApart(subject, explanation.better);
      return `${lower} is ranked lower than ${higher}: ${keyTexts[explanation.key]}`;
    }
    case 'less-optimal': {
      const sentence = `${wanted} is selectable, but using it would produce a less optimal solution overall.`;
      return sentence + formatChanges(explanation.changes);
    }
    case 'not-used': {
      const sentence = `If ${wanted} were the only option, the best available solution wouldn't use it.`;
      return sentence + formatChanges(explanation.changes);
    }
    case 'failed':
      return explanation.reason;
    default:
      return assertNever(explanation);
  }
}

function tellApart(
  { id, version }: Subject,
  better: { readonly id: string; readonly version: string },
): readonly [string, string] {
  const own = version ?? id;
  if (own !== better.version) return [own, better.version];
  return [`${own} (${shortId(id)})`, `${better.version} (${shortId(better.id)})`];
}

function shortId(id: string): string {
  return id.length >= longId ? `${id.slice(0, cutIdLength)}...` : id;
}

function formatChanges(changes: readonly RoleChange[]): string {
  const lines = changes.flatMap(formatChange);
  return lines.length === 0 ? '' : ['', '', 'The changes would be:', '', ...lines].join('\n');
}

/** Another feed with the same version and id is nothing that the reference mentions. */
function formatChange({ role, from, to }: RoleChange): readonly string[] {
  const name = roleText(role);
  if (from === null || to === null) return [`${name}: no longer used`];
  if (from.version !== to.version) return [`${name}: ${from.version} to ${to.version}`];
  return from.id === to.id ? [] : [`${name}: ${from.id} to ${to.id}`];
}
