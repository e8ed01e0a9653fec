import type { Rectangle } from 'electron';

/** The least a window may measure. */
export const minWidth = 480;
export const minHeight = 360;
const most = 10_000;

/** Where a window was. */
export interface Bounds extends Rectangle {
  readonly isMaximized: boolean;
}

/**
 * Reads where the window was. Without a library, since they take long to load.
 *
 * @param areas what windows can be seen in
 * @returns null if that is not said, or nobody would see it there
 */
export function readBounds(saved: unknown, areas: readonly Rectangle[]): Bounds | null {
  const { x, y, width, height, isMaximized } = (saved ?? {}) as Partial<Record<keyof Bounds, unknown>>;
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height) || typeof isMaximized !== 'boolean')
    return null;
  if (width < minWidth || width > most || height < minHeight || height > most) return null;
  const bounds = { x, y, width, height, isMaximized };
  return areas.some((area) => overlaps(bounds, area)) ? bounds : null;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function overlaps(bounds: Rectangle, area: Rectangle): boolean {
  const right = Math.min(bounds.x + bounds.width, area.x + area.width);
  const bottom = Math.min(bounds.y + bounds.height, area.y + area.height);
  return right - Math.max(bounds.x, area.x) > 100 && bottom - Math.max(bounds.y, area.y) > 50;
}
