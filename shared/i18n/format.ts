import type { Translator } from './translator.ts';

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/**
 * A size for people: "512 bytes", "12 kB", "1.2 MB". Decimal units, as file managers and sites use them; one digit after the point
 * below ten and none above.
 *
 * @param bytes a count of bytes, not negative
 */
export function formatSize(intl: Pick<Translator, 'number'>, bytes: number): string {
  const { value, unit } = inUnit(bytes);
  return intl.number(value, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: digitsFor(value, unit),
  });
}

/** A speed for people: "3.1 MB/s". Never below kilobytes, which would flicker. */
export function formatRate(intl: Translator, bytesPerSecond: number): string {
  const { value, unit } = inUnit(bytesPerSecond);
  const shown = unit === 'byte' ? value / 1000 : value;
  return intl.number(shown, {
    style: 'unit',
    unit: `${unit === 'byte' ? 'kilobyte' : unit}-per-second`,
    unitDisplay: 'short',
    maximumFractionDigits: digitsFor(shown, 'kilobyte'),
  });
}

/** A duration for people, two units at most: "12 s", "3 min", "1 h 5 min". */
export function formatDuration(intl: Translator, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return intl.t('unit.seconds', { seconds: whole });
  if (whole < 3600) return intl.t('unit.minutes', { minutes: Math.round(whole / 60) });
  const hours = Math.floor(whole / 3600);
  const minutes = Math.round((whole % 3600) / 60);
  if (hours < 48) return intl.t('unit.hours', { hours, minutes });
  return intl.t('unit.days', { days: Math.round(hours / 24) });
}

/** "12 s left". */
export function formatTimeLeft(intl: Translator, seconds: number): string {
  return intl.t('unit.time-left', { time: formatDuration(intl, Math.max(1, seconds)) });
}

/** A short time in milliseconds: "85 ms", "1.4 s". */
export function formatMilliseconds(intl: Translator, milliseconds: number): string {
  if (milliseconds < 1000) return intl.t('unit.milliseconds', { milliseconds: Math.round(milliseconds) });
  return intl.t('unit.seconds', { seconds: Math.round(milliseconds / 100) / 10 });
}

/** "64 %" in the language's way; `fraction` from 0 to 1, cut off so that 100 % means done. */
export function formatPercent(intl: Translator, fraction: number): string {
  const percent = Math.floor(Math.min(1, Math.max(0, fraction)) * 100);
  return intl.number(percent / 100, { style: 'percent', maximumFractionDigits: 0 });
}

/**
 * A day: "12 Nov 2026".
 *
 * @param text ISO 8601, a day or an instant; what is no date is given back as it came
 */
export function formatDay(intl: Translator, text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  // A bare day means that day everywhere, whatever the time zone here.
  const zone = /^\d{4}-\d{2}-\d{2}$/.test(text) ? { timeZone: 'UTC' } : {};
  return intl.date(date, { dateStyle: 'medium', ...zone });
}

/** A day and time: "12 Nov 2026, 14:03". */
export function formatInstant(intl: Translator, text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return intl.date(date, { dateStyle: 'medium', timeStyle: 'short' });
}

const relativeSteps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** "2 hours ago", "yesterday", "now". */
export function formatAgo(intl: Translator, text: string, now: Date): string {
  const seconds = (new Date(text).getTime() - now.getTime()) / 1000;
  if (Number.isNaN(seconds)) return text;
  for (const [unit, size] of relativeSteps) {
    if (Math.abs(seconds) >= size) return intl.relative(Math.trunc(seconds / size), unit);
  }
  return intl.relative(0, 'second');
}

function inUnit(bytes: number): { readonly value: number; readonly unit: (typeof sizeUnits)[number] } {
  let value = Math.max(0, bytes);
  let index = 0;
  // 999.5 would be shown as 1,000 of the smaller unit.
  while (value >= 999.5 && index < sizeUnits.length - 1) {
    value /= 1000;
    index += 1;
  }
  return { value, unit: sizeUnits[index] ?? 'byte' };
}

function digitsFor(value: number, unit: string): number {
  if (unit === 'byte') return 0;
  return value < 9.95 ? 1 : 0;
}
