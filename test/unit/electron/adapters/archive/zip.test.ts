import { describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { nameOf, timeOf } from '../../../../../electron/adapters/archive/zip/zip-entry.ts';
import { bytes32, extraField } from '../../../../helpers/make-zip.ts';

const none = Buffer.alloc(0);
const date = (year: number, month: number, day: number): number => ((year - 1980) << 9) | (month << 5) | day;
const seconds = (text: string): number => Date.parse(`${text}Z`) / 1000;
const unixTimes = (value: number, flags = 1): Buffer =>
  extraField(0x5455, Buffer.concat([Buffer.of(flags), bytes32(value)]));
const oldUnix = (value: number): Buffer => extraField(0x5855, Buffer.concat([bytes32(1), bytes32(value)]));

// The expected times were computed by the reference program.
describe('times of zip members', () => {
  it.each([
    [2010, 6, 15, '2010-06-15T00:00:00'],
    [1990, 0, 5, '1990-01-05T00:00:00'],
    [1990, 0, 0, '1989-12-31T00:00:00'],
    [1990, 5, 0, '1990-04-30T00:00:00'],
    [1990, 13, 5, '1991-01-05T00:00:00'],
    [1990, 2, 31, '1990-03-03T00:00:00'],
    [2100, 2, 29, '2100-03-01T00:00:00'],
    [2107, 1, 1, '2107-01-02T00:00:00'],
  ])('DOS %i-%i-%i is %s GMT', (year, month, day, expected) => {
    expect(timeOf(date(year, month, day), 0, none)).toBe(seconds(expected));
  });

  it('counts impossible hours, minutes and seconds on', () => {
    expect(timeOf(date(1990, 5, 5), (31 << 11) | (63 << 5) | 31, none)).toBe(641981042);
  });

  const june2010 = date(2010, 6, 15);
  const dos = seconds('2010-06-15T00:00:00');

  it('believes the Unix fields first', () => {
    expect(timeOf(june2010, 0, unixTimes(1_500_000_000))).toBe(1_500_000_000);
    expect(timeOf(june2010, 0, oldUnix(1_400_000_000))).toBe(1_400_000_000);
    const both = [oldUnix(1_400_000_000), unixTimes(1_500_000_000)];
    expect(timeOf(june2010, 0, Buffer.concat(both))).toBe(1_500_000_000);
    expect(timeOf(june2010, 0, Buffer.concat(both.reverse()))).toBe(1_500_000_000);
    expect(timeOf(june2010, 0, unixTimes(0))).toBe(0);
  });

  it('does not believe fields that are cut off, say nothing, or lie before 1970', () => {
    expect(timeOf(june2010, 0, unixTimes(1_500_000_000, 2))).toBe(dos);
    expect(timeOf(june2010, 0, extraField(0x5455, Buffer.of(1)))).toBe(dos);
    expect(timeOf(june2010, 0, extraField(0x5855, bytes32(1)))).toBe(dos);
    expect(timeOf(june2010, 0, unixTimes(1_500_000_000).subarray(0, 8))).toBe(dos);
    expect(timeOf(june2010, 0, Buffer.of(0x55, 0x54, 0xff))).toBe(dos);
    expect(timeOf(june2010, 0, unixTimes(-5))).toBe(dos);
  });

  it('knows that times past 2038 look negative', () => {
    expect(timeOf(date(2040, 6, 15), 0, unixTimes(-5))).toBe(2 ** 32 - 5);
    expect(timeOf(date(2038, 1, 1), 0, unixTimes(-5))).toBe(seconds('2038-01-01T00:00:00'));
  });
});

describe('names of zip members', () => {
  const raw = Buffer.from('caf\x82', 'latin1');
  const unicode = (version: number, crc: number): Buffer =>
    extraField(0x7075, Buffer.concat([Buffer.of(version), bytes32(crc), Buffer.from('café')]));

  it('come from the Unicode field if it belongs to them', () => {
    expect(nameOf(raw, unicode(1, crc32(raw))).toString()).toBe('café');
    expect(nameOf(raw, unicode(1, 5))).toEqual(raw);
    expect(nameOf(raw, unicode(2, crc32(raw)))).toEqual(raw);
    expect(nameOf(raw, none)).toEqual(raw);
  });
});
