// One transcript through both programs, each in a home of its own: after every line the exit status, what was printed and the
// settings left behind must be the same. What is meant to differ is listed in docs/compatibility.md.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../electron/core/xml/parse.ts';
import type { XmlElement } from '../../electron/core/xml/element.ts';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../helpers/desk-world.ts';
import { hasReference } from '../helpers/reference.ts';
import { tempDir } from '../helpers/temp-dir.ts';

type Run = (env: Env, args: readonly string[], input?: string) => Promise<CommandResult>;

/** A program with its home. */
interface Side {
  readonly home: string;
  readonly env: Env;
  readonly run: Run;
}

/** Something that happens outside between two lines. */
type Happening = (side: Side, world: string) => void;
type Line = string | readonly [line: string, input: string] | Happening;

const app = '.config/0install.net/apps/hello';
const today = new Date().toISOString().slice(0, 10);

const publish =
  (name: string, from: string, to: string): Happening =>
  (_, world) => {
    const file = path.join(world, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
  };

/** `WORLD` stands for the folder with the feeds. */
const lines: readonly Line[] = [
  'config',
  'config network_use',
  'config network_use minimal',
  'config network_use',
  'config network_use full',
  'config freshness 10d',
  'config freshness',
  'config freshness 0',
  'config help_with_testing',
  'config nonsense',
  'select WORLD/app.xml',
  'select WORLD/app.xml --xml',
  'select WORLD/app.xml --version=1.0',
  'select WORLD/app.xml --before=1.0',
  'select WORLD/app.xml --not-before=2.0',
  'select WORLD/app.xml --command=',
  'select WORLD/app.xml --command=other',
  'select WORLD/app.xml --os=Windows --cpu=i486',
  'select WORLD/app.xml --version-for WORLD/lib.xml 2.0',
  'select WORLD/app.xml --source',
  'select WORLD/missing.xml',
  'select http://nowhere.test',
  'select not-an-address',
  'download WORLD/app.xml',
  'download WORLD/app.xml --show',
  'download WORLD/app.xml --xml',
  'run WORLD/app.xml one two',
  'run --version=2.0 WORLD/app.xml',
  'run WORLD/app.xml --version=2.0',
  'run --main=other WORLD/app.xml',
  'run --command=missing WORLD/app.xml',
  'run --wrapper=echo WORLD/app.xml x',
  'run --dry-run WORLD/app.xml x',
  'run WORLD/fails.xml',
  'update WORLD/app.xml',
  'update WORLD/app.xml --version=2.0',
  'list',
  'list nothing',
  'list-feeds WORLD/app.xml',
  'add-feed WORLD/app.xml WORLD/extra.xml',
  'list-feeds WORLD/app.xml',
  'add-feed WORLD/app.xml WORLD/extra.xml',
  'select WORLD/app.xml',
  'remove-feed WORLD/app.xml WORLD/extra.xml',
  'remove-feed WORLD/app.xml WORLD/extra.xml',
  'list-feeds WORLD/app.xml',
  'add-feed WORLD/lonely.xml',
  'add-feed WORLD/missing.xml',
  'add',
  'add hello',
  'add hello WORLD/missing.xml',
  'add hello WORLD/app.xml --version=7',
  'add bad/name WORLD/app.xml',
  'add 0install WORLD/app.xml',
  'add hello WORLD/app.xml',
  'add hello WORLD/app.xml',
  'show hello',
  'show -r hello',
  'show --xml hello',
  'whatchanged hello',
  'run hello one two',
  'run --version=2.0 hello',
  'select hello',
  'select hello --version=2.0',
  'download hello',
  'download hello --show',
  'update hello',
  ({ home }) => {
    renameSync(path.join(home, app, `selections-${today}.xml`), path.join(home, app, 'selections-2020-02-02.xml'));
  },
  publish('app.xml', 'stability="testing"', 'stability="stable"'),
  'update hello',
  'whatchanged hello',
  'run hello',
  publish('app.xml', 'version="2.0"', 'version="2.0" license="free"'),
  'update hello',
  'update hello',
  publish('app.xml', ' license="free"', ''),
  'run hello',
  'show hello --xml',
  'update hello --before=2.0',
  'show hello',
  'update hello --version-for WORLD/lib.xml 1.0',
  'show hello',
  'update hello --version-for WORLD/lib.xml=',
  'update hello --version=',
  'update hello --os=Windows',
  'update hello --command=missing',
  'update hello --source',
  'show hello',
  'add other WORLD/replaced.xml',
  'update other',
  'show other',
  'destroy other',
  'destroy other',
  'show other',
  'destroy hello',
  'whatchanged hello',
  'digest WORLD/prog',
  'digest WORLD/prog --algorithm=sha256new',
  'digest WORLD/prog -m -d',
  'digest WORLD/missing',
  'store list',
  'store find sha1new=123',
  'store manifest WORLD/prog',
  'store manifest WORLD/prog sha256new',
  'store verify WORLD/prog',
  'store',
  'nonsense',
  '',
];

const interfaceOf = (body: string): string =>
  `<?xml version="1.0"?>\n<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">\n${body}\n</interface>\n`;

function writeWorld(world: string): void {
  for (const folder of ['prog', 'lib']) mkdirSync(path.join(world, folder), { recursive: true });
  const program = (name: string, text: string): void => {
    writeFileSync(path.join(world, 'prog', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  };
  program('run', 'echo "hello $*"; echo "LIB=$LIB"');
  program('other', 'echo other');
  program('fail', 'echo failing; exit 3');
  const feeds: Readonly<Record<string, string>> = {
    app: `<name>app</name><summary>an app</summary>
      <group main="run"><requires interface="./lib.xml"><environment name="LIB" insert="."/></requires>
        <implementation id="a1" local-path="prog" version="1.0" stability="stable"/>
        <implementation id="a2" local-path="prog" version="2.0" stability="testing"/>
      </group>`,
    lib: `<name>lib</name><summary>a library</summary>
      <implementation id="l1" local-path="lib" version="1.0" stability="stable"/>
      <implementation id="l2" local-path="lib" version="2.0" stability="testing"/>`,
    extra: `<name>extra</name><summary>more</summary><feed-for interface="${world}/app.xml"/>
      <implementation id="e1" local-path="prog" version="5.0" stability="stable" main="run"/>`,
    lonely: `<name>lonely</name><summary>for nothing</summary>
      <implementation id="o1" local-path="prog" version="1" main="run"/>`,
    replaced: `<name>old</name><summary>has a successor</summary><replaced-by interface="http://nowhere.test/new.xml"/>
      <implementation id="r1" local-path="prog" version="1.0" stability="stable" main="run"/>`,
    fails: `<name>fails</name><summary>ends with 3</summary>
      <implementation id="f1" local-path="prog" version="1.0" stability="stable" main="fail"/>`,
  };
  for (const [name, body] of Object.entries(feeds)) writeFileSync(path.join(world, `${name}.xml`), interfaceOf(body));
}

function createSide(directory: string, name: string, run: Run): Side {
  const home = path.join(directory, name);
  for (const folder of ['bin', '.config/0install.net']) mkdirSync(path.join(home, folder), { recursive: true });
  const env: Env = {
    PATH: `${home}/bin:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    HOME: home,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    XDG_CACHE_DIRS: '',
    XDG_CONFIG_DIRS: '',
    XDG_DATA_DIRS: '',
    http_proxy: 'http://127.0.0.1:9',
    https_proxy: 'http://127.0.0.1:9',
  };
  return { home, env, run };
}

describe.skipIf(!hasReference())('a transcript', () => {
  it('is the same in both programs [O37]', { timeout: 180_000 }, async () => {
    const directory = tempDir();
    const sides = [
      createSide(directory, 'theirs', (env, args, input) => runCommand('0install', env, ['-c', ...args], input)),
      createSide(directory, 'ours', (env, args, input) => runZerodesk(env, ['-c', ...args], input)),
    ];
    const worldOf = ({ home }: Side): string => path.join(home, 'world');
    for (const side of sides) writeWorld(worldOf(side));
    let count = 0;
    for (const line of lines) {
      if (typeof line === 'function') {
        for (const side of sides) line(side, worldOf(side));
        continue;
      }
      const [text, input] = typeof line === 'string' ? [line, ''] : line;
      const [theirs, ours] = await Promise.all(
        sides.map(async (side) => {
          const words = text.split(' ').filter((word) => word !== '');
          const args = words.map((word) => word.replaceAll('WORLD', worldOf(side)));
          const { status, stdout } = await side.run(side.env, args, input);
          return { status, output: toComparable(stdout, side.home), files: settingsOf(side.home) };
        }),
      );
      expect.soft(ours, text).toEqual(theirs);
      count += 1;
    }
    console.log(`transcript: ${count} command lines through both programs`);
  });
});

/** Without what differs by its nature: the home, the name of the program, and the time of the day. */
function toComparable(text: string, home: string): unknown {
  const plain = text
    .replaceAll(home, 'HOME')
    .replaceAll(home.replaceAll('/', '#'), '#HOME')
    // Ours goes to standard error, as messages do.
    .replace(/^Usage: [^]*$/, '')
    .replaceAll('0desk', '0install')
    .replace(/^(Last checked +: ).*$/m, '$1NOW');
  return plain.startsWith('<?xml') ? toTree(parseXml(plain, { source: 'output' })) : plain;
}

/** Every settings file, apps and start scripts included; documents as trees. Times of checks are kept in empty files, by either. */
function settingsOf(home: string): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const folder of ['.config/0install.net', 'bin']) {
    const names = readdirSync(path.join(home, folder), { recursive: true, withFileTypes: true });
    for (const entry of names) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || /\/(last-(solve|check-attempt)|zerodesk-.*)$/.test(file)) continue;
      // Our commands start programs without any of ours.
      const content = folder === 'bin' ? 'a command' : toComparable(readFileSync(file, 'utf8'), home);
      found[String(toComparable(file, home))] = content;
    }
  }
  return found;
}

function toTree({ name, namespace, attributes, children, text }: XmlElement): unknown {
  return { name, namespace, attributes: { ...attributes }, text: text.trim(), children: children.map(toTree) };
}
