import * as fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { localFiles } from '../../electron/adapters/local-files.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createStores, type Stores } from '../../electron/adapters/store/stores.ts';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import { parseFeed } from '../../electron/core/feed/parse-feed.ts';
import type { HttpPort } from '../../electron/core/ports/http.ts';
import type { UnpackLimits } from '../../electron/core/ports/store.ts';
import { createFetchService } from '../../electron/services/fetch-service.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { createMemoryLog } from './memory-log.ts';
import { describeTree } from './tree.ts';

/** One archive conformance case. */
export interface ArchiveCase {
  readonly id: string;
  readonly title: string;
  readonly kind: 'valid' | 'quirk' | 'error' | 'hostile';
  readonly command: 'digest' | 'download';
  readonly archive?: string;
  readonly extract?: string;
  readonly feed?: string;
  readonly transport?: 'local' | 'http';
  readonly expected: {
    readonly result: 'ok' | 'reject' | 'either' | 'ok-without-bits' | 'limit';
    readonly digests?: Readonly<Record<string, string>>;
  };
}

/** What happened to a case: digests by algorithm or an error, and what adding it to a store gave. */
export interface CaseOutcome {
  readonly id: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly digestError: string | null;
  /** `stored`, or the code of the error; for `wrong-digest` what there was instead. */
  readonly added: string;
  readonly actual: string | null;
  /** Whether what was stored passes verification. */
  readonly verified: boolean;
  /** Anything that should not be: changed victims, things left over, wrong modes. */
  readonly sideEffects: readonly string[];
}

export const archiveFolder = path.join(import.meta.dirname, '../fixtures/conformance/archives');
export const archiveCases: readonly ArchiveCase[] = fs
  .readdirSync(archiveFolder, { withFileTypes: true })
  .filter((item) => item.isDirectory())
  .map((item) => JSON.parse(fs.readFileSync(path.join(archiveFolder, item.name, 'case.json'), 'utf8')) as ArchiveCase);

/** Nobody has a tree with this digest. */
export const noDigest = `sha256new_${'A'.repeat(52)}`;

/** The type of a case's archive, or `?`. */
export function typeOfCase(example: ArchiveCase): string {
  return guessMimeType(example.archive ?? 'x.tar.gz') ?? 'application/x-unknown';
}

/** Runs a case in an empty directory with victims beside and above the place of unpacking. */
export async function runArchiveCase(example: ArchiveCase, base: string): Promise<CaseOutcome> {
  const portable = path.join(base, 'outer/portable');
  const stores = createStores({ paths: createPaths({ ZEROINSTALL_PORTABLE_BASE: portable }) });
  const store = path.join(portable, 'cache/implementations');
  fs.mkdirSync(store, { recursive: true });
  for (const directory of [store, path.join(portable, 'cache'), portable, path.join(base, 'outer'), base]) {
    fs.mkdirSync(path.join(directory, 'victim'));
    fs.writeFileSync(path.join(directory, 'victim/precious'), 'precious\n');
  }
  const before = describeTree(base);
  const outcome = example.command === 'digest' ? await runDigest(example, stores) : await runDownload(example, stores);
  const stored = fs.readdirSync(store).filter((name) => name.startsWith('sha'));
  const after = describeTree(base).filter((line) => !stored.some((name) => line.includes(`implementations/${name}`)));
  const sideEffects = after.filter((line) => !before.includes(line)).map((line) => `new: ${line}`);
  sideEffects.push(...before.filter((line) => !after.includes(line)).map((line) => `lost: ${line}`));
  if (fs.existsSync('/nonexistent-top')) sideEffects.push('/nonexistent-top');
  let verified = stored.length > 0;
  for (const name of stored) {
    const place = path.join(store, name);
    verified = verified && (await stores.verify(place)).isOk;
    sideEffects.push(...wrongModes(place));
  }
  return { id: example.id, ...outcome, verified, sideEffects };
}

type Attempt = Pick<CaseOutcome, 'digests' | 'digestError' | 'added' | 'actual'>;

