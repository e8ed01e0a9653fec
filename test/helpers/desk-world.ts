import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import english from '../../assets/locales/en.json' with { type: 'json' };
import { feedDomain } from '../../electron/core/trust/domain.ts';
import { withTrust } from '../../electron/core/trust/trust-db.ts';
import { createDesk, type Desk } from '../../electron/desk.ts';
import type { InterfaceUri, JobId, JobSnapshot } from '../../shared/model/index.ts';
import { describeError, type ErrorText } from '../../shared/i18n/describe-error.ts';
import { createIntl } from '../../shared/i18n/translator.ts';
import { createMemoryLog } from './memory-log.ts';
import { createSigningHome } from './signing.ts';
import { tempDir } from './temp-dir.ts';
import { sampleSiteDir } from './sample-site.ts';
import { describeTree } from './tree.ts';

/** What a command gave. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Env = Readonly<Record<string, string>>;

const program = fileURLToPath(new URL('../../bin/0desk', import.meta.url));
const built = fileURLToPath(new URL('../../out/cli/0desk.js', import.meta.url));
const limitMs = 60_000;

/** Runs the built command line to its end; input is closed after the given text. */
export function runZerodesk(env: Env, args: readonly string[], input = ''): Promise<CommandResult> {
  if (!existsSync(built)) throw new Error('The command line is not built: npm run build');
  return runCommand(program, { ...env, ZERODESK_NODE: process.execPath }, args, input);
}

/** Runs any program to its end. */
export function runCommand(file: string, env: Env, args: readonly string[], input = ''): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { env, timeout: limitMs, cwd: env['HOME'] }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
    // The program may end without reading.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** A desk with a home of its own, whose store holds one directory already. */
export interface DeskWorld {
  readonly desk: Desk;
  readonly env: Env;
  /** `ZEROINSTALL_PORTABLE_BASE` */
  readonly base: string;
  /** The user's store. */
  readonly store: string;
  /** Trusts a key for the domain of a URL. */
  trust(fingerprint: string, url: string): Promise<void>;
  /** Waits for the end of a job, and answers yes to every question. */
  finish(id: JobId): Promise<JobSnapshot>;
  /** The first snapshot of a job that is as wanted, also one that has been. */
  until(id: JobId, isWanted: (snapshot: JobSnapshot) => boolean): Promise<JobSnapshot>;
  /** Everything in the store, with content. */
  storeTree(): readonly string[];
  /** Names in the folder of partial downloads. */
  partials(): readonly string[];
  /** What partial downloads have so far, together. */
  partialBytes(): number;
  /** Everything below the cache but the store and partial downloads: what no failure may leave a trace in but feeds. */
  cacheTree(): readonly string[];
}

/** Opens a desk below a new directory, closed when the running test is finished. */
export async function createDeskWorld(): Promise<DeskWorld> {
  const directory = tempDir();
  const base = path.join(directory, 'base');
  const home = path.join(directory, 'home');
  const bin = path.join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  const older = path.join(base, 'cache/implementations', `sha256new_${'A'.repeat(52)}`);
  mkdirSync(older, { recursive: true });
  writeFileSync(path.join(older, 'kept'), 'as it was');
  const world = openDeskWorld({
    // The commands of apps go into the first folder that can be written to.
    PATH: `${bin}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    HOME: home,
    GNUPGHOME: createSigningHome().home,
    LC_ALL: 'C.UTF-8',
    ZEROINSTALL_PORTABLE_BASE: base,
    // Nothing may leave this machine: what is asked by https finds nobody.
    https_proxy: 'http://127.0.0.1:9',
  });
  await world.desk.config.write({ keyInfoServer: null });
  return world;
}

/** Opens a desk on what another one has left. */
export function openDeskWorld(env: Env): DeskWorld {
  const base = env['ZEROINSTALL_PORTABLE_BASE'] ?? '';
  const cache = path.join(base, 'cache');
  const downloads = path.join(cache, 'zerodesk-downloads');
  const store = path.join(cache, 'implementations');

  const desk = createDesk({
    env,
    version: '0.0.0',
    samplesDir: sampleSiteDir,
    workersDir: null,
    log: createMemoryLog(),
  });
  onTestFinished(() => desk.close());

  const until: DeskWorld['until'] = (id, isWanted) =>
    new Promise((resolve, reject) => {
      const look = (snapshot: JobSnapshot): void => {
        if (snapshot.id !== id) return;
        if (isWanted(snapshot)) resolve(snapshot);
        else if (snapshot.finishedAt !== null) reject(new Error(`the job ended early: ${JSON.stringify(snapshot)}`));
        else return;
        stop();
      };
      const stop = desk.jobs.onChanged(look);
      look(desk.jobs.get(id));
    });

  const within = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
  return {
    desk,
    env,
    base,
    store,
    until,
    async trust(fingerprint, url) {
      await desk.trustDb.update((db) => withTrust(db, fingerprint, feedDomain(url)));
    },
    async finish(id) {
      const answer = ({ id: asked, question }: JobSnapshot): void => {
        if (asked === id && question) desk.jobs.answer(id, { trust: question.keys.map((key) => key.fingerprint) });
      };
      const stop = desk.jobs.onChanged(answer);
      answer(desk.jobs.get(id));
      await desk.jobs.ended(id);
      stop();
      return desk.jobs.get(id);
    },
    storeTree: () => describeTree(store),
    partials: () => within(downloads),
    partialBytes: () =>
      within(downloads)
        .filter((name) => name.endsWith('.part'))
        .reduce((sum, name) => sum + statSync(path.join(downloads, name)).size, 0),
    cacheTree: () =>
      within(cache)
        .filter((name) => !['implementations', 'zerodesk-downloads'].includes(name))
        .flatMap((name) => within(path.join(cache, name)).map((child) => `${name}/${child}`)),
  };
}

/** Runs a program by its URL, as a click does. */
export function runRequest(uri: string): { readonly interface: InterfaceUri; readonly refresh: boolean } {
  return { interface: uri as InterfaceUri, refresh: false };
}

/** The words of a failed job. */
export function wordsOf(job: JobSnapshot): ErrorText {
  if (!job.error) throw new Error(`the job has no error: ${JSON.stringify(job)}`);
  return describeError(createIntl('en', english), job.error);
}
