import { AppError } from '../../shared/errors/app-error.ts';

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds as the reference prints them: the largest unit that gives at least one (90 → `1.5m`, 0 → `0s`). */
export function formatInterval(seconds: number): string {
  const [unit, size] = units.find(([, each]) => seconds >= each) ?? ['s', 1];
  return `${Number((seconds / size).toPrecision(6))}${unit}`;
}

/** A number and `s`, `m`, `h` or `d`, or `0`. @throws AppError `usage` */
export function parseInterval(text: string): number {
  if (text === '0') return 0;
  const match = /^([0-9]+(?:\.[0-9]+)?)([a-z]?)$/.exec(text.trim());
  const size = units.find(([unit]) => unit === match?.[2])?.[1];
  if (!match || size === undefined) {
    throw new AppError('usage', {
      message: `Unknown interval '${text}'`,
      hint: 'use for example 5d for 5 days; s, m, h and d are known',
    });
  }
  return Math.round(Number(match[1]) * size);
}
