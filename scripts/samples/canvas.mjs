// A small drawing board: shapes are signed distances (negative inside), which gives smooth edges without a library.

import { crc32, deflateSync } from 'node:zlib';

/** @typedef {(x: number, y: number) => number} Shape distance to the edge in units of the board */

export const circle = (cx, cy, radius) => (x, y) => Math.hypot(x - cx, y - cy) - radius;

export const box = (left, top, right, bottom, radius = 0) => {
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const [halfWidth, halfHeight] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius];
  return (x, y) => {
    const [dx, dy] = [Math.abs(x - cx) - halfWidth, Math.abs(y - cy) - halfHeight];
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
};

/** A line with round ends through several points. */
export const stroke = (points, width) => (x, y) => {
  let distance = Infinity;
  for (let index = 1; index < points.length; index += 1) {
    const [[ax, ay], [bx, by]] = [points[index - 1], points[index]];
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    distance = Math.min(distance, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return distance - width / 2;
};

/** Part of a circle's line; angles in degrees, clockwise from the right. */
export const arc = (cx, cy, radius, { from, to, width }) => {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) / 6));
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
  });
  return stroke(points, width);
};

/** A filled outline, corners rounded by `radius`. */
export const polygon = (points, radius = 0) => {
  return (x, y) => {
    let distance = Infinity;
    let isInside = false;
    for (let index = 0; index < points.length; index += 1) {
      const [ax, ay] = points[index];
      const [bx, by] = points[(index + 1) % points.length];
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      distance = Math.min(distance, Math.hypot(x - ax - along * dx, y - ay - along * dy));
      if (ay > y !== by > y && x < ax + ((y - ay) * dx) / dy) isInside = !isInside;
    }
    return (isInside ? -distance : distance) - radius;
  };
};

export const union =
  (...shapes) =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));
export const without = (shape, hole) => (x, y) => Math.max(shape(x, y), -hole(x, y));
export const shifted = (shape, dx, dy) => (x, y) => shape(x - dx, y - dy);

/** Points of a quadratic curve, for `stroke`. */
export const curve = ([ax, ay], [bx, by], [cx, cy]) =>
  Array.from({ length: 13 }, (_, step) => {
    const t = step / 12;
    const [u, v, w] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    return [u * ax + v * bx + w * cx, u * ay + v * by + w * cy];
  });

/**
 * Paints layers, the first at the bottom, on a clear board.
 *
 * @param {number} size pixels
 * @param {number} units length of the board's side in the shapes' units
 * @param {readonly { readonly shape: Shape, readonly color: (x: number, y: number) => readonly number[] }[]} layers
 *   colours are red, green, blue (0 to 255, light as in sRGB) and opacity (0 to 1)
 * @returns {Buffer} PNG
 */
export function paint(size, units, layers) {
  const scale = units / size;
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const pixel = pixelAt((column + 0.5) * scale, (row + 0.5) * scale, { layers, scale });
      rows.set(pixel, row * (1 + size * 4) + 1 + column * 4);
    }
  }
  return png(size, rows);
}

function pixelAt(x, y, { layers, scale }) {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (const { shape, color } of layers) {
    const covered = Math.min(1, Math.max(0, 0.5 - shape(x, y) / scale));
    if (covered === 0) continue;
    const [r, g, b, opacity = 1] = color(x, y);
    const over = covered * opacity;
    const total = over + alpha * (1 - over);
    const mix = (above, below) => (above * over + below * alpha * (1 - over)) / total;
    if (total > 0) [red, green, blue] = [mix(r, red), mix(g, green), mix(b, blue)];
    alpha = total;
  }
  return [red, green, blue, alpha * 255].map((value) => Math.round(value));
}

function png(size, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const result = Buffer.alloc(8 + body.length);
    result.writeUInt32BE(data.length, 0);
    body.copy(result, 4);
    result.writeUInt32BE(crc32(body), 4 + body.length);
    return result;
  };
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const pixels = deflateSync(rows, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}
