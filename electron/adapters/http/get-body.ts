import { AppError } from '../../../shared/errors/app-error.ts';
import type { GetOptions, HttpBody } from '../../core/ports/http.ts';
import { redactUrl } from '../../core/trust/url.ts';
import type { CallTools } from './call.ts';
import { asCutOff, contentLength, cutOffError } from './cut-off.ts';
import type { Transfer } from './transfer.ts';
import { conditionHeaders, validatorsOf } from './validators.ts';

type BodyOptions = Pick<GetOptions, 'limitBytes' | 'unlessSame'>;

/**
 * Reads a small body into memory, in one go.
 *
 * @throws AppError `http-status`, `bad-answer`, `download-too-large`, `download-cut-off`, failures of the network
 */
export async function getBody(
  url: string,
  { limitBytes, unlessSame }: BodyOptions,
  tools: CallTools,
): Promise<HttpBody> {
  const transfer = await tools.open(unlessSame === undefined ? {} : conditionHeaders(unlessSame));
  try {
    const about = {
      url: transfer.url.href,
      contentType: transfer.headers.get('content-type') ?? null,
      validators: validatorsOf(transfer),
    };
    if (transfer.status === 304 && unlessSame !== undefined) return { ...about, bytes: new Uint8Array(), isSame: true };
    if (transfer.status !== 200) throw new AppError('http-status', { url: redactUrl(url), status: transfer.status });
    const encoding = transfer.headers.get('content-encoding') ?? 'identity';
    if (encoding.toLowerCase() !== 'identity')
      throw new AppError('bad-answer', { url: redactUrl(url), reason: 'it is compressed, which was not asked for' });
    return { ...about, bytes: await readAll(transfer, { url, limitBytes }, tools), isSame: false };
  } finally {
    transfer.close();
  }
}

async function readAll(
  transfer: Transfer,
  { url, limitBytes }: { readonly url: string; readonly limitBytes: number },
  { onBytes, explain }: CallTools,
): Promise<Uint8Array> {
  const total = contentLength(transfer);
  const tooLarge = (): AppError => new AppError('download-too-large', { url: redactUrl(url), limitBytes });
  if (total !== null && total > limitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let received = 0;
  onBytes(0, total);
  try {
    for await (const chunk of transfer.body) {
      received += chunk.length;
      if (received > limitBytes) throw tooLarge();
      chunks.push(chunk);
      onBytes(received, total);
    }
  } catch (error) {
    throw total === null ? error : asCutOff(explain(error), { url, received, expected: total });
  }
  if (total !== null && received < total) throw cutOffError({ url, received, expected: total });
  return new Uint8Array(Buffer.concat(chunks));
}
