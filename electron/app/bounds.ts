import { screen, type Rectangle } from 'electron';

/** The least a window may measure. */
export const minWidth = 480;
export const minHeight = 360;
const most = 10_000;

/** Where a window was. */
export interface Bounds extends Rectangle {
  readonly isMaximized: boolean;
}

/** Reads where the window was; null if that is not said, or nobody would see it there. Without a library, since they take long to load. */
export function readBounds(saved: unknown): Bounds | null {
  const { x, y, width, height, isMaximized } = (saved ?? {}) as Partial<Record<keyof Bounds, unknown>>;
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height) || typeof isMaximized !== 'boolean')
    return null;
  if (width < minWidth || width > most || height < minHeight || height > most) return null;
  const bounds = { x, y, width, height, isMaximized };
  return isVisible(bounds) ? bounds : null;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isVisible(bounds: Bounds): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const right = Math.min(bounds.x + bounds.width, workArea.x + workArea.width);
    const bottom = Math.min(bounds.y + bounds.height, workArea.y + workArea.height);
    return right - Math.max(bounds.x, workArea.x) > 100 && bottom - Math.max(bounds.y, workArea.y) > 50;
  });
}
