import { describe, expect, it } from 'vitest';
import { decodeXml } from '../../../../../electron/core/xml/decode.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decodeXml', () => {
  it('reads UTF-8 with and without a mark or a declaration', () => {
    expect(decodeXml(utf8('<é/>'), 's')).toBe('<é/>');
    expect(decodeXml(utf8('\ufeff<é/>'), 's')).toBe('<é/>');
    expect(decodeXml(utf8('<?xml version="1.0" encoding="UTF-8"?><é/>'), 's')).toContain('<é/>');
  });

  it('reads what is declared', () => {
    const bytes = Uint8Array.from(Buffer.from('<?xml version="1.0" encoding=\'ISO-8859-1\'?><a>é</a>', 'latin1'));
    expect(decodeXml(bytes, 's')).toContain('<a>é</a>');
    expect(decodeXml(Uint8Array.from(Buffer.from('\ufeff<a>é</a>', 'utf16le')), 's')).toBe('<a>é</a>');
  });

  it('refuses other bytes and other encodings', () => {
    expect(() => decodeXml(Uint8Array.of(0x3c, 0xff, 0x3e), 's')).toThrow('bad-xml');
    expect(() => decodeXml(utf8('<?xml version="1.0" encoding="EBCDIC"?><a/>'), 's')).toThrow('EBCDIC');
    expect(() => decodeXml(utf8('<abc/>'), 's', 5)).toThrow('longer than 5 bytes');
  });
});
