import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createVerifyWorker } from '../../../electron/adapters/gpg/verify-worker.ts';
import { createVerifierHere, type Verifier } from '../../../electron/adapters/gpg/verifier.ts';
import { splitSignedDocument } from '../../../electron/core/trust/signature-block.ts';
import { signatureVector as vector } from '../../helpers/signature-vector.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { failure } from '../../helpers/failure.ts';

const env = { PATH: process.env['PATH'] ?? '' };

/** The worker as it is in the sources, loaded the way tests load everything. */
function createWorker(before = ''): Verifier {
  const path = join(tempDir(), 'worker.mjs');
  const source = new URL('../../../electron/workers/verify.ts', import.meta.url).href;
  const loader = import.meta.resolve('tsx/esm/api');
  writeFileSync(
    path,
    `import { register } from ${JSON.stringify(loader)};\nregister();\n${before}\nawait import(${JSON.stringify(source)});\n`,
  );
  const worker = createVerifyWorker(path, env);
  onTestFinished(() => worker.close());
  return worker;
}

describe('the verifying worker', () => {
  const { data, signature } = splitSignedDocument(vector.bytes, vector.url);
  const request = { name: vector.url, data, signature, keys: [vector.key] };

  it('finds what this thread would find, problems too', async () => {
    const worker = createWorker();
    const here = createVerifierHere(env);
    expect(await worker.verify(request)).toEqual(await here.verify(request));
    expect(await worker.verify({ ...request, keys: [] })).toMatchObject([{ status: 'unknown-key' }]);
    const noSignature = { ...request, signature: new Uint8Array([1]) };
    await expect(worker.verify(noSignature)).rejects.toThrow(failure('bad-signature-block'));
    await expect(here.verify(noSignature)).rejects.toThrow(failure('bad-signature-block'));
    for (const verifier of [worker, here]) {
      await verifier.check({ kind: 'feed', url: vector.url, bytes: vector.bytes });
      await expect(verifier.check({ kind: 'feed', url: 'http://example.com/', bytes: vector.bytes })).rejects.toThrow(
        failure('feed-wrong-url'),
      );
      await expect(verifier.check({ kind: 'catalog', url: vector.url, bytes: vector.bytes })).rejects.toThrow(
        failure('bad-feed'),
      );
    }
  });

  it('answers several at once, each its own', async () => {
    const worker = createWorker();
    const results = await Promise.all([
      worker.verify(request),
      worker.verify({ ...request, keys: [] }),
      worker.verify(request),
    ]);
    expect(results.map(([facts]) => facts?.status)).toEqual(['good', 'unknown-key', 'good']);
  });

  it('need not be waited for', async () => {
    const worker = createWorker();
    const controller = new AbortController();
    const done = worker.verify({ ...request, signal: controller.signal });
    controller.abort();
    await expect(done).rejects.toThrow(failure('cancelled'));
    await expect(worker.verify({ ...request, signal: AbortSignal.abort() })).rejects.toThrow(failure('cancelled'));
    expect(await worker.verify(request)).toHaveLength(1);
  });

  it('is started again after it has died', async () => {
    const path = join(tempDir(), 'died');
    const once = `import { existsSync, writeFileSync } from 'node:fs';
if (!existsSync(${JSON.stringify(path)})) { writeFileSync(${JSON.stringify(path)}, ''); throw new Error('out of luck'); }`;
    const worker = createWorker(once);
    await expect(worker.verify(request)).rejects.toThrow('out of luck');
    expect(await worker.verify(request)).toHaveLength(1);
  });
});
