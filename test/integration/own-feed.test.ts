import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFeed } from '../../scripts/package/feed.mjs';
import { tempDir } from '../helpers/temp-dir.ts';

const program = path.resolve(import.meta.dirname, '../../bin/0desk');

/** A folder as the packed program's, as far as its feed is concerned. */
function makePacked() {
  const root = tempDir();
  const packed = path.join(root, 'packed');
  mkdirSync(path.join(root, 'dist'));
  mkdirSync(path.join(packed, 'resources/bin'), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ version: '1.2', description: 'Any program' }));
  const script = path.join(packed, 'resources/bin/0desk');
  writeFileSync(script, `#!/bin/sh\nexec '${program}' "$@"\n`);
  writeFileSync(path.join(packed, 'zerodesk'), '#!/bin/sh\necho the window\n');
  for (const file of [script, path.join(packed, 'zerodesk')]) chmodSync(file, 0o755);
  return { root, packed, env: { PATH: process.env['PATH'] ?? '', HOME: path.join(root, 'home'), LC_ALL: 'C' } };
}

describe('the feed of Zerodesk itself', () => {
  it('is run from where it lies, by both programs, with either command', async () => {
    const { root, packed, env } = makePacked();
    const feed = await makeFeed(root, packed, '');
    mkdirSync(env.HOME);
    expect(execFileSync(program, ['run', feed], { env, encoding: 'utf8' })).toBe('the window\n');
    const version = execFileSync(program, ['run', '--command=cli', feed, '--version'], { env, encoding: 'utf8' });
    expect(version).toMatch(/^0desk \(zerodesk\) /);
    if (spawnSync('0install', ['--version']).status !== 0) {
      process.stderr.write('SKIPPED: 0install is missing, it does not run our own feed\n');
      return;
    }
    const other = { ...env, HOME: path.join(root, 'other') };
    mkdirSync(other.HOME);
    expect(execFileSync('0install', ['run', '--console', feed], { env: other, encoding: 'utf8' })).toBe('the window\n');
  });

  it('names where it will be published, which must be safe', async () => {
    const { root, packed } = makePacked();
    const text = readFileSync(await makeFeed(root, packed, 'https://example.com/zd/'), 'utf8');
    expect(text).toContain('uri="https://example.com/zd/zerodesk.xml"');
    expect(text).toContain('href="https://example.com/zd/zerodesk-1.2-linux-');
    for (const bad of ['http://example.com/', 'https://example.com/a', 'https://example.com/"/']) {
      await expect(makeFeed(root, packed, bad)).rejects.toThrow('Not the https address of a folder');
    }
  });
});
