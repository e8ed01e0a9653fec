// Time to read feeds: the largest published one in fresh processes and warm, and all of them, beside the reference.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseFeed } from '../../electron/core/feed/parse-feed.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/apps.0install.net');
const runs = Number(process.env['RUNS'] ?? 9);
if (!existsSync(corpus)) {
  console.log(`SKIPPED: the published feeds are not at ${corpus}`);
  process.exit(0);
}

const largest = path.join(corpus, 'kubernetes/kubectl.xml');
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const uriOf = (text: string): string => /\suri\s*=\s*['"]([^'"]+)/.exec(text)?.[1] ?? '';

function time(action: () => unknown): number {
  const startMs = performance.now();
  action();
  return performance.now() - startMs;
}

function readLargest(): number {
  const text = readFileSync(largest, 'utf8');
  return time(() => parseFeed(text, { name: uriOf(text), isLocal: false }));
}

if (process.argv.includes('--once')) {
  console.log(readLargest());
  process.exit(0);
}

const self = [...process.execArgv, import.meta.filename, '--once'];
const cold: number[] = [];
const reference: number[] = [];
for (let run = 0; run < runs; run++) {
  cold.push(Number(spawnSync(process.execPath, self, { encoding: 'utf8' }).stdout));
  const startMs = performance.now();
  const { error } = spawnSync('0install', ['select', '--offline', '--console', largest]);
  reference.push(error === undefined ? performance.now() - startMs : NaN);
}
const texts = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.xml'))
  .map((name) => readFileSync(path.join(corpus, name), 'utf8'));
const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
const all = (): number => time(() => texts.map((text) => parseFeed(text, { name: uriOf(text), isLocal: false })));
const tree = (): number => time(() => texts.map((text) => parseXml(text, { source: 'feed' })));
const series = (action: () => number): number => median(Array.from({ length: runs }, action));
const warm = series(readLargest);
const everything = series(all);
const xmlOnly = series(tree);

console.log(`Node.js ${process.version}, ${runs} runs each, medians`);
console.table([
  { what: 'largest feed, fresh process, ms', ours: median(cold).toFixed(1) },
  { what: 'largest feed, warm, ms', ours: warm.toFixed(1) },
  { what: '0install select of it, whole process, ms', ours: median(reference).toFixed(1) },
  { what: `all ${texts.length} feeds, MB/s`, ours: (megabytes / (everything / 1000)).toFixed(1) },
  { what: 'the same, only the XML, MB/s', ours: (megabytes / (xmlOnly / 1000)).toFixed(1) },
]);
