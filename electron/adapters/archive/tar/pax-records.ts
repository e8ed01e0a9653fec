import type { ArchiveProblems } from '../archive-problems.ts';

/** Extended attributes by keyword; values are bytes, since names need not be UTF-8. Repeated ones in order. */
export type PaxRecords = ReadonlyMap<string, readonly Buffer[]>;

/**
 * Reads the data of a pax extended header: records `LENGTH KEYWORD=VALUE` with a newline after each.
 *
 * @throws AppError `archive-damaged`
 * @see POSIX.1-2017 pax, "pax Extended Header"
 */
export function parsePax(data: Buffer, problems: ArchiveProblems): PaxRecords {
  const records = new Map<string, Buffer[]>();
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(0x20, at);
    const digits = space === -1 || space - at > 8 ? '' : data.toString('latin1', at, space);
    const end = at + Number(digits);
    const equals = data.indexOf(0x3d, space);
    if (
      !/^[1-9][0-9]*$/.test(digits) ||
      end > data.length ||
      equals <= space + 1 ||
      equals >= end - 1 ||
      data[end - 1] !== 0x0a
    ) {
      throw problems.damaged('malformed extended header');
    }
    const keyword = data.toString('utf8', space + 1, equals);
    const value = data.subarray(equals + 1, end - 1);
    const values = records.get(keyword);
    if (values === undefined) records.set(keyword, [value]);
    else values.push(value);
    at = end;
  }
  return records;
}

/** The last value of a keyword. */
export function paxValue(records: PaxRecords | null, keyword: string): Buffer | undefined {
  return records?.get(keyword)?.at(-1);
}

/** A whole number. @throws AppError `archive-damaged` */
export function paxNumber(value: Buffer, problems: ArchiveProblems): number {
  const text = value.toString('latin1');
  if (!/^[0-9]{1,16}$/.test(text)) throw problems.damaged('malformed number in an extended header');
  return Number(text);
}

/** Seconds with a fraction, cut toward zero. @throws AppError `archive-damaged` */
export function paxSeconds(value: Buffer, problems: ArchiveProblems): number {
  const match = /^(-?[0-9]{1,16})(?:\.[0-9]*)?$/.exec(value.toString('latin1'));
  if (match === null) throw problems.damaged('malformed time in an extended header');
  // Adding zero makes minus zero plain.
  return Number(match[1]) + 0;
}
