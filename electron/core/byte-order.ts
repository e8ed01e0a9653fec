/**
 * Orders texts as their UTF-8 bytes, which is the order of their code points. JavaScript's own comparison puts the
 * characters past U+FFFF before some of those below.
 *
 * @returns negative, zero or positive, as for `Array.sort`
 */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const common = Math.min(a.length, b.length);
  for (let index = 0; index < common; index++) {
    const one = a.charCodeAt(index);
    const other = b.charCodeAt(index);
    if (one === other) continue;
    const isSurrogate = one >= 0xd800 && one <= 0xdfff;
    const isOtherSurrogate = other >= 0xd800 && other <= 0xdfff;
    if (isSurrogate !== isOtherSurrogate) return isSurrogate ? 1 : -1;
    return one - other;
  }
  return a.length - b.length;
}
