// The digits themselves, computed: nobody can claim them, and everybody can check them.

const million = 1_000_000;

/** @returns {Record<string, string>} text by path */
export function generate(version) {
  switch (version) {
    case '1.0':
      return { 'share/pi': pi(million / 10) };
    case '2.0':
      return { 'share/pi': pi(million) };
    default:
      return { 'share/pi': pi(million), 'share/e': e(million / 5), 'share/sqrt2': squareRootOf2(million / 5) };
  }
}

const memory = new Map();

/** Digits of pi by the series of the Chudnovsky brothers, summed by halves. */
function pi(count) {
  const known = memory.get(count);
  if (known) return known;
  const c = 640320n ** 3n / 24n;
  const sum = (from, to) => {
    if (to - from === 1n) {
      const p = from === 0n ? 1n : (6n * from - 5n) * (2n * from - 1n) * (6n * from - 1n);
      const q = from === 0n ? 1n : from * from * from * c;
      const t = p * (13591409n + 545140134n * from);
      return [p, q, from % 2n === 1n ? -t : t];
    }
    const middle = (from + to) / 2n;
    const [p1, q1, t1] = sum(from, middle);
    const [p2, q2, t2] = sum(middle, to);
    return [p1 * p2, q1 * q2, q2 * t1 + p1 * t2];
  };
  const spare = 10;
  const [, q, t] = sum(0n, BigInt(Math.ceil(count / 14.18) + 2));
  const root = integerRoot(10005n * 10n ** BigInt(2 * (count + spare)));
  const digits = ((q * 426880n * root) / t).toString().slice(1, count + 1);
  memory.set(count, digits);
  return digits;
}

/** Digits of e: the sum of the inverse factorials, by halves. */
function e(count) {
  const sum = (from, to) => {
    if (to - from === 1n) return [1n, to];
    const middle = (from + to) / 2n;
    const [p1, q1] = sum(from, middle);
    const [p2, q2] = sum(middle, to);
    return [p1 * q2 + p2, q1 * q2];
  };
  let terms = 10;
  for (let log = 0; log < count + 10; terms += 1) log += Math.log10(terms);
  const [p, q] = sum(0n, BigInt(terms));
  return (10n ** BigInt(count + 10) + (p * 10n ** BigInt(count + 10)) / q).toString().slice(1, count + 1);
}

function squareRootOf2(count) {
  return integerRoot(2n * 10n ** BigInt(2 * (count + 10))).toString().slice(1, count + 1);
}

/** The whole part of a square root: Newton's method, each step with twice as many digits. */
function integerRoot(value) {
  const bits = BigInt(value.toString(16).length * 4);
  if (bits <= 52n) return BigInt(Math.floor(Math.sqrt(Number(value))));
  const shift = (bits / 4n) * 2n;
  let root = (integerRoot(value >> shift) + 1n) << (shift / 2n);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
