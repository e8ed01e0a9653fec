import type { Input, Output } from '../../../shared/ipc/contract.ts';
import { type InterfaceUri, type Preset, type PresetChange, type PresetObstacle } from '../../../shared/model/index.ts';
import { presets } from '../../../shared/model/preset-names.ts';
import { compareWith } from './decisions.ts';
import { solveView, versionsOf, type World } from './world.ts';

type PresetCall = 'presets.view' | 'presets.preview' | 'presets.apply' | 'feeds.choose';

/** The ways to choose versions, as far as the invented world knows: the preferred stability of a program decides. */
export function presetCalls(
  world: World,
  apply: (input: Input<'draft.apply'>) => Output<'draft.apply'>,
): { readonly [N in PresetCall]: (input: Input<N>) => Output<N> } {
  const mine = () => world.apps.filter(({ isMine }) => isMine);
  const inForce = (root: InterfaceUri | null): Preset | null => {
    if (world.settings.networkUse !== 'full') return 'cached';
    const policy = root === null ? null : (world.policies.get(root) ?? null);
    if (policy === 'developer') return 'latest';
    if (policy === 'packaged') return 'distribution';
    return policy === 'testing' || world.settings.helpWithTesting ? 'secure' : 'stable';
  };
  const obstacleTo = (preset: Preset, feed: unknown): PresetObstacle | null => {
    if (preset === 'held') return 'no-app';
    return preset === 'own' && feed === null ? 'no-own-build' : null;
  };
  const levels: Readonly<Partial<Record<Preset, 'developer' | 'packaged' | 'testing' | 'stable'>>> = {
    latest: 'developer',
    distribution: 'packaged',
    secure: 'testing',
    stable: 'stable',
  };
  return {
    'presets.view': ({ root }) => ({
      name: root === null ? null : solveView(world, root).name,
      inForce: inForce(root),
      choices: presets.map((preset) => {
        const obstacle = root === null ? null : obstacleTo(preset, null);
        const of = root === null ? mine().length : 1;
        return { preset, obstacle, programs: obstacleTo(preset, null) === null ? of : 0, of };
      }),
    }),
    'presets.preview': ({ root, preset, feed }) => {
      const obstacle = root === null ? null : obstacleTo(preset, feed);
      const programs = root === null ? mine().slice(0, 2) : world.apps.filter((app) => app.interface === root);
      const changes: PresetChange[] = [];
      if (root === null && preset === 'cached') changes.push({ kind: 'network', networkUse: 'minimal' });
      if (root === null && (preset === 'latest' || preset === 'secure')) changes.push({ kind: 'testing', isOn: true });
      for (const { interface: uri, name } of obstacle === null ? programs : []) {
        const policy = levels[preset];
        if (policy !== undefined) changes.push({ kind: 'policy', name, policy });
        const second = versionsOf(world, uri)[1]?.version ?? '1.0';
        if (preset === 'cached' || preset === 'own') changes.push({ kind: 'prefer', name, version: second });
      }
      return {
        obstacle,
        changes,
        programs: programs.map(({ interface: uri, name }) => {
          const [first, other] = versionsOf(world, uri);
          const comparison = compareWith(world, uri, {});
          const isOther = preset === 'latest' && first !== undefined && other !== undefined;
          const change = { role: { interface: uri, isSource: false }, name, from: first ?? null, to: other ?? null };
          return { interface: uri, name, comparison: isOther ? { ...comparison, changes: [change] } : comparison };
        }),
      };
    },
    'presets.apply': ({ root, preset }) => {
      const uri = root ?? ('' as InterfaceUri);
      const level = levels[preset];
      const forAll = {
        networkUse: preset === 'cached' ? ('minimal' as const) : ('full' as const),
        helpWithTesting: preset === 'latest' || preset === 'secure',
      };
      if (root === null) return apply({ root: uri, draft: forAll });
      return apply({ root, draft: level === undefined ? { networkUse: 'minimal' } : { policies: { [uri]: level } } });
    },
    'feeds.choose': () => ({ id: 'local-1' as never, name: '/home/ada/src/memo/memo.xml' }),
  };
}
