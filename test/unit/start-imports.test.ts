import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Packages that are loaded with a file: what it imports at once, and what that imports, types aside. */
function packagesOf(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const open = [path.join(root, entry)];
  const seen = new Set(open);
  for (const file of open) {
    if (!/\.tsx?$/.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    for (const [, clause = '', name = ''] of text.matchAll(/^(?:import|export)\b([^;]*?)from '([^']*)'/gm)) {
      const names = /^\s*\{([^}]*)\}\s*$/
        .exec(clause)?.[1]
        ?.split(',')
        .filter((each) => each.trim() !== '');
      const isType = /^\s*type\b/.test(clause) || names?.every((each) => each.trim().startsWith('type ')) === true;
      if (isType) continue;
      if (!name.startsWith('.')) packages.add(name);
      else {
        const next = path.resolve(path.dirname(file), name);
        if (!seen.has(next)) open.push(next);
        seen.add(next);
      }
    }
  }
  return packages;
}

describe('what a start loads', () => {
  it('nothing but Electron and Node.js before the window is there', () => {
    const packages = [...packagesOf('electron/main.ts')];
    expect(packages).toContain('electron');
    expect(packages.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
  });

  it('no schemas in the page, which trusts what the main process has checked', () => {
    const packages = packagesOf('renderer/main.tsx');
    expect(packages).toContain('react-dom/client');
    expect(packages).not.toContain('zod');
  });

  it('no schemas and no archives for the usual commands of the command line', () => {
    const packages = packagesOf('electron/cli/commands/select.ts');
    expect(packages).toContain('node:fs');
    expect(packages).not.toContain('zod');
    // Only what unpacks counts checksums.
    expect(packages).not.toContain('node:zlib');
  });

  it('schemas where they are needed, or this test would see nothing', () => {
    expect(packagesOf('electron/work.ts')).toContain('zod');
  });
});
