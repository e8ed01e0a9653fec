import { describe, expect, it } from 'vitest';
import { isPassing, tryRepeatedly } from '../../../../../electron/adapters/http/tries.ts';
import { AppError } from '../../../../../shared/errors/app-error.ts';

const limits = { triesInAll: 10, backOffMs: 1, maxBackOffMs: 2 };
const cut = () => new AppError('download-cut-off', { url: 'u', receivedBytes: 1, expectedBytes: 2 });

/** Fails as often as there are numbers; each says how far it came. */
async function tryOut(progress: readonly number[], error: () => Error = cut, signal = new AbortController().signal) {
  let count = 0;
  const result = tryRepeatedly(
    {
      limits,
      tries: 3,
      signal,
      progress: () => progress[count - 1] ?? 0,
      explain: (problem) => problem,
    },
    () => {
      count += 1;
      return count > progress.length ? Promise.resolve('done') : Promise.reject(error());
    },
  );
  return { outcome: await result.catch((problem: unknown) => problem), count };
}

describe('tries', () => {
  it('end with success', async () => {
    expect(await tryOut([0, 0])).toEqual({ outcome: 'done', count: 3 });
  });

  it('end after some that brought nothing', async () => {
    expect(await tryOut([0, 0, 0, 0])).toMatchObject({ outcome: { code: 'download-cut-off' }, count: 3 });
  });

  it('go on while each brings something, but not for ever', async () => {
    expect(await tryOut([1, 2, 3, 4, 5, 6])).toEqual({ outcome: 'done', count: 7 });
    const endless = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(await tryOut(endless)).toMatchObject({ outcome: { code: 'download-cut-off' }, count: 10 });
  });

  it('are not made for what stays as it is', async () => {
    expect(await tryOut([0], () => new AppError('host-unknown', { host: 'x' }))).toMatchObject({ count: 1 });
    expect(await tryOut([0], () => new Error('a bug'))).toMatchObject({ count: 1 });
  });

  it('end at once when nobody wants them any more', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await tryOut([0, 0], cut, controller.signal)).toMatchObject({ count: 1 });
  });
});

describe('what may be gone a moment later', () => {
  const unreachable = (code: string): AppError =>
    new AppError(
      'network-unreachable',
      { host: 'h', reason: 'r' },
      { cause: Object.assign(new Error(code), { code }) },
    );

  it.each([503, 429, 500, 504])('status %s', (status) => {
    expect(isPassing(new AppError('http-status', { url: 'u', status }))).toBe(true);
  });
  it.each([404, 403, 410, 501, 206])('not status %s', (status) => {
    expect(isPassing(new AppError('http-status', { url: 'u', status }))).toBe(false);
  });
  it.each(['ECONNRESET', 'ECONNREFUSED', 'EAI_AGAIN', 'UND_ERR_SOCKET'])('%s', (code) => {
    expect(isPassing(unreachable(code))).toBe(true);
  });
  it.each(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'HPE_INVALID_CONSTANT', 'UND_ERR_ABORTED'])(
    'not %s',
    (code) => {
      expect(isPassing(unreachable(code))).toBe(false);
    },
  );
});
