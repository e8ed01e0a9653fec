// The pages of the book.

const last = 9999;
const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const roman = Object.entries({ M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 });

/** @returns {Record<string, string>} text by path */
export function generate(version) {
  const titles = ['Number', 'Name', 'Roman', 'Binary', 'Hexadecimal', 'Factors', 'Divisors', 'Kind'];
  if (version !== '1.0') titles.push('Square', 'Cube', 'Square root', 'Collatz');
  const lines = [titles.join('\t')];
  for (let number = 1; number <= last; number += 1) lines.push(page(number).slice(0, titles.length).join('\t'));
  return { 'share/numbers.tsv': `${lines.join('\n')}\n` };
}

function page(number) {
  const divisors = divisorsOf(number);
  return [
    number,
    nameOf(number),
    toRoman(number),
    number.toString(2),
    number.toString(16).toUpperCase(),
    factorsOf(number).join(' x '),
    divisors.join(' '),
    kindOf(number, divisors),
    number ** 2,
    number ** 3,
    Math.sqrt(number).toFixed(9),
    `${collatz(number)} steps to 1`,
  ];
}

function nameOf(number) {
  if (number < 20) return small[number];
  if (number < 100) return number % 10 === 0 ? tens[number / 10 - 2] : `${tens[Math.floor(number / 10) - 2]}-${small[number % 10]}`;
  const [unit, word] = number < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const rest = number % unit;
  const join = unit === 100 || rest < 100 ? ' and ' : ' ';
  return `${nameOf(Math.floor(number / unit))} ${word}${rest === 0 ? '' : join + nameOf(rest)}`;
}

function toRoman(number) {
  let text = '';
  let rest = number;
  for (const [letters, value] of roman) {
    for (; rest >= value; rest -= value) text += letters;
  }
  return text;
}

function factorsOf(number) {
  const factors = [];
  let rest = number;
  for (let factor = 2; factor * factor <= rest; factor += 1) {
    for (; rest % factor === 0; rest /= factor) factors.push(factor);
  }
  return rest > 1 || factors.length === 0 ? [...factors, rest] : factors;
}

function divisorsOf(number) {
  const [low, high] = [[], []];
  for (let each = 1; each * each <= number; each += 1) {
    if (number % each !== 0) continue;
    low.push(each);
    if (each * each !== number) high.unshift(number / each);
  }
  return [...low, ...high];
}

function kindOf(number, divisors) {
  const sum = divisors.reduce((total, each) => total + each, 0) - number;
  const kinds = [
    divisors.length === 2 && 'prime',
    sum === number && 'perfect',
    sum > number && 'abundant',
    Number.isInteger(Math.sqrt(number)) && 'square',
    Number.isInteger(Math.sqrt(8 * number + 1)) && 'triangular',
    String(number) === [...String(number)].reverse().join('') && number > 9 && 'palindrome',
  ].filter(Boolean);
  return kinds.join(', ') || 'ordinary';
}

function collatz(number) {
  let steps = 0;
  for (let value = number; value !== 1; steps += 1) value = value % 2 === 0 ? value / 2 : 3 * value + 1;
  return steps;
}
