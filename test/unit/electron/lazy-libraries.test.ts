import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Libraries that take long to load and that most starts do not need: only `await import()` may bring them in. */
const heavy = ['openpgp', 'undici'];

it('heavy libraries are loaded when they are first used', () => {
  const offenders: string[] = [];
  const seen = new Set<string>();
  for (const entry of readdirSync('electron', { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts')) continue;
    const text = readFileSync(join('electron', entry), 'utf8');
    for (const name of heavy) {
      if (text.includes(`import('${name}')`)) seen.add(name);
      const statements = text.matchAll(new RegExp(`^(import|export)\\b[^;]*?from '${name}';`, 'gm'));
      for (const [statement] of statements)
        if (!/^import type\b/.test(statement)) offenders.push(`${entry}: ${statement}`);
    }
  }
  expect(offenders).toEqual([]);
  expect([...seen].sort()).toEqual(heavy);
});
