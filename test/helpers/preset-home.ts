import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createDesk, type Desk } from '../../electron/desk.ts';
import { escapeName } from '../../electron/core/feed/names.ts';
import { parseSelections } from '../../electron/core/selections/parse.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import type { Requirements } from '../../electron/core/select/model.ts';
import { toRequirements } from '../../electron/services/run-service.ts';
import { runCommand } from './desk-world.ts';
import { feedText } from './feed.ts';
import { createMemoryLog } from './memory-log.ts';
import { sampleSiteDir } from './sample-site.ts';
import { createSigningHome } from './signing.ts';
import { tempDir } from './temp-dir.ts';

/** A program of which there is a version for each way to choose, and a library of it. */
export const program = 'https://example.com/app.xml';
export const library = 'https://example.com/lib.xml';

const digestOf = (letter: string): string => letter.repeat(52);
const version = (name: string, stability: string, letter: string): string =>
  `<implementation id="${name}" version="${name}" stability="${stability}" main="run">
    <requires interface="${library}"/><manifest-digest sha256new="${digestOf(letter)}"/>
    <archive href="https://example.com/${name}.tar.gz" size="1000"/></implementation>`;
const old = version('11.0', 'stable', 'A');
const all = `${old}
  ${version('12.0', 'stable', 'B')} ${version('13.0', 'testing', 'C')} ${version('14.0', 'developer', 'D')}
  ${version('15.0', 'insecure', 'E')}
  <package-implementation package="coreutils" main="/bin/true"><requires interface="${library}"/></package-implementation>`;
const libraryVersions = `
  <implementation id="l1" version="1" stability="stable"><manifest-digest sha256new="${digestOf('F')}"/>
    <archive href="https://example.com/l1.tar.gz" size="10"/></implementation>
  <implementation id="l2" version="2" stability="insecure"><manifest-digest sha256new="${digestOf('G')}"/>
    <archive href="https://example.com/l2.tar.gz" size="10"/></implementation>`;

/** A home that our program and the reference share, with this program in its cache. */
export interface PresetHome {
  readonly desk: Desk;
  /** What is asked for: as the app `toy` does, if there is one. */
  requirements(): Promise<Requirements>;
  /** Publishes all versions; before that there is only 11.0. */
  publishAll(): void;
  /** Makes a build of one's own, 0.1. @returns its feed */
  buildOwn(): string;
  /** What is selected by us, and by the reference: versions of the program and its library. */
  selected(name?: string): Promise<{ readonly ours: readonly string[]; readonly reference: readonly string[] }>;
  close(): Promise<void>;
}

/** Creates one; 11.0 and library 1 are stored. */
export function createPresetHome(): PresetHome {
  const home = tempDir();
  const cache = path.join(home, '.cache/0install.net');
  const config = path.join(home, '.config/0install.net/injector');
  const bin = path.join(home, 'bin');
  for (const folder of [path.join(cache, 'interfaces'), config, bin]) mkdirSync(folder, { recursive: true });
  for (const letter of ['A', 'F']) {
    const stored = path.join(cache, 'implementations', `sha256new_${digestOf(letter)}`);
    mkdirSync(stored, { recursive: true });
    writeFileSync(path.join(stored, 'run'), '#!/bin/sh\n', { mode: 0o755 });
  }
  writeFileSync(
    path.join(config, 'global'),
    '[global]\nfreshness = -1\nnetwork_use = full\nhelp_with_testing = False\n',
  );
  const publish = (uri: string, content: string): void => {
    const text = feedText(`<name>App</name><summary>app</summary>${content}`, `uri="${uri}"`);
    writeFileSync(path.join(cache, 'interfaces', escapeName(uri)), text);
  };
  publish(program, old);
  publish(library, libraryVersions);
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    HOME: home,
    GNUPGHOME: createSigningHome().home,
    LC_ALL: 'C.UTF-8',
    https_proxy: 'http://127.0.0.1:9',
  };
  const desk = createDesk({ env, version: '0', samplesDir: sampleSiteDir, workersDir: null, log: createMemoryLog() });
  const inOrder = (selections: { readonly selections: readonly { interface: string; version: string }[] }) =>
    [program, library].map((uri) => selections.selections.find((one) => one.interface === uri)?.version ?? `no ${uri}`);
  const requirements = async () =>
    (await desk.named.appStore.readRequirements('toy')) ?? toRequirements({ interface: program });
  return {
    desk,
    requirements,
    publishAll: () => {
      publish(program, all);
    },
    buildOwn() {
      const folder = tempDir();
      writeFileSync(path.join(folder, 'run'), '#!/bin/sh\n', { mode: 0o755 });
      const feed = path.join(folder, 'feed.xml');
      writeFileSync(
        feed,
        feedText(
          `<name>App</name><summary>mine</summary><feed-for interface="${program}"/>
          <implementation id="." version="0.1" main="run"><requires interface="${library}"/></implementation>`,
        ),
      );
      return feed;
    },
    async selected(name = program) {
      const answer = await desk.select.local(await requirements());
      if (answer.status !== 'solved') throw new Error(JSON.stringify(answer));
      const { stdout, stderr } = await runCommand('0install', env, ['select', '--console', '--xml', name]);
      if (stdout === '') throw new Error(stderr);
      const reference = parseSelections(parseXml(stdout, { source: 'selections' }), '/');
      return { ours: inOrder(answer.selections), reference: inOrder(reference) };
    },
    close: () => desk.close(),
  };
}
