import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSignatures } from '../../../../../electron/core/trust/packets.ts';
import {
  joinSignedDocument,
  splitSignedDocument,
  type SignedDocument,
} from '../../../../../electron/core/trust/signature-block.ts';
import { isAppError } from '../../../../../shared/errors/app-error.ts';
import { signatureVector as vector } from '../../../../helpers/signature-vector.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const split = (text: string): SignedDocument => splitSignedDocument(new TextEncoder().encode(text), vector.url);

function codeOf(text: string): string {
  try {
    split(text);
    return 'ok';
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
}

describe('the example of the format', () => {
  it('splits into the signed bytes and the signature', () => {
    expect(sha256(vector.bytes)).toBe('0c15db2b00c8245f778e9a796fb0db50361b2a743992806708a6323ac02045da');
    const { data, signature } = splitSignedDocument(vector.bytes, vector.url);
    expect(data).toHaveLength(vector.signedBytes);
    expect(sha256(data)).toBe('76625f44de3113adafa8ad8340ae2f3074c590c3c2994200984753522e95d831');
    expect(signature).toHaveLength(119);
    expect(readSignatures(signature)).toMatchObject([
      { version: 4, keyId: vector.keyId, fingerprint: vector.fingerprint },
    ]);
  });

  it('is what joining its parts gives', () => {
    const { data, signature } = splitSignedDocument(vector.bytes, vector.url);
    const joined = new TextDecoder().decode(joinSignedDocument(data, signature));
    expect(split(joined)).toEqual({ data, signature });
    expect(joined.split('\n').every((line) => line.length <= 120)).toBe(true);
    expect(joined.endsWith('=\n-->\n')).toBe(true);
  });
});

describe('variations of the example', () => {
  const start = '<!-- Base64 Signature';
  const original = split(vector.text);

  it.each([
    ['no line feed at the end', vector.text.slice(0, -1)],
    ['two more line feeds at the end', `${vector.text}\n\n`],
    ['blanks at the end', `${vector.text} \t \r\n`],
    [
      'CRLF after each Base64 line',
      vector.text.replace(
        /(Signature\n)([\s\S]*)(-->)/,
        (_, a, b: string, c) => `${String(a)}${b.replaceAll('\n', '\r\n')}${String(c)}`,
      ),
    ],
    ['a blank at the end of the last Base64 line', vector.text.replace('wc=\n', 'wc= \n')],
    ['no padding', vector.text.replace('wc=\n', 'wc\n')],
    ['more padding than needed', vector.text.replace('wc=\n', 'wc== =\n')],
    [
      'one long line',
      vector.text.replace(/Signature\n([\s\S]*)\n-->/, (_, b: string) => `Signature\n${b.replaceAll('\n', '')}\n-->`),
    ],
    ['a leading empty line', vector.text.replace(`${start}\n`, `${start}\n\n`)],
  ])('reads the same with %s', (_name, text) => {
    expect(text).not.toBe(vector.text);
    expect(split(text)).toEqual(original);
  });

  it.each([
    ['a blank at the end of the start line', vector.text.replace(start, `${start} `), 'feed-unsigned'],
    ['text before the start line', vector.text.replace(start, ` ${start}`), 'feed-unsigned'],
    ['another spelling', vector.text.replace(start, '<!-- base64 signature'), 'feed-unsigned'],
    ['no line feed before the block', vector.text.replace(`\n${start}`, start), 'feed-unsigned'],
    ['every line feed changed to CRLF', vector.text.replaceAll('\n', '\r\n'), 'feed-unsigned'],
    ['no block', vector.text.slice(0, vector.signedBytes), 'feed-unsigned'],
    ['a blank at the end of the first Base64 line', vector.text.replace('\nt61', ' \nt61'), 'bad-signature-block'],
    ['a blank inside a Base64 line', vector.text.replace('GaSW', 'GaS W'), 'bad-signature-block'],
    ['a comment at the end', `${vector.text}<!-- x -->\n`, 'bad-signature-block'],
    ['text at the end', `${vector.text}x`, 'bad-signature-block'],
    ['an armour checksum', vector.text.replace('\n-->', '\n=abcd\n-->'), 'bad-signature-block'],
    ['no digits', `${vector.text.slice(0, vector.signedBytes)}${start}\n\n-->\n`, 'bad-signature-block'],
    ['nothing between the lines', `${vector.text.slice(0, vector.signedBytes)}${start}\n-->\n`, 'bad-signature-block'],
    ['the end missing', vector.text.slice(0, -5), 'bad-signature-block'],
    ['a single digit left over', vector.text.replace('wc=', '='), 'bad-signature-block'],
    [
      'an endless block',
      `${vector.text.slice(0, vector.signedBytes)}${start}\n${'A'.repeat(70_000)}\n-->\n`,
      'bad-signature-block',
    ],
    ['a byte order mark', `\ufeff${vector.text}`, 'feed-not-a-feed'],
    ['an empty line first', `\n${vector.text}`, 'feed-not-a-feed'],
    ['an HTML page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>', 'feed-not-a-feed'],
    ['nothing', '', 'feed-not-a-feed'],
  ])('with %s', (_name, text, code) => {
    expect(text).not.toBe(vector.text);
    expect(codeOf(text)).toBe(code);
  });

  it('keeps a changed line end before the block in the signed bytes', () => {
    const { data, signature } = split(vector.text.replace(`\n${start}`, `\r\n${start}`));
    expect(signature).toEqual(original.signature);
    expect(data.length).toBe(original.data.length + 1);
  });

  it('takes the last of two blocks and signs the first with it', () => {
    const block = vector.text.slice(vector.signedBytes);
    const { data } = split(vector.text + block);
    expect(data.length).toBe(vector.bytes.length);
  });

  it('is not confused by the start line in the text of the feed', () => {
    const text = vector.text.replace('  <group/>', `${start}\n--><group/>`);
    expect(split(text).signature).toEqual(original.signature);
  });

  it('shows the beginning of what is no feed, without control characters', () => {
    const page = new TextEncoder().encode('<html>\r\n\t<title>Hotel \u202eWiFi\u0007</title>');
    expect(() => splitSignedDocument(page, 'https://x.org/a.xml')).toThrow(
      expect.objectContaining({ params: { feed: 'https://x.org/a.xml', start: '<html> <title>Hotel WiFi </title>' } }),
    );
  });
});
