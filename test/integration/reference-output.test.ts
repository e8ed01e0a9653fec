import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseXml } from '../../electron/core/xml/parse.ts';
import type { XmlElement } from '../../electron/core/xml/element.ts';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../helpers/desk-world.ts';
import { hasReference } from '../helpers/reference.ts';
import { sampleSiteDir, startSampleSite, type SampleSite } from '../helpers/sample-site.ts';
import { createSigningHome } from '../helpers/signing.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const algorithms = ['sha1', 'sha1new', 'sha256', 'sha256new'];

describe.skipIf(!hasReference())('the command line beside the reference, in one home', () => {
  let site: SampleSite;
  let env: Env;
  let home: string;
  let memo: string;
  const reference = (...args: readonly string[]): Promise<CommandResult> => runCommand('0install', env, args);
  const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, args);

  beforeEach(async () => {
    site = await startSampleSite();
    home = tempDir();
    env = {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: home,
      GNUPGHOME: createSigningHome().home,
      LC_ALL: 'C.UTF-8',
      XDG_CACHE_DIRS: '',
      XDG_CONFIG_DIRS: '',
      XDG_DATA_DIRS: '',
      https_proxy: 'http://127.0.0.1:9',
    };
    const config = path.join(home, '.config/0install.net/injector');
    mkdirSync(config, { recursive: true });
    writeFileSync(path.join(config, 'global'), '[global]\nkey_info_server = \n');
    memo = `${site.baseUrl}/memo.xml`;
    const { status, stderr } = await runZerodesk(env, ['download', memo], 'y\n');
    expect(stderr).toContain(`Feed: ${memo}`);
    expect(status).toBe(0);
    return () => site.close();
  });

  it('select and show [O35]', async () => {
    await agree(['select', '--offline', memo]);
    const [their, own] = await Promise.all([reference, ours].map((run) => run('select', '--offline', '--xml', memo)));
    expect(toTree(own!.stdout)).toEqual(toTree(their!.stdout));
    for (const [name, { stdout }] of Object.entries({ their: their!, own: own! })) {
      writeFileSync(path.join(home, `${name}.xml`), stdout);
    }
    for (const name of ['their.xml', 'own.xml']) {
      await agree(['show', path.join(home, name)]);
      await agree(['show', '--root-uri', path.join(home, name)]);
    }
  });

  it.each(algorithms)('digest by %s, of a directory and of archives', async (algorithm) => {
    const tree = path.join(home, 'tree');
    mkdirSync(path.join(tree, 'bin'), { recursive: true });
    writeFileSync(path.join(tree, 'bin/run'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(path.join(tree, 'text'), 'words\n');
    await agree(['digest', `--algorithm=${algorithm}`, tree]);
    await agree(['digest', `--algorithm=${algorithm}`, '--manifest', '--digest', tree]);
    for (const name of ['memo-2.1.tar.gz', 'palette-2.0.zip', 'hello-1.1.tar']) {
      const archive = path.join(home, name);
      copyFileSync(path.join(sampleSiteDir, 'archives', name), archive);
      const top = name.replace(/\.(tar|tar\.gz|zip)$/, '');
      await agree(['digest', `--algorithm=${algorithm}`, archive]);
      await agree(['digest', `--algorithm=${algorithm}`, archive, top]);
    }
  });

  it('store list, find and verify [O39]', async () => {
    await agree(['store', 'list']);
    await agree(['--with-store', path.join(home, 'other'), 'store', 'list']);
    const store = path.join(home, '.cache/0install.net/implementations');
    for (const name of readdirSync(store)) {
      await agree(['store', 'find', name]);
      await agree(['store', 'verify', name]);
      await agree(['store', 'verify', path.join(store, name)]);
    }
    const missing = `sha256new_${'D'.repeat(52)}`;
    await agree(['store', 'find', missing], 1);
  });

  it('config [O38]', async () => {
    await agree(['config']);
    for (const name of ['auto_approve_keys', 'freshness', 'help_with_testing', 'network_use']) {
      await agree(['config', name]);
    }
    expect(await ours('config', 'freshness', '90s')).toMatchObject({ status: 0 });
    await agree(['config', 'freshness']);
    expect(await reference('config', 'freshness', '0')).toMatchObject({ status: 0 });
    await agree(['config']);
  });

  it.each([
    { args: ['nonsense'] },
    { args: ['select'] },
    { args: ['select', '--nonsense', 'x'] },
    { args: ['select', 'no-such-file'] },
    { args: ['config', 'nonsense'] },
    { args: ['config', 'network_use', 'nonsense'] },
    { args: ['digest', 'no-such-directory'] },
    { args: ['store', 'nonsense'] },
    { args: ['show', 'no-such-file'] },
  ])('wrong usage: $args', async ({ args }) => {
    const [their, own] = await Promise.all([reference(...args), ours(...args)]);
    expect([their.status, own.status]).toEqual([1, 1]);
    expect(own.stderr).toMatch(/\S/);
    expect(own.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(own.stderr).not.toMatch(/undefined|\[object|inside Zerodesk/);
  });

  /** Both print the same and end with the given status. */
  async function agree(args: readonly string[], status = 0): Promise<void> {
    const [their, own] = await Promise.all([reference(...args), ours(...args)]);
    expect([args, their.status, their.status === 0 ? '' : their.stdout]).toEqual([args, status, '']);
    expect([own.stdout, own.stderr === '', own.status]).toEqual([their.stdout, status === 0, status]);
  }
});

/** Elements as data, without the order of attributes and without layout. */
function toTree(xml: string): unknown {
  const strip = ({ namespace, name, attributes, children, text }: XmlElement): unknown => ({
    namespace,
    name,
    attributes,
    children: children.map(strip),
    text: text.trim(),
  });
  return strip(parseXml(xml, { source: 'select' }));
}
