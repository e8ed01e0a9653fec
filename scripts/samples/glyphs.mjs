// What the icons of the samples show: one bold glyph each, white on a tinted square. The board is 64 units wide.

import { arc, box, circle, curve, polygon, stroke, union, without } from './canvas.mjs';

/** The colour of the glyph itself. */
export const white = [255, 255, 255];

/** Hues are spread so that neighbours in the catalogue differ; each glyph is a function of the tint. */
export const designs = {
  hello: {
    tint: ['#ff9f5a', '#f0653e'],
    layers: () => {
      const bubble = union(
        box(13, 16, 51, 42, 10),
        polygon(
          [
            [22, 38],
            [36, 38],
            [22, 51],
          ],
          1.5,
        ),
      );
      const dots = union(circle(23, 29, 3), circle(32, 29, 3), circle(41, 29, 3));
      return [
        [bubble, white],
        [dots, '#f0653e'],
      ];
    },
  },
  memo: {
    tint: ['#ffd257', '#f2a51c'],
    layers: () => {
      const sheet = without(
        box(16, 13, 48, 51, 4),
        polygon([
          [38, 52],
          [49, 41],
          [52, 52],
        ]),
      );
      const fold = polygon(
        [
          [38.5, 49.5],
          [38.5, 42.5],
          [46.5, 41.8],
        ],
        1,
      );
      const lines = union(
        stroke(
          [
            [23, 23],
            [41, 23],
          ],
          3.6,
        ),
        stroke(
          [
            [23, 31],
            [41, 31],
          ],
          3.6,
        ),
        stroke(
          [
            [23, 39],
            [32, 39],
          ],
          3.6,
        ),
      );
      return [
        [sheet, white],
        [fold, '#ffe7a8'],
        [lines, '#f2a51c'],
      ];
    },
  },
  calendar: {
    tint: ['#ff7d8a', '#e23a5b'],
    layers: () => {
      const page = box(14, 17, 50, 50, 6);
      const header = without(page, box(0, 27, 64, 64));
      const rings = union(
        stroke(
          [
            [24, 12.5],
            [24, 20],
          ],
          4,
        ),
        stroke(
          [
            [40, 12.5],
            [40, 20],
          ],
          4,
        ),
      );
      const days = [
        [23, 34],
        [32, 34],
        [41, 34],
        [23, 43],
        [32, 43],
      ].map(([x, y]) => box(x - 3, y - 3, x + 3, y + 3, 1.6));
      return [
        [page, white],
        [header, '#ffc9cf'],
        [rings, white],
        [union(...days), '#f2a3b1'],
        [box(38, 40, 44, 46, 1.6), '#e23a5b'],
      ];
    },
  },
  dice: {
    tint: ['#7fb2ff', '#3f6df0'],
    layers: () => {
      const pips = [
        [24, 24],
        [40, 24],
        [32, 32],
        [24, 40],
        [40, 40],
      ].map(([x, y]) => circle(x, y, 3.7));
      return [
        [box(14, 14, 50, 50, 9), white],
        [union(...pips), '#3f6df0'],
      ];
    },
  },
  fortune: {
    tint: ['#b58cff', '#7446e0'],
    layers: () => {
      const star = (cx, cy, radius) => {
        const points = Array.from({ length: 32 }, (_, index) => {
          const angle = (index / 32) * 2 * Math.PI;
          const reach = radius / (Math.abs(Math.cos(angle)) ** 0.5 + Math.abs(Math.sin(angle)) ** 0.5) ** 2;
          return [cx + reach * Math.cos(angle), cy + reach * Math.sin(angle)];
        });
        return polygon(points, 1);
      };
      return [
        [star(29, 34, 20), white],
        [star(46, 18, 8.5), '#e6d9ff'],
        [star(47.5, 46, 6), '#e6d9ff'],
      ];
    },
  },
  pi: {
    tint: ['#57d8c0', '#12998f'],
    layers: () => {
      const bar = stroke([...curve([15, 26], [18, 20], [25, 20]), [49, 20]], 6);
      const legs = union(
        stroke(curve([27, 22], [27, 40], [20, 46]), 6),
        stroke([[39, 22], [39, 41], ...curve([39, 41], [39.5, 46.5], [46, 45])], 6),
      );
      return [[union(bar, legs), white]];
    },
  },
  todo: {
    tint: ['#7fdc7a', '#2fa84f'],
    layers: () => [
      [box(14, 14, 50, 50, 10), white],
      [
        stroke(
          [
            [23, 33],
            [30, 40],
            [42, 25],
          ],
          6.4,
        ),
        '#2fa84f',
      ],
    ],
  },
  jsonview: {
    tint: ['#8a97ad', '#4a566e'],
    layers: () => {
      const left = stroke(
        [
          ...curve([28, 15], [21, 15], [21, 22]),
          ...curve([21, 27], [21, 32], [15.5, 32]),
          ...curve([15.5, 32], [21, 32], [21, 37]),
          ...curve([21, 42], [21, 49], [28, 49]),
        ],
        5.4,
      );
      const right = (x, y) => left(64 - x, y);
      const dots = union(circle(27.5, 32, 2.6), circle(36.5, 32, 2.6));
      return [
        [union(left, right), white],
        [dots, '#d4dbe8'],
      ];
    },
  },
  clock: {
    tint: ['#6fd0ff', '#1b8fd6'],
    layers: () => {
      const ticks = [0, 90, 180, 270].map((angle) => {
        const [dx, dy] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
        return stroke(
          [
            [32 + dx * 14, 32 + dy * 14],
            [32 + dx * 15.5, 32 + dy * 15.5],
          ],
          3,
        );
      });
      return [
        [circle(32, 32, 20), white],
        [union(...ticks), '#a9dcf6'],
        [
          stroke(
            [
              [32, 21.5],
              [32, 32],
              [40, 37],
            ],
            4.4,
          ),
          '#1b8fd6',
        ],
      ];
    },
  },
  trees: {
    tint: ['#a6d65c', '#5f9e2a'],
    layers: () => {
      const crown = (dy, half) =>
        polygon(
          [
            [32, 12 + dy],
            [32 + half, 27 + dy],
            [32 - half, 27 + dy],
          ],
          2.6,
        );
      return [
        [box(29, 42, 35, 53, 2), '#e6f5cf'],
        [union(crown(0, 10), crown(8.5, 13), crown(17.5, 16)), white],
      ];
    },
  },
  inspector: {
    tint: ['#f28ad0', '#c23a9a'],
    layers: () => {
      const ring = without(circle(28, 28, 15), circle(28, 28, 9.6));
      const handle = stroke(
        [
          [39.5, 39.5],
          [49, 49],
        ],
        7.4,
      );
      return [
        [circle(28, 28, 10), '#ffe0f4'],
        [union(ring, handle), white],
        [
          union(
            circle(28, 23.6, 2),
            stroke(
              [
                [28, 28.6],
                [28, 32.6],
              ],
              3.4,
            ),
          ),
          '#c23a9a',
        ],
      ];
    },
  },
  timer: {
    tint: ['#e0a878', '#a8663a'],
    layers: () => {
      const cup = union(without(box(14, 10, 42, 51, 11), box(0, 0, 64, 29)), box(14, 27, 42, 33, 2));
      const handle = arc(43, 34, 6.5, { from: -90, to: 90, width: 4.4 });
      const steam = [22, 29, 36].map((x) =>
        stroke([...curve([x, 21], [x - 3, 18.5], [x, 16]), ...curve([x, 16], [x + 3, 13.5], [x, 11])], 3),
      );
      return [
        [union(cup, handle), white],
        [union(...steam), '#fbe6d6'],
      ];
    },
  },
  backup: {
    tint: ['#9fb0ff', '#5a5fd8'],
    layers: () => {
      const cloud = union(circle(24, 36, 10), circle(36, 30, 12.5), circle(44, 38, 8.5), box(18, 34, 48, 46.5, 6));
      const arrow = union(
        stroke(
          [
            [34, 43],
            [34, 31],
          ],
          4.2,
        ),
        stroke(
          [
            [28.5, 35.5],
            [34, 30],
            [39.5, 35.5],
          ],
          4.2,
        ),
      );
      return [
        [cloud, white],
        [arrow, '#5a5fd8'],
      ];
    },
  },
  maze: {
    tint: ['#5bd1a5', '#1d8a68'],
    layers: () => {
      const walls = [
        [
          [15, 23],
          [15, 15],
          [49, 15],
          [49, 49],
        ],
        [
          [15, 31],
          [15, 49],
          [41, 49],
        ],
        [
          [24, 24],
          [40, 24],
          [40, 40],
        ],
        [
          [24, 24],
          [24, 40],
          [32, 40],
        ],
        [
          [32, 32],
          [32, 32.1],
        ],
      ];
      return [[union(...walls.map((points) => stroke(points, 4.6))), white]];
    },
  },
  numbers: {
    tint: ['#ffb04f', '#e0751b'],
    layers: () => {
      const book = union(
        polygon(
          [
            [13, 19],
            [31, 22.5],
            [31, 49],
            [13, 45.5],
          ],
          2,
        ),
        polygon(
          [
            [51, 19],
            [33, 22.5],
            [33, 49],
            [51, 45.5],
          ],
          2,
        ),
      );
      const one = stroke(
        [
          [19.5, 30],
          [22.5, 28],
          [22.5, 39],
        ],
        3,
      );
      const two = stroke([...arc2(42, 31, 3.2), [38.6, 39.2], [45.6, 38]], 3);
      return [
        [book, white],
        [union(one, two), '#e0751b'],
      ];
    },
  },
};

/** The upper round of a 2. */
function arc2(cx, cy, radius) {
  return Array.from({ length: 10 }, (_, step) => {
    const angle = ((-190 + step * 24) * Math.PI) / 180;
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
  });
}
