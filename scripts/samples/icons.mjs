// The icons of the samples.

import { box, paint, shifted, union, without } from './canvas.mjs';
import { designs, white } from './glyphs.mjs';

/** Which apps have an icon. */
export const iconNames = Object.keys(designs);

/** @returns {Buffer} PNG, 64 pixels */
export function drawIcon(name, size = 64) {
  const { tint, layers } = designs[name];
  const [top, bottom] = tint.map(parseColor);
  const square = box(2, 2, 62, 62, 15);
  const background = (_x, y) => mix(top, bottom, y / 64);
  // A lighter rim above and a darker one below make the square stand off both light and dark pages.
  const rim = without(square, shifted(square, 0, 1));
  const shade = without(square, shifted(square, 0, -1));
  const glyph = layers().map(([shape, color]) => [shape, typeof color === 'string' ? parseColor(color) : color]);
  const shadow = union(...glyph.map(([shape]) => shape));
  return paint(size, 64, [
    { shape: square, color: background },
    { shape: rim, color: () => [...white, 0.35] },
    { shape: shade, color: () => [0, 0, 0, 0.12] },
    // Two soft steps below the glyph.
    { shape: (x, y) => Math.max(shadow(x, y - 2) - 0.8, square(x, y)), color: () => [0, 0, 0, 0.07] },
    { shape: (x, y) => Math.max(shadow(x, y - 1.2), square(x, y)), color: () => [0, 0, 0, 0.1] },
    ...glyph.map(([shape, color]) => ({ shape, color: () => color })),
  ]);
}

function parseColor(text) {
  return [1, 3, 5].map((index) => Number.parseInt(text.slice(index, index + 2), 16));
}

function mix(from, to, part) {
  return from.map((value, index) => value + (to[index] - value) * part);
}
