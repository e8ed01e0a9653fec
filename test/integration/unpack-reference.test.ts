import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasReference, referenceDigest } from '../helpers/store-bench.ts';
import { openStore as open } from '../helpers/unpack-bench.ts';

describe.runIf(hasReference)('archives of real programs', () => {
  const variants: readonly (readonly [string, readonly string[]])[] = [
    ...['v7', 'ustar', 'gnu', 'oldgnu', 'posix'].map((format) => [format, [`--format=${format}`]] as const),
    ...['0.0', '0.1', '1.0'].map(
      (v) => [`sparse ${v}`, ['--format=posix', '--sparse', `--sparse-version=${v}`]] as const,
    ),
    ['sparse gnu', ['--format=gnu', '--sparse']],
  ];

  it.each(variants)('tar: %s', async (_name, options) => {
    const { base, stores, env } = open();
    const tree = path.join(base, 'tree');
    fs.mkdirSync(path.join(tree, 'dir/sub'), { recursive: true });
    // Many parts, so that old GNU headers need extension blocks.
    const sparse = fs.openSync(path.join(tree, 'dir/sparse'), 'w');
    for (let index = 0; index < 60; index++) fs.writeSync(sparse, `part ${index}`, index * 70_000);
    fs.ftruncateSync(sparse, 5_000_000);
    fs.closeSync(sparse);
    fs.writeFileSync(path.join(tree, 'dir/run'), '#!/bin/sh\n', { mode: 0o750 });
    fs.symlinkSync('../x', path.join(tree, 'dir/sub/link'));
    fs.linkSync(path.join(tree, 'dir/run'), path.join(tree, 'dir/again'));
    if (!options.includes('--format=v7')) fs.writeFileSync(path.join(tree, `${'long'.repeat(40)}é`), 'x');
    const file = path.join(base, 'a.tar');
    const made = spawnSync('tar', ['-cf', file, ...options, '-C', tree, '.']);
    if (options.includes('--format=ustar')) expect(made.status).toBeGreaterThan(0);
    else expect(made.status).toBe(0);
    const request = { file, mimeType: 'application/x-tar', extract: null, algorithm: 'sha256new' };
    expect((await stores.digestArchive(request)).digest).toBe(referenceDigest(file, env));
  });

  const hasZip = spawnSync('zip', ['-v']).status === 0;
  if (!hasZip) process.stderr.write('SKIPPED: zip is missing, its archives are not read\n');
  it.runIf(hasZip).each([
    ['zip', ['-qry']],
    ['zip, stored', ['-qry0']],
    ['zip without extra fields', ['-qryX']],
    ['zip streamed', ['-qry', '-fd']],
    ['zip64', ['-qry', '-fz']],
  ])('%s', async (_name, options) => {
    const { base, stores, env } = open();
    const tree = path.join(base, 'tree');
    fs.mkdirSync(path.join(tree, 'dir/sub'), { recursive: true });
    fs.writeFileSync(path.join(tree, 'dir/run'), '#!/bin/sh\n', { mode: 0o750 });
    fs.writeFileSync(path.join(tree, 'dir/big'), Buffer.alloc(3_000_000, 'text and '));
    fs.writeFileSync(path.join(tree, 'dir/é'), 'x');
    // Some versions of zip refuse to stream a link.
    if (!options.includes('-fd')) fs.symlinkSync('../x', path.join(tree, 'dir/sub/link'));
    const file = path.join(base, 'a.zip');
    execFileSync('zip', [...options, file, '.'], { cwd: tree });
    const request = { file, mimeType: 'application/zip', extract: null, algorithm: 'sha256new' };
    expect((await stores.digestArchive(request)).digest).toBe(referenceDigest(file, env));
  });
});
