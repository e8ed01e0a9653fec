import { describe, expect, it } from 'vitest';
import english from '../../../../assets/locales/en.json' with { type: 'json' };
import * as format from '../../../../shared/i18n/format.ts';
import { createIntl } from '../../../../shared/i18n/translator.ts';

const intl = createIntl('en', english);

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1234, '1.2 kB'],
    [12_340, '12 kB'],
    [999_499, '999 kB'],
    [999_600, '1 MB'],
    [1_234_567, '1.2 MB'],
    [5_600_000_000, '5.6 GB'],
  ])('%i is %s', (bytes, text) => {
    expect(format.formatSize(intl, bytes)).toBe(text);
  });

  it('follow the language', () => {
    expect(format.formatSize(createIntl('de', english), 1_234_567)).toBe('1,2 MB');
  });
});

describe('speeds', () => {
  it.each([
    [500, '0.5 kB/s'],
    [3_100_000, '3.1 MB/s'],
  ])('%i is %s', (rate, text) => {
    expect(format.formatRate(intl, rate)).toBe(text);
  });
});

describe('times', () => {
  it.each([
    [12, '12 s'],
    [59.4, '59 s'],
    [180, '3 min'],
    [3900, '1 h 5 min'],
    [259_200, '3 days'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(format.formatDuration(intl, seconds)).toBe(text);
  });

  it('never promise that nothing is left while something is', () => {
    expect(format.formatTimeLeft(intl, 0.2)).toBe('1 s left');
  });

  it('show short ones in milliseconds', () => {
    expect(format.formatMilliseconds(intl, 84.6)).toBe('85 ms');
    expect(format.formatMilliseconds(intl, 1440)).toBe('1.4 s');
  });

  it('say how long ago', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(format.formatAgo(intl, '2026-11-22T10:00:00Z', now)).toBe('2 hours ago');
    expect(format.formatAgo(intl, '2026-11-21T10:00:00Z', now)).toBe('yesterday');
    expect(format.formatAgo(intl, 'never', now)).toBe('never');
  });
});

describe('shares and days', () => {
  it('reach 100 % only at the end', () => {
    expect(format.formatPercent(intl, 0.999)).toBe('99%');
    expect(format.formatPercent(intl, 1)).toBe('100%');
  });

  it('keep a bare day in every time zone, and foreign text as it came', () => {
    expect(format.formatDay(intl, '2024-02-29')).toBe('Feb 29, 2024');
    expect(format.formatDay(intl, 'soon')).toBe('soon');
  });
});
