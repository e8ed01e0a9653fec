// The window as a person meets it, with 5,000 programs in its catalogue and everything cached: how long until it can be used, until
// a key stroke in the search shows its result, until a rating shows what is chosen now, and what it takes while nothing happens.
// Budgets of design.md 9. RUNS is how often it is started.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { escapeName } from '../../electron/core/feed/names.ts';
import { electronExecutable } from '../helpers/electron-app.ts';
import { readCorpus } from '../helpers/corpus.ts';
import { median, round } from '../helpers/measure.ts';

const root = path.resolve(import.meta.dirname, '../..');
const runs = Number(process.env['RUNS'] ?? 5);
const programs = 5000;
const idleSeconds = 30;
const words = ['paint', 'calc', 'editor', 'terminal', 'music', 'photo', 'mail', 'chess', 'atlas', 'notes'];

let child: ChildProcess | undefined;
const bare = mkdtempSync(path.join(tmpdir(), 'zerodesk-bare-'));
let bareMegabytes = 0;
const base = mkdtempSync(path.join(tmpdir(), 'zerodesk-bench-'));
try {
  const rated = fillHome(base);
  makeBareProgram(bare);
  const starts: number[] = [];
  const bareStarts: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    bareStarts.push(await measureBareStart());
    const { browser, page, startedAt, end } = await openWindow();
    starts.push(await usableAt(page, startedAt));
    if (run === runs - 1) {
      const figures = `${round(median(starts))} ms (${starts.map(round).join(', ')}), bare window ${round(median(bareStarts))} ms`;
      report('window usable, cold, cached state', figures, median(starts), 1000);
      await measureIdle(browser);
      await measureSearch(page);
      if (rated !== null) await measureRating(page, rated);
    }
    await end();
  }
} finally {
  for (const each of [base, bare]) rmSync(each, { recursive: true, force: true });
}

function report(what: string, figures: string, value: number, budget: number): void {
  console.log(`${what}: ${figures} (budget ${budget}) ${value <= budget ? 'OK' : 'OVER'}`);
}

/** Settings, a catalogue and feeds as a user has them. @returns the program whose versions are rated; null without the corpus */
function fillHome(folder: string): string | null {
  const cache = path.join(folder, 'cache');
  const config = path.join(folder, 'config');
  for (const each of ['cache/catalogs', 'cache/interfaces', 'config/injector'])
    mkdirSync(path.join(folder, each), { recursive: true });
  writeFileSync(path.join(config, 'injector/global'), '[global]\nnetwork_use = off-line\nfreshness = 0\n');
  const source = path.join(folder, 'catalog.xml');
  writeFileSync(path.join(config, 'catalog-sources'), `${source}\n`);
  const entries = Array.from({ length: programs }, (_, index) => {
    const name = `${words[index % words.length] ?? ''} ${words[(index * 7) % words.length] ?? ''} ${index}`;
    return `<interface uri="https://bench.example/${index}.xml"><name>${name}</name><summary>program number ${index} for ${name}</summary><category>Utility</category></interface>`;
  });
  const catalog = `<?xml version="1.0"?>\n<catalog xmlns="http://0install.de/schema/injector/catalog" xmlns:i="http://zero-install.sourceforge.net/2004/injector/interface">${entries
    .join('')
    .replaceAll('<interface', '<i:interface')
    .replaceAll('</interface', '</i:interface')
    .replaceAll(/<(\/?)(name|summary|category)>/g, '<$1i:$2>')}</catalog>\n`;
  writeFileSync(source, catalog);
  writeFileSync(path.join(cache, 'catalogs', escapeName(source)), catalog);
  const corpus = readCorpus() ?? [];
  for (const { uri, bytes } of corpus) writeFileSync(path.join(cache, 'interfaces', escapeName(uri)), bytes);
  // The one with the most versions.
  return [...corpus].sort((a, b) => b.bytes.length - a.bytes.length)[0]?.uri ?? null;
}

interface OpenWindow {
  readonly browser: Browser;
  readonly page: Page;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly end: () => Promise<void>;
}

