import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InterfaceUri, LocalFeedId, Preset } from '../../shared/model/index.ts';
import { presets } from '../../shared/model/preset-names.ts';
import { library, program, createPresetHome, type PresetHome } from '../helpers/preset-home.ts';
import { hasReference } from '../helpers/reference.ts';

let home: PresetHome;
beforeEach(() => {
  home = createPresetHome();
});
afterEach(() => home.close());

/** What each way promises: the version of the program; the distribution's depends on this system. */
const promised: Readonly<Record<Preset, RegExp>> = {
  latest: /^14\.0$/,
  cached: /^11\.0$/,
  stable: /^12\.0$/,
  distribution: /^(?!1[1-5]\.0)[0-9]/,
  secure: /^13\.0$/,
  held: /^11\.0$/,
  own: /^0\.1$/,
};

/** An app that was made when 11.0 was all there was. */
async function makeApp(): Promise<void> {
  const { desk } = home;
  const answer = await desk.select.local(await home.requirements());
  if (answer.status !== 'solved') throw new Error('not solved');
  const requirements = { ...(await home.requirements()), message: null };
  await desk.named.apps.add('toy', requirements, answer.selections);
}

async function choose(preset: Preset, root: InterfaceUri | null, path: string | null = null) {
  const { presets: service, localFeeds } = home.desk;
  const feed: LocalFeedId | null = path === null ? null : localFeeds.keep(path);
  const preview = await service.preview({ root, preset, feed });
  const undo = await service.apply({ root, preset, feed });
  return { preview, undo };
}

const isReferenceHere = hasReference();

describe.skipIf(!isReferenceHere).each([
  ['one program', program as InterfaceUri],
  ['all programs', null],
])('for %s', (_, root) => {
  it.each(presets)('“%s” gives what it promises, in our program and in the reference [D-2]', async (preset) => {
    const { desk } = home;
    await makeApp();
    home.publishAll();
    await desk.apps.add(program);
    const own = home.buildOwn();
    if (root === null && preset === 'own') await desk.changes.addFeed(program, own);
    // Something of another way is in force, and has to go.
    if (preset === 'secure') await desk.changes.rate(program, '15.0', 'stable');
    await desk.changes.rate(library, 'l2', 'stable');
    await desk.changes.rate(program, '12.0', 'preferred');
    const before = await home.selected();
    const inForceBefore = (await desk.presets.view(root)).inForce;
    expect(before.ours[0]).toBe('12.0');

    const { preview, undo } = await choose(preset, root, preset === 'own' && root !== null ? own : null);
    const after = await home.selected(preset === 'held' ? 'toy' : program);
    expect(after.ours[0]).toMatch(promised[preset]);
    expect(after.reference).toEqual(after.ours);
    // A library is let in or not by what the person has said of it, but for this one way.
    const libraryVersion = { secure: '1', held: '1', cached: after.ours[1] }[preset as string] ?? '2';
    expect(after.ours[1]).toBe(libraryVersion);
    expect((await desk.presets.view(root)).inForce).toBe(preset);
    expect(preview.obstacle).toBeNull();
    expect(preview.changes.length).toBeGreaterThan(0);
    const change = preview.programs[0]?.comparison.changes.find(({ role }) => role.interface === program);
    expect(change?.to?.version ?? before.ours[0]).toBe(after.ours[0]);

    await desk.undo.take(undo);
    expect(await home.selected()).toEqual(before);
    expect((await desk.presets.view(root)).inForce).toBe(inForceBefore);
  });

  it('each way leads to each other', async () => {
    const { desk } = home;
    await makeApp();
    home.publishAll();
    await desk.apps.add(program);
    await desk.changes.addFeed(program, home.buildOwn());
    let count = 0;
    for (const first of presets) {
      for (const second of presets) {
        await choose(first, root);
        await choose(second, root);
        const { ours } = await home.selected();
        expect(`${first} ${second} ${ours[0]}`).toMatch(
          new RegExp(`^${first} ${second} ${promised[second].source.slice(1)}`),
        );
        expect((await desk.presets.view(root)).inForce).toBe(second);
        count += 1;
      }
    }
    console.log(`${count} changes from one way to choose to another`);
    expect(count).toBe(49);
  });
});

describe('what is not possible', () => {
  it('is said, and changes nothing', async () => {
    home.publishAll();
    const { presets: service } = home.desk;
    const root = program as InterfaceUri;
    const { choices } = await service.view(root);
    expect(choices.filter(({ obstacle }) => obstacle !== null)).toMatchObject([
      { preset: 'held', obstacle: 'no-app' },
      { preset: 'own', obstacle: 'no-own-build' },
    ]);
    await expect(service.apply({ root, preset: 'held', feed: null })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(service.apply({ root, preset: 'own', feed: 'local-9' as LocalFeedId })).rejects.toMatchObject({
      code: 'no-such',
    });
  });

  it('counts the programs that it is possible for', async () => {
    home.publishAll();
    const { apps, presets: service } = home.desk;
    await apps.add(program);
    await apps.add('https://example.com/other.xml');
    const { choices, inForce } = await service.view(null);
    expect(inForce).toBe('stable');
    expect(choices.map(({ preset, programs, of }) => `${preset} ${programs}/${of}`)).toEqual([
      'latest 2/2',
      'cached 2/2',
      'stable 2/2',
      'distribution 2/2',
      'secure 2/2',
      'held 0/2',
      'own 0/2',
    ]);
  });
});
