import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { AddRequest } from '../../../../electron/core/ports/store.ts';
import type { DownloadOptions } from '../../../../electron/core/ports/http.ts';
import type { RetrievalMethod } from '../../../../electron/core/feed/model.ts';
import type { Availability, ChosenImplementation, TreeRow } from '../../../../electron/core/select/model.ts';
import type { FetchItem } from '../../../../electron/services/fetch-attempt.ts';
import { createFetchService, toFetchItems } from '../../../../electron/services/fetch-service.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

const archive = {
  type: 'archive',
  href: 'https://example.com/a.tgz',
  sizeBytes: 10,
  extract: null,
  dest: null,
  mimeType: null,
  startOffset: 0,
} as const;

function item(
  key: string,
  retrievalMethods: readonly RetrievalMethod[] = [archive],
  fromFeed = 'https://example.com/a.xml',
): FetchItem {
  const implementation: ChosenImplementation = {
    id: key,
    fromFeed,
    version: '1',
    released: null,
    stability: 'stable',
    userRating: null,
    arch: null,
    langs: null,
    availability: { kind: 'download', sizeBytes: 10 },
    digests: [`sha256new_${key}`],
    retrievalMethods,
  };
  return { key, interface: fromFeed, name: key, implementation };
}

function setup(
  answers: Record<string, (options: DownloadOptions) => Promise<void>> = {},
  beforeAdding: () => Promise<void> = () => Promise.resolve(),
  mirror: string | null = null,
) {
  /** What earlier attempts left. */
  const partial: Record<string, number> = {};
  const added: AddRequest[] = [];
  const discarded: string[] = [];
  const kept: string[] = [];
  const stored = new Set<string>();
  const service = createFetchService({
    http: {
      keptBytes: (url) => Promise.resolve(partial[url] ?? 0),
      download: async (url, options) => {
        await answers[url]?.(options);
        return {
          path: `/dl/${url}`,
          networkBytes: options.sizeBytes ?? 0,
          discard: () => {
            discarded.push(url);
            return Promise.resolve();
          },
          keep: () => {
            kept.push(url);
            return Promise.resolve();
          },
        };
      },
    },
    store: {
      checkArchive: () => Promise.resolve(),
      add: async (request) => {
        await beforeAdding();
        added.push(request);
        for (const name of request.digests) stored.add(name);
        return { path: '/store', store: 'user' };
      },
      lookup: (names) =>
        Promise.resolve(names.some((name) => stored.has(name)) ? { path: '/store', store: 'user' } : null),
    },
    solver: { find: () => Promise.resolve(null) },
    files: { size: (path) => Promise.resolve(path === '/feeds/local.tar' ? 10 : null), exists: () => true },
    log: createMemoryLog(),
    mirror,
  });
  return { service, added, discarded, kept, partial };
}

const options = { signal: new AbortController().signal, isOffline: false };

