import { crc32 } from 'node:zlib';
import { extraFields, type ExtraField } from './zip-directory.ts';

const fieldIds = { unixTimes: 0x5455, oldUnix: 0x5855, unicodePath: 0x7075 };

/**
 * The name of an entry as bytes: those of the Unicode field if it belongs to the name, else as written. Names that are
 * neither are in some code page nobody recorded.
 */
export function nameOf(rawName: Buffer, extra: Buffer): Buffer {
  for (const { id, data } of extraFields(extra)) {
    if (id !== fieldIds.unicodePath || data.length < 6 || data[0] !== 1) continue;
    if (data.readUInt32LE(1) === crc32(rawName)) return data.subarray(5);
  }
  return rawName;
}

/**
 * Modification time of an entry, seconds since 1970, as the reference's tool computes it: from the local header only; the
 * Unix fields win over the DOS time, which is read as GMT.
 *
 * @see store.md 5.9
 */
export function timeOf(dosDate: number, dosTime: number, localExtra: Buffer): number {
  const dosSeconds = secondsOfDos(dosDate, dosTime);
  const fields = extraFields(localExtra);
  const seconds = unixTime(fields) ?? oldUnixTime(fields);
  if (seconds === null) return dosSeconds;
  if (seconds >= 0) return seconds;
  // A time past 2038 looks negative; one before 1970 is not believed.
  return dosSeconds >= 2 ** 31 ? seconds + 2 ** 32 : dosSeconds;
}

function unixTime(fields: readonly ExtraField[]): number | null {
  const data = fields.find(({ id }) => id === fieldIds.unixTimes)?.data;
  return data !== undefined && data.length >= 5 && ((data[0] ?? 0) & 1) !== 0 ? data.readInt32LE(1) : null;
}

function oldUnixTime(fields: readonly ExtraField[]): number | null {
  const data = fields.find(({ id }) => id === fieldIds.oldUnix)?.data;
  return data !== undefined && data.length >= 8 ? data.readInt32LE(4) : null;
}

function secondsOfDos(date: number, time: number): number {
  const year = 1980 + (date >> 9);
  // Month 0 counts as January, but day 0 is the day before the first: date 0 is 1979-12-31.
  const month = Math.max(0, ((date >> 5) & 15) - 1);
  const days = Date.UTC(year, month, date & 31) / 86_400_000;
  // The reference's tool takes 2100 for a leap year once it is over.
  const leap = year > 2100 ? 1 : 0;
  return (days + leap) * 86_400 + (time >> 11) * 3600 + ((time >> 5) & 63) * 60 + (time & 31) * 2;
}
