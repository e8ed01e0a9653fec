import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What takes long to load and most starts do not need: only `await import()` may bring it in. */
const heavy = ['./undici-parts.ts', 'openpgp'];
/** The one file that has undici in it. */
const parts = 'adapters/http/undici-parts.ts';

it('heavy libraries are loaded when they are first used', () => {
  const offenders: string[] = [];
  const seen = new Set<string>();
  for (const entry of readdirSync('electron', { recursive: true, encoding: 'utf8' })) {
    if (!/(?<!\.d)\.ts$/.test(entry)) continue;
    const text = readFileSync(join('electron', entry), 'utf8');
    for (const name of heavy) if (text.includes(`import('${name}')`)) seen.add(name);
    for (const [statement, name = ''] of text.matchAll(/^(?:import|export)\b[^;]*?from '([^']*)';/gm)) {
      const isHeavy = heavy.includes(name) || (/^undici\b/.test(name) && entry !== parts);
      if (isHeavy && !/^import type\b/.test(statement)) offenders.push(`${entry}: ${statement}`);
    }
  }
  expect(offenders).toEqual([]);
  expect([...seen].sort()).toEqual(heavy);
});