/** A window with an empty page: what the runtime alone takes. */
function makeBareProgram(folder: string): void {
  const data = JSON.stringify(path.join(folder, 'data'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "bare", "main": "main.js" }');
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>bare</title><p>bare</p>');
  writeFileSync(
    path.join(folder, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
app.setPath('userData', ${data});
app.whenReady().then(() => new BrowserWindow().loadFile('index.html'));`,
  );
}

async function measureBareStart(): Promise<number> {
  const { page, startedAt, end } = await openWindow(bare);
  const shown = await usableAt(page, startedAt);
  bareMegabytes = megabytesOf(processTree(child?.pid ?? 0));
  await end();
  return shown;
}

async function openWindow(program = root): Promise<OpenWindow> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const startedAt = Date.now();
  child = spawn(electronExecutable(), [...sandbox, '--remote-debugging-port=0', program], {
    env: { ...process.env, ZEROINSTALL_PORTABLE_BASE: base },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const own = child;
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    own.stderr?.on('data', (data) => {
      output += String(data);
      const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    own.once('exit', () => reject(new Error(`the window ended:\n${output}`)));
  });
  // What looks on must not be in the way of the start.
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const browser = await chromium.connectOverCDP(address);
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error('there is no page');
  // What the translator of this file marks functions with.
  await page.evaluate('globalThis.__name = (each) => each');
  return {
    browser,
    page,
    startedAt,
    end: async () => {
      await browser.close();
      const ended = once(own, 'exit');
      own.kill();
      await ended;
    },
  };
}

/** When the list of programs was painted, milliseconds after the start. */
async function usableAt(page: Page, startedAt: number): Promise<number> {
  const shown = await page.evaluate(() => {
    const mark = performance.getEntriesByName('apps-shown')[0]?.startTime ?? 0;
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return performance.timeOrigin + Math.max(mark, paint);
  });
  return shown - startedAt;
}

/** Lets a page tell when what an action changes was painted: the last change before a while of quiet. */
async function paintedAfter(page: Page, event: string, action: () => Promise<void>): Promise<number> {
  await page.evaluate((name) => {
    const state = { from: 0, last: 0 };
    Object.assign(window, { measured: state });
    const note = (): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // After the frame, not before it.
        port1.onmessage = () => (state.last = performance.now());
        port2.postMessage(0);
      });
    };
    const observer = new MutationObserver(note);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    Object.assign(window, { stopMeasuring: () => observer.disconnect() });
    window.addEventListener(name, (what) => (state.from = what.timeStamp), { capture: true, once: true });
  }, event);
  await action();
  await new Promise((resolve) => setTimeout(resolve, 400));
  return page.evaluate(() => {
    const { measured, stopMeasuring } = window as unknown as {
      measured: { from: number; last: number };
      stopMeasuring: () => void;
    };
    stopMeasuring();
    return measured.last - measured.from;
  });
}

async function measureSearch(page: Page): Promise<void> {
  const times: number[] = [];
  for (const word of words.slice(0, 6)) {
    for (const letter of word) times.push(await paintedAfter(page, 'keydown', () => page.keyboard.press(letter)));
    const found = await page.locator('[data-page-search]').first().inputValue();
    if (found !== word) throw new Error(`the search has ${found} instead of ${word}`);
    await page.keyboard.press('Escape');
    await page.locator('[data-page-search]').first().fill('');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const sorted = [...times].sort((a, b) => a - b);
  const worst = sorted.at(-1) ?? NaN;
  const high = sorted[Math.floor(sorted.length * 0.9)] ?? NaN;
  const figures = `median ${round(median(times))} ms, nine of ten ${round(high)}, worst ${round(worst)}, ${times.length} key strokes`;
  report(`search in ${programs} programs, key stroke to painted result`, figures, median(times), 50);
}

/** Time of a rating and of the selection and the list of versions that follow, as the window asks for them. */
async function measureRating(page: Page, uri: string): Promise<void> {
  const { count, times } = await page.evaluate(async (root) => {
    type Call = (
      name: string,
      input: unknown,
    ) => Promise<{ ok: boolean; value: { rows: { id: string; fromFeed: string }[] } }>;
    const { call } = (window as unknown as { zerodesk: { call: Call } }).zerodesk;
    const component = { root, interface: root, isSource: false };
    const { value } = await call('solve.versions', component);
    const measured: number[] = [];
    for (let run = 0; run < 40; run += 1) {
      const row = value.rows[run % value.rows.length];
      await call('ratings.set', { fromFeed: row?.fromFeed, id: row?.id, rating: run % 2 === 0 ? 'buggy' : null });
      await new Promise((resolve) => setTimeout(resolve, 100));
      const from = performance.now();
      await call('solve.view', { root });
      measured.push(performance.now() - from);
    }
    return { count: value.rows.length, times: measured };
  }, uri);
  const late = times.slice(10);
  report(
    `selecting again after a rating, ${count} versions of ${uri}`,
    `median ${round(median(late))} ms, worst ${round(Math.max(...late))}`,
    median(late),
    16,
  );
}

/** Memory and time of all processes while nothing happens. */
async function measureIdle(browser: Browser): Promise<void> {
  await browser
    .contexts()[0]
    ?.pages()[0]
    ?.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3000)));
  const pids = processTree(child?.pid ?? 0);
  const before = cpuSeconds(pids);
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
  const used = ((cpuSeconds(pids) - before) / idleSeconds) * 100;
  const megabytes = megabytesOf(pids);
  report(
    `idle, ${pids.length} processes, shared memory counted once`,
    `${round(megabytes)} MB, bare window ${round(bareMegabytes)} MB`,
    megabytes,
    250,
  );
  report('idle, processor', `${round(used)} %`, used, 1);
}

function processTree(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readOrNull(`/proc/${name}/stat`);
      const parent = stat === null ? NaN : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ pid: Number(name), parent }];
    });
  const of = (one: number): readonly number[] => [
    one,
    ...parents.filter(({ parent }) => parent === one).flatMap(({ pid: each }) => of(each)),
  ];
  return of(pid);
}

function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const stat = readOrNull(`/proc/${pid}/stat`);
    const fields = stat === null ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  }, 0);
}

function megabytesOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + proportionalKilobytes(pid), 0) / 1024;
}

function proportionalKilobytes(pid: number): number {
  const text = readOrNull(`/proc/${pid}/smaps_rollup`);
  return Number(/^Pss:\s+(\d+)/m.exec(text ?? '')?.[1] ?? 0);
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
