import { describe, expect, it } from 'vitest';
import { readBounds } from '../../../../electron/app/bounds.ts';

const screen = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const good = { x: 10, y: 20, width: 800, height: 600, isMaximized: false };

describe('where the window was', () => {
  it('is read as it was written', () => {
    expect(readBounds({ ...good, more: 1 }, screen)).toEqual(good);
  });

  it.each([
    ['nothing', null],
    ['a text', 'here'],
    ['half a pixel', { ...good, x: 0.5 }],
    ['no number', { ...good, y: '20' }],
    ['too narrow', { ...good, width: 100 }],
    ['too tall', { ...good, height: 20_000 }],
    ['no state', { ...good, isMaximized: 1 }],
    ['a screen that is gone', { ...good, x: 3000 }],
    ['a corner only', { ...good, x: 1850 }],
  ])('is not taken from %s', (_what, saved) => {
    expect(readBounds(saved, screen)).toBeNull();
  });
});
