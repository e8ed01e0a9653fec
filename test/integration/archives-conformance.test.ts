import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSupportedArchive } from '../../electron/adapters/archive/unpack-archive.ts';
import {
  archiveCases,
  noDigest,
  runArchiveCase,
  typeOfCase,
  type ArchiveCase,
  type CaseOutcome,
} from '../helpers/archive-cases.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { removeTree } from '../helpers/tree.ts';

const isSupported = (example: ArchiveCase): boolean =>
  example.command === 'download' || isSupportedArchive(typeOfCase(example));
const supported = archiveCases.filter(isSupported);
const unsupported = archiveCases.filter((example) => !isSupported(example));
/** Computing a digest ignores a top-level `.manifest`; only a store refuses it. */
const digestIsFine = new Set(['75-tar-manifest-file', '76-tar-manifest-link']);
const refusals =
  /^(archive-|recipe-failed$|tree-illegal$|bad-feed$|wrong-size$|bad-url$|http-status$|file-missing$|no-retrieval-method$)/;

function check(example: ArchiveCase, outcome: CaseOutcome): void {
  const { digests } = example.expected;
  expect(outcome.sideEffects).toEqual([]);
  if (!isSupported(example)) {
    expect(outcome).toMatchObject({ digestError: 'archive-unsupported', added: 'archive-unsupported' });
    return;
  }
  switch (example.expected.result) {
    case 'ok':
      expect(outcome).toMatchObject({ added: 'stored', verified: true, digestError: null });
      if (example.command === 'digest') expect(outcome.digests).toMatchObject(digests!);
      break;
    case 'ok-without-bits':
      // Their modes are looked at with the side effects.
      if (outcome.added !== 'stored') expect(outcome.added).toMatch(refusals);
      else expect(outcome.digests).toMatchObject(digests!);
      break;
    case 'reject':
      expect(outcome.added).toMatch(refusals);
      if (example.command === 'digest' && !digestIsFine.has(example.id)) expect(outcome.digestError).toMatch(refusals);
      break;
    case 'either':
      if (outcome.added === 'stored') expect(outcome.verified).toBe(true);
      else if (outcome.added === 'wrong-digest') {
        // Unpacked, to something whose digest the case does not tell.
        expect(digests).toBeUndefined();
        expect(outcome.actual).not.toBe(noDigest);
      } else expect(outcome.added).toMatch(refusals);
      break;
    case 'limit':
      expect(outcome.added).toBe('archive-limit');
      break;
  }
}

describe('archive conformance cases', () => {
  it('runs all that are expected', () => {
    expect(archiveCases).toHaveLength(161);
    expect(supported.filter((example) => example.command === 'digest')).toHaveLength(113);
    expect(supported.filter((example) => example.command === 'download')).toHaveLength(47);
    // All types but the one that nobody knows.
    expect(unsupported.map((example) => example.id)).toEqual(['8b-unknown-extension']);
  });

  it.each(archiveCases)('$id ($expected.result): $title', async (example) => {
    check(example, await runArchiveCase(example, tempDir()));
  });
});

describe('archive conformance cases elsewhere', () => {
  const script = path.join(import.meta.dirname, '../helpers/run-archive-cases.ts');
  const run = (umask: string, options: { readonly uid?: number; readonly gid?: number }): void => {
    const base = mkdtempSync(path.join(tmpdir(), 'zerodesk-test-'));
    onTestFinished(() => removeTree(base));
    chmodSync(base, 0o777);
    const text = execFileSync(process.execPath, ['--import', 'tsx', script, base, umask], {
      ...options,
      env: { PATH: process.env['PATH'], TMPDIR: base, TZ: 'America/New_York', HOME: base },
      maxBuffer: 1e8,
      encoding: 'utf8',
    });
    const outcomes = JSON.parse(text) as CaseOutcome[];
    expect(outcomes).toHaveLength(archiveCases.length);
    for (const [index, outcome] of outcomes.entries()) {
      // tsx keeps its own cache where temporary files go.
      expect(() => check(archiveCases[index]!, outcome), outcome.id).not.toThrow();
    }
  };

  it('are the same with umask 077, far from GMT', () => {
    run('77', {});
  });

  const nobody = { uid: 65534, gid: 65534 };
  const canBeNobody = process.getuid?.() === 0 && spawnSync('cat', [script], nobody).status === 0;
  if (!canBeNobody) process.stderr.write('SKIPPED: only root can try the archive cases as another user\n');
  it.runIf(canBeNobody)('are the same for an ordinary user', () => {
    run('22', nobody);
  });
});