async function runDigest(example: ArchiveCase, stores: Stores): Promise<Attempt> {
  const file = path.join(archiveFolder, example.id, example.archive!);
  const mimeType = typeOfCase(example);
  const extract = example.extract ?? null;
  const digests: Record<string, string> = {};
  let digestError: string | null = null;
  for (const algorithm of ['sha1', 'sha1new', 'sha256', 'sha256new']) {
    try {
      digests[algorithm] = (await stores.digestArchive({ file, mimeType, extract, algorithm })).digest;
    } catch (error) {
      digestError = codeOf(error);
    }
  }
  const step = {
    type: 'archive',
    file,
    name: example.archive!,
    mimeType,
    extract,
    dest: null,
    startOffset: 0,
  } as const;
  const wanted = example.expected.digests?.['sha256new'] ?? noDigest;
  const limits: Partial<UnpackLimits> = example.expected.result === 'limit' ? { ratio: 100, ratioFromBytes: 1e6 } : {};
  try {
    await stores.add({ digests: [wanted], steps: [step], limits });
    return { digests, digestError, added: 'stored', actual: wanted };
  } catch (error) {
    return { digests, digestError, added: codeOf(error), actual: actualOf(error) };
  }
}

async function runDownload(example: ArchiveCase, stores: Stores): Promise<Attempt> {
  const folder = path.join(archiveFolder, example.id);
  const server = http.createServer((request, response) => {
    const file = path.join(folder, path.basename(request.url ?? ''));
    if (!fs.existsSync(file)) response.writeHead(404).end();
    else response.end(fs.readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const name = path.join(folder, 'feed.xml');
    const text = fs
      .readFileSync(name, 'utf8')
      .replaceAll('${BASE}', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      .replace('sha256new="X"', `sha256new="${noDigest.slice(10)}"`);
    const implementation = parseFeed(text, { name, isLocal: true }).implementations[0]!;
    const fetcher = createFetchService({
      http: {
        download: downloadTo(path.dirname(stores.directories()[0]!.path)),
        keptBytes: () => Promise.resolve(0),
      },
      store: stores,
      solver: { find: async () => null },
      files: localFiles,
      log: createMemoryLog(),
      mirror: null,
    });
    await fetcher.fetch(
      [
        {
          key: '1',
          interface: name,
          name: example.id,
          implementation: {
            id: implementation.id,
            fromFeed: name,
            version: implementation.versionText,
            released: null,
            stability: 'stable',
            userRating: null,
            arch: null,
            langs: null,
            availability: { kind: 'none' },
            digests: implementation.digests.map((digest) => digest.directory),
            retrievalMethods: implementation.retrievalMethods,
          },
        },
      ],
      { signal: new AbortController().signal, isOffline: false },
    );
    return { digests: {}, digestError: null, added: 'stored', actual: null };
  } catch (error) {
    const reason = isAppError(error, 'fetch-failed') ? error.cause : error;
    return { digests: {}, digestError: null, added: codeOf(reason), actual: actualOf(reason) };
  } finally {
    server.close();
  }
}

/** A download of the simplest kind, which checks the size. */
function downloadTo(folder: string): HttpPort['download'] {
  return async (url, { sizeBytes }) => {
    if (!/^https?:/.test(url)) throw new AppError('bad-url', { url, reason: 'not http' });
    const response = await fetch(url);
    if (!response.ok) throw new AppError('http-status', { url, status: response.status });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (sizeBytes !== null && bytes.length !== sizeBytes) {
      throw new AppError('wrong-size', { url, expectedBytes: sizeBytes, actualBytes: bytes.length });
    }
    const file = path.join(folder, `download-${path.basename(url)}`);
    fs.writeFileSync(file, bytes);
    return { path: file, networkBytes: bytes.length, discard: async () => fs.rmSync(file), keep: async () => {} };
  };
}

/** Modes that nothing in a store may have. */
function wrongModes(root: string): readonly string[] {
  const wrong: string[] = [];
  const walk = (place: string): void => {
    const stat = fs.lstatSync(place);
    if (stat.isSymbolicLink()) return;
    const mode = stat.mode & 0o7777;
    const isRight = stat.isDirectory() ? mode === 0o555 : mode === 0o444 || mode === 0o555;
    if (!isRight) wrong.push(`mode ${mode.toString(8)}: ${place}`);
    if (stat.isDirectory()) for (const name of fs.readdirSync(place)) walk(path.join(place, name));
  };
  walk(root);
  return wrong;
}

function codeOf(error: unknown): string {
  return isAppError(error) ? error.code : `bug: ${String(error instanceof Error ? error.stack : error)}`;
}

function actualOf(error: unknown): string | null {
  return isAppError(error, 'wrong-digest') ? error.params.actual : null;
}
