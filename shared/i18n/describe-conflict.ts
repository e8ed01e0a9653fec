import { assertNever } from '../errors/never.ts';
import type { Obstacle, Remedy, Resolution, RoleChange, RoleName } from '../model/decision.ts';
import { withoutControls } from './describe-error.ts';
import type { MessageKey } from './messages.ts';
import type { Translator } from './translator.ts';

/** How components are called: by their names in the window, by their addresses on the console. */
export type NameOf = (interfaceUri: string) => string;

/** More versions than this are only counted. */
const namedVersions = 5;

/** One of the requirements that cannot hold together, as one or two sentences. */
export function describeObstacle(intl: Translator, obstacle: Obstacle, nameOf: NameOf): string {
  const words = new Words(intl, nameOf);
  switch (obstacle.kind) {
    case 'wanted': {
      const { role, command, hasVersions, notes } = obstacle;
      const name = words.role(role);
      const wanted =
        command === null
          ? intl.t('conflict.wanted', { name })
          : intl.t('conflict.wanted-command', { name, command: withoutControls(command) });
      return hasVersions ? wanted : words.unknown(wanted, role, notes);
    }
    case 'requires': {
      const { target, targetHasVersions, notes } = obstacle;
      const sentence = words.requires(obstacle);
      return targetHasVersions ? sentence : words.unknown(sentence, target, notes);
    }
    case 'own-command': {
      const command = withoutControls(obstacle.command);
      const { role, versions } = obstacle;
      const owner = words.versions(role, versions);
      return intl.t('conflict.own-command', { owner, command, count: versions.length });
    }
    case 'rejected': {
      const key: MessageKey = `conflict.rejected.${obstacle.why}`;
      const { role, versions } = obstacle;
      return intl.t(key, { owner: words.versions(role, versions), count: versions.length });
    }
    case 'machine-groups':
      return intl.t('conflict.machine-groups');
    case 'replaced': {
      const { role, replacement } = obstacle;
      return intl.t('conflict.replaced', { name: words.role(role), replacement: words.role(replacement) });
    }
    default:
      return assertNever(obstacle);
  }
}

/** What a resolution does, for a button or a line. */
export function describeResolution(intl: Translator, { remedies }: Resolution, nameOf: NameOf): string {
  const words = new Words(intl, nameOf);
  return intl.list(remedies.map((remedy) => words.remedy(remedy)));
}

/** A component that is filled otherwise, in a few words: "png 1.6 → 1.7". */
export function describeChange(intl: Translator, { role, from, to }: RoleChange, nameOf: NameOf): string {
  const name = new Words(intl, nameOf).role(role);
  if (to === null) return intl.t('change.removed', { name });
  if (from === null) return intl.t('change.added', { name, to: withoutControls(to.version) });
  const [old, current] = from.version === to.version ? [from.id, to.id] : [from.version, to.version];
  return intl.t('change.version', { name, from: withoutControls(old), to: withoutControls(current) });
}

class Words {
  readonly #intl: Translator;
  readonly #nameOf: NameOf;

  constructor(intl: Translator, nameOf: NameOf) {
    this.#intl = intl;
    this.#nameOf = nameOf;
  }

  name(interfaceUri: string): string {
    return withoutControls(this.#nameOf(interfaceUri));
  }

  role({ interface: uri, isSource }: RoleName): string {
    return isSource ? this.#intl.t('conflict.source', { name: this.name(uri) }) : this.name(uri);
  }

  versions(role: RoleName, versions: readonly string[]): string {
    const named = versions.slice(0, namedVersions).map(withoutControls);
    const count = versions.length - named.length;
    const shown =
      count === 0
        ? this.#intl.list(named)
        : this.#intl.t('conflict.versions-more', { versions: named.join(', '), count });
    return this.#intl.t('conflict.versions', { name: this.role(role), versions: shown });
  }

  unknown(sentence: string, role: RoleName, notes: readonly string[]): string {
    const known = this.#intl.t('conflict.no-versions', { name: this.role(role) });
    return [sentence, known, ...notes.map((note) => `${withoutControls(note)}.`)].join(' ');
  }

  requires(obstacle: Extract<Obstacle, { readonly kind: 'requires' }>): string {
    const { t } = this.#intl;
    const { role, versions, command, isEssential } = obstacle;
    const named = this.versions(role, versions);
    const owner =
      command === null ? named : t('conflict.with-command', { owner: named, command: withoutControls(command) });
    const target = this.role(obstacle.target);
    const what = this.#intl.list([
      ...obstacle.restrictions.map(withoutControls),
      ...obstacle.commands.map((name) => t('conflict.command', { command: withoutControls(name) })),
    ]);
    const values = { owner, target, count: versions.length };
    if (!isEssential) return t('conflict.restricts', { ...values, what });
    return what === '' ? t('conflict.requires', values) : t('conflict.requires-only', { ...values, what });
  }

  remedy(remedy: Remedy): string {
    const { t } = this.#intl;
    switch (remedy.kind) {
      case 'rate':
      case 'unrate': {
        const level = t(`stability.${remedy.level}`);
        const values = { name: this.role(remedy.role), version: withoutControls(remedy.version.version), level };
        return remedy.kind === 'rate' ? t('conflict.remedy.rate', values) : t('conflict.remedy.unrate', values);
      }
      case 'drop-restriction': {
        const restriction = withoutControls(remedy.restriction);
        return t('conflict.remedy.drop-restriction', { name: this.name(remedy.interface), restriction });
      }
      case 'go-online':
        return t('conflict.remedy.go-online');
      case 'platform': {
        const machine = withoutControls([remedy.os, remedy.cpu].filter((part) => part !== null).join(' '));
        return t('conflict.remedy.platform', { machine });
      }
      case 'command':
        return t('conflict.remedy.command', { command: withoutControls(remedy.command) });
      case 'compile':
        return t('conflict.remedy.compile');
      default:
        return assertNever(remedy);
    }
  }
}
