import type { WebContents } from 'electron';

const least = -3;
const most = 5;

/** Makes a page larger or smaller, by a fifth a step, from half to more than double. */
export function zoomPage(
  contents: Pick<WebContents, 'getZoomLevel' | 'setZoomLevel'>,
  to: 'in' | 'out' | 'reset',
): void {
  const level = contents.getZoomLevel();
  const next = to === 'reset' ? 0 : to === 'in' ? level + 1 : level - 1;
  contents.setZoomLevel(Math.max(least, Math.min(most, next)));
}
