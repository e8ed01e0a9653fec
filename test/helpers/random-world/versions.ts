import type { Random } from './random.ts';

const tails = ['-pre1', '-pre', '-rc1', '', '-1', '-1.2', '-post', '-post2', '-post1-pre'];

/** Up to `most` versions of one component, in any order. */
export function drawVersions(random: Random, most: number): readonly string[] {
  const count = random.between(1, most);
  const hasTails = random.chance(0.3);
  const all = Array.from({ length: hasTails ? Math.ceil(count / 3) + 1 : count + 2 }, (_, index) => {
    const number = random.chance(0.05)
      ? `0${index}`
      : index < 10 || hasTails
        ? `${index + 1}`
        : `${index % 5}.${index}`;
    return hasTails ? tails.map((tail) => `${number}${tail}`) : [number];
  }).flat();
  return random.some(all, count);
}

/** An expression that some of the versions may meet. */
export function drawExpression(random: Random, versions: readonly string[]): string {
  const one = (): string => (random.chance(0.9) ? random.pick(versions) : `${random.below(20)}`);
  const alternative = (): string => {
    switch (random.below(7)) {
      case 0:
        return one();
      case 1:
        return `!${one()}`;
      case 2:
      case 3:
        return `${one()}..`;
      case 4:
        return `..!${one()}`;
      case 5:
        return `${one()}..!${one()}`;
      default:
        return random.pick(['..', '..!', `${one()}..!`]);
    }
  };
  const separator = random.pick(['|', ' | ']);
  return Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, alternative).join(separator);
}

/** What no version meets, or what is no expression at all. */
export function drawOddExpression(random: Random): string {
  return random.pick(['', '1..2', '1 |', 'one', '1-beta', '1-', '! 1', '=/no/such/feed.xml/1', '=x', '99..']);
}
