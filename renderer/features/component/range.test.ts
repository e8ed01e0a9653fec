import { describe, expect, it } from 'vitest';
import { rangeOf, toExpression } from './range.ts';

describe('a range of versions', () => {
  it.each([
    [null, 'any', ''],
    ['..!2.0-rc1', 'before', '2.0-rc1'],
    ['3..', 'from', '3'],
    ['2..!3', 'expression', '2..!3'],
    ['2 | 4..', 'expression', '2 | 4..'],
  ] as const)('%s is shown and meant again', (expression, kind, text) => {
    expect(rangeOf(expression)).toEqual({ kind, text });
    expect(toExpression(kind, text)).toBe(expression);
  });

  it.each([
    ['before', ''],
    ['before', '..2'],
    ['from', 'two'],
    ['expression', '2..3'],
    ['expression', ''],
  ] as const)('%s “%s” is none', (kind, text) => {
    expect(toExpression(kind, text)).toBeUndefined();
  });
});