describe('fetch service', () => {
  it('downloads, hands to the store, and lets the download go', async () => {
    const { service, added, discarded } = setup();
    expect(await service.fetch([item('a')], options)).toBe(10);
    expect(added).toMatchObject([
      {
        digests: ['sha256new_a'],
        steps: [{ type: 'archive', mimeType: 'application/x-compressed-tar', name: 'a.tgz' }],
      },
    ]);
    expect(discarded).toEqual(['https://example.com/a.tgz']);
  });

  it('keeps the download when there was no room for its contents, and nothing else', async () => {
    const setUp = (code: 'disk-full' | 'archive-damaged') => {
      const error = code === 'disk-full' ? { path: '/store' } : { name: 'a.tgz', reason: 'x' };
      return setup({}, () => Promise.reject(new AppError(code, error as never)));
    };
    const full = setUp('disk-full');
    await expect(full.service.fetch([item('a')], options)).rejects.toMatchObject({ code: 'fetch-failed' });
    expect([full.kept, full.discarded]).toEqual([[archive.href], []]);
    const damaged = setUp('archive-damaged');
    await expect(damaged.service.fetch([item('a')], options)).rejects.toMatchObject({ code: 'fetch-failed' });
    expect([damaged.kept, damaged.discarded]).toEqual([[], [archive.href]]);
  });

  it('fetches again what replaces a damaged copy, although that is there', async () => {
    const { service, added } = setup();
    await service.fetch([item('a')], options);
    await service.fetch([{ ...item('a'), replaces: '/store/a' }], options);
    expect(added.map(({ replaces }) => replaces)).toEqual([undefined, '/store/a']);
  });

  it('takes the first method it understands', async () => {
    const { service, added } = setup();
    const other = { ...archive, href: 'https://example.com/b.zip' };
    await service.fetch([item('a', [{ type: 'unusable', reason: 'unknown step', isFatal: false }, other])], options);
    expect(added[0]?.steps).toMatchObject([{ mimeType: 'application/zip' }]);
  });

  it('says when there is no way to get it', async () => {
    const { service } = setup();
    await expect(service.fetch([item('a', [])], options)).rejects.toMatchObject({
      code: 'fetch-failed',
      cause: { code: 'no-retrieval-method' },
    });
  });

  it('refuses the network when off-line, but not a file beside a local feed', async () => {
    const { service, added } = setup();
    const offline = { ...options, isOffline: true };
    await expect(service.fetch([item('a')], offline)).rejects.toMatchObject({ cause: { code: 'network-offline' } });
    await service.fetch([item('b', [{ ...archive, href: 'local.tar' }], '/feeds/local.xml')], offline);
    expect(added[0]?.steps).toMatchObject([{ file: '/feeds/local.tar' }]);
  });

  it('checks the size of a local archive', async () => {
    const { service } = setup();
    const method = { ...archive, href: 'local.tar', sizeBytes: 11 };
    await expect(service.fetch([item('b', [method], '/feeds/local.xml')], options)).rejects.toMatchObject({
      cause: { code: 'wrong-size', params: { expectedBytes: 11, actualBytes: 10 } },
    });
  });

  it('refuses relative addresses in remote feeds', async () => {
    const { service } = setup();
    await expect(service.fetch([item('a', [{ ...archive, href: 'local.tar' }])], options)).rejects.toMatchObject({
      cause: { code: 'bad-feed' },
    });
  });

  it('finishes the others before it reports a failure', async () => {
    const bad = { ...archive, href: 'https://example.com/bad.tgz' };
    const { service, added } = setup({
      [bad.href]: () => Promise.reject(new AppError('http-status', { url: bad.href, status: 404 })),
    });
    await expect(service.fetch([item('bad', [bad]), item('good')], options)).rejects.toMatchObject({
      params: { name: 'bad' },
      cause: { code: 'http-status' },
    });
    expect(added.map(({ digests }) => digests[0])).toEqual(['sha256new_good']);
  });

  it('keeps the finished parts of a recipe for the next attempt when one of them cannot be had', async () => {
    const bad = { ...archive, href: 'https://example.com/bad.tgz' };
    const { service, kept, added } = setup({
      [bad.href]: () => Promise.reject(new AppError('host-unknown', { host: 'x' })),
    });
    await expect(
      service.fetch([item('r', [{ type: 'recipe', steps: [archive, bad] }])], options),
    ).rejects.toMatchObject({ cause: { code: 'host-unknown' } });
    expect(kept).toEqual([archive.href]);
    expect(added).toEqual([]);
  });

  it('fetches once what two programs need at the same time', async () => {
    const { service, added } = setup();
    const bytes = await Promise.all([service.fetch([item('a')], options), service.fetch([item('a')], options)]);
    expect(bytes).toEqual([10, 0]);
    expect(added).toHaveLength(1);
  });

  it('tries a resumed download once more from the beginning when its content is wrong', async () => {
    const tries: number[] = [];
    const bytes = [4, 10, 10];
    const service = createFetchService({
      http: {
        keptBytes: () => Promise.resolve(0),
        download: (url) =>
          Promise.resolve({
            path: url,
            networkBytes: bytes.shift() ?? 0,
            discard: () => Promise.resolve(),
            keep: () => Promise.resolve(),
          }),
      },
      store: {
        checkArchive: () => Promise.resolve(),
        add: () => {
          tries.push(tries.length);
          return Promise.reject(new AppError('wrong-digest', { expected: 'a', actual: 'b' }));
        },
        lookup: () => Promise.resolve(null),
      },
      solver: { find: () => Promise.resolve(null) },
      files: { size: () => Promise.resolve(null), exists: () => true },
      log: createMemoryLog(),
      mirror: null,
    });
    await expect(service.fetch([item('a')], options)).rejects.toMatchObject({ cause: { code: 'wrong-digest' } });
    expect(tries).toHaveLength(2);
    await expect(service.fetch([item('a')], options)).rejects.toMatchObject({ cause: { code: 'wrong-digest' } });
    expect(tries).toHaveLength(3);
  });

  describe('when an address cannot be had', () => {
    const unreachable = () => Promise.reject(new AppError('host-unknown', { host: 'x' }));
    const other = { ...archive, href: 'https://other.example.com/b.zip' };
    const mirror = 'https://mirror.example.com/m';
    const mirrored = `${mirror}/archive/${encodeURIComponent(archive.href.replaceAll('/', '#'))}`;
    const whole = `${mirror}/feeds/https/example.com/a.xml/impl/a`;
    const asked = (added: readonly AddRequest[]) =>
      added.map(({ steps }) => steps.map((step) => 'file' in step && step.file));

    it('tries the other methods in order, and then no mirror', async () => {
      const { service, added } = setup({ [archive.href]: unreachable }, undefined, mirror);
      await service.fetch([item('a', [archive, other])], options);
      expect(asked(added)).toEqual([[`/dl/${other.href}`]]);
    });

    it('does not try them for what is wrong with the file', async () => {
      let count = 0;
      const wrong = () => Promise.reject(new AppError('wrong-digest', { expected: 'a', actual: String((count += 1)) }));
      const { service } = setup({}, wrong, mirror);
      await expect(service.fetch([item('a', [archive, other])], options)).rejects.toMatchObject({
        cause: { code: 'wrong-digest' },
      });
      expect(count).toBe(1);
    });

    it('takes the copy of the mirror, with its start offset, for what failed only', async () => {
      const fine = { ...archive, href: 'https://fine.example.com/c.zip' };
      const bad = { ...archive, startOffset: 7 };
      const { service, added } = setup({ [archive.href]: unreachable }, undefined, mirror);
      await service.fetch([item('a', [{ type: 'recipe', steps: [fine, bad] }])], options);
      expect(added[0]?.steps).toMatchObject([
        { file: `/dl/${fine.href}` },
        { file: `/dl/${mirrored}`, startOffset: 7, name: 'a.tgz', mimeType: 'application/x-compressed-tar' },
      ]);
    });

    it('takes the whole implementation from the mirror at last', async () => {
      const sizes: unknown[] = [];
      const { service, added } = setup(
        {
          [archive.href]: unreachable,
          [mirrored]: unreachable,
          [whole]: ({ sizeBytes }) => Promise.resolve(void sizes.push(sizeBytes)),
        },
        undefined,
        mirror,
      );
      await service.fetch([item('a')], options);
      expect(asked(added)).toEqual([[`/dl/${whole}`]]);
      expect(sizes).toEqual([null]);
    });

    it('tells of the first failure when nothing helps', async () => {
      const late = () => Promise.reject(new AppError('http-status', { url: 'mirror', status: 404 }));
      const { service, added } = setup(
        { [archive.href]: unreachable, [mirrored]: late, [whole]: late },
        undefined,
        mirror,
      );
      await expect(service.fetch([item('a')], options)).rejects.toMatchObject({ cause: { code: 'host-unknown' } });
      expect(added).toEqual([]);
    });

    it('asks no mirror off-line, for a file, for a private host, or for the implementation of a local feed', async () => {
      const log: string[] = [];
      const note = (url: string) => (): Promise<void> => {
        log.push(url);
        return unreachable();
      };
      const file = {
        type: 'file',
        href: 'https://example.com/x',
        sizeBytes: 10,
        dest: 'x',
        executable: false,
      } as const;
      const inside = { ...archive, href: 'http://192.168.1.2/a.tgz' };
      for (const method of [file, inside]) {
        const { service } = setup({ [method.href]: note(method.href) }, undefined, mirror);
        await expect(service.fetch([item('a', [method], '/feeds/local.xml')], options)).rejects.toMatchObject({
          cause: { code: 'host-unknown' },
        });
      }
      const { service } = setup({}, undefined, mirror);
      await expect(service.fetch([item('a')], { ...options, isOffline: true })).rejects.toMatchObject({
        cause: { code: 'network-offline' },
      });
      expect(log).toEqual([file.href, inside.href]);
    });
  });

  it('ends as cancelled when it is cancelled', async () => {
    const abort = new AbortController();
    const { service } = setup({
      [archive.href]: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new AppError('cancelled', {}));
          });
          abort.abort();
        }),
    });
    await expect(service.fetch([item('a')], { signal: abort.signal, isOffline: false })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('what earlier attempts left', () => {
  const other = { ...archive, href: 'https://example.com/b.tgz', sizeBytes: 90, startOffset: 5 } as const;

  it('is summed over all that is wanted, what is stored counting whole', async () => {
    const { service, partial } = setup();
    await service.fetch([item('a')], options);
    partial[other.href] = 30;
    expect(await service.kept([item('a'), item('b', [other])])).toEqual({ bytes: 40, totalBytes: 100 });
  });

  it('is nothing when nothing is there, or when nobody says how much there is', async () => {
    const { service, partial } = setup();
    expect(await service.kept([item('b', [other])])).toBeNull();
    partial[other.href] = 30;
    expect(
      await service.kept([item('b', [other]), item('c', [{ type: 'unusable', reason: 'x' } as never])]),
    ).toBeNull();
  });

  it('is never more than there is', async () => {
    const { service, partial } = setup();
    partial[other.href] = 95;
    expect(await service.kept([item('b', [other])])).toEqual({ bytes: 90, totalBytes: 90 });
  });
});

describe('what must be fetched', () => {
  const row = (id: string, availability: Availability): TreeRow => ({
    role: { interface: id, isSource: false },
    depth: 0,
    name: id,
    summary: '',
    problem: [],
    implementation: { ...item(id).implementation, id, availability },
  });

  it('are the rows that no store has', () => {
    const rows = [row('a', { kind: 'package' }), row('b', { kind: 'download', sizeBytes: 1 })];
    expect(toFetchItems(rows).map(({ key }) => key)).toEqual(['b']);
  });

  it('are no packages of the system: the person is told to install them', () => {
    const install = { kind: 'install', sizeBytes: null } as const;
    const rows = [row('package:deb:git:2.39-1:x86_64', install), row('package:deb:libc6:i386:2.36:i386', install)];
    expect(() => toFetchItems(rows)).toThrow(
      expect.objectContaining({ code: 'packages-not-installed', params: { packages: 'git, libc6:i386' } }) as Error,
    );
  });
});
