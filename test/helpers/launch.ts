import { type LaunchInput, planLaunch } from '../../electron/core/launch/plan.ts';
import type { LaunchPlan } from '../../electron/core/launch/model.ts';
import type { Selection } from '../../electron/core/selections/model.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { zeroInstallNamespace } from '../../electron/core/xml/element.ts';

/** A selection of `http://example.com/NAME.xml` in `/store/NAME` whose children are given as XML. */
export function selection(name: string, children: string, changes: Partial<Selection> = {}): Selection {
  const root = parseXml(`<selection xmlns="${zeroInstallNamespace}">${children}</selection>`, { source: name });
  return {
    interface: uri(name),
    isSource: false,
    id: name,
    version: '1.0',
    fromFeed: uri(name),
    kind: 'stored',
    localPath: null,
    digests: [`sha256new_${name}`],
    requiresCompilation: false,
    attributes: {},
    children: root.children,
    ...changes,
  };
}

export function uri(name: string): string {
  return `http://example.com/${name}.xml`;
}

/** Plans the start of `http://example.com/prog.xml` where every file exists. */
export function plan(selections: readonly Selection[], changes: Partial<LaunchInput> = {}): LaunchPlan {
  return planLaunch({
    selections: { interface: uri('prog'), command: 'run', isSource: false, selections },
    directoryOf: (each) => (each.kind === 'package' ? null : `/store/${each.id}`),
    env: { PATH: '/usr/bin:/bin' },
    platform: 'posix',
    pathExists: () => true,
    launchersDir: '/cache/injector',
    options: { args: [] },
    ...changes,
  });
}
