// Rebuilds assets/samples/site from assets/samples/src. The same sources give the same bytes.
//
//   node scripts/samples/build.mjs           writes the site
//   node scripts/samples/build.mjs --check   only says whether it is up to date

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRepository } from './repository.mjs';
import { readKey } from './signing.mjs';

const samples = fileURLToPath(new URL('../../assets/samples', import.meta.url));
const sourceDir = path.join(samples, 'src');
const siteDir = path.join(samples, 'site');
const baseUrl = 'https://samples.zerodesk.invalid';
/** Fixed, or every build would look like an update. */
const signedAt = new Date('2026-11-02T09:00:00Z');
const maxSiteBytes = 6 * 1024 * 1024;

const key = await readKey(readFileSync(path.join(sourceDir, 'key/private-key.asc'), 'utf8'));
const files = await buildRepository({ sourceDir, baseUrl, key, signedAt });
const totalBytes = [...files.values()].reduce((sum, data) => sum + data.length, 0);
if (totalBytes > maxSiteBytes) throw new Error(`the site has ${totalBytes} bytes, more than ${maxSiteBytes}`);

if (process.argv.includes('--check')) {
  const differences = compare();
  for (const line of differences) console.log(line);
  process.exitCode = differences.length === 0 ? 0 : 1;
} else {
  rmSync(siteDir, { recursive: true, force: true });
  for (const [name, data] of files) {
    mkdirSync(path.dirname(path.join(siteDir, name)), { recursive: true });
    writeFileSync(path.join(siteDir, name), data);
  }
  console.log(`${files.size} files, ${(totalBytes / 1024 / 1024).toFixed(1)} MiB, signed by ${key.fingerprint}`);
}

function compare() {
  const present = readdirSync(siteDir, { recursive: true }).filter((name) =>
    statSync(path.join(siteDir, name)).isFile(),
  );
  const extra = present.filter((name) => !files.has(name)).map((name) => `not built any more: ${name}`);
  const changed = [...files]
    .filter(([name, data]) => !present.includes(name) || !readFileSync(path.join(siteDir, name)).equals(data))
    .map(([name]) => `not up to date: ${name}`);
  return [...extra, ...changed];
}
