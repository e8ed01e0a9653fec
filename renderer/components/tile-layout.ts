import { GridLayout } from 'react-aria-components';

/** Space between tiles, CSS pixels. */
export const tileGap = 12;

/**
 * Tiles that begin and end exactly at the edges of the page. The library's layout puts a gap of its own, which depends on the
 * number of columns, around them all.
 */
export class TileLayout<T> extends GridLayout<T> {
  override update(context: Parameters<GridLayout<T>['update']>[0]): void {
    super.update(context);
    const virtualizer = this.virtualizer;
    if (virtualizer === null) return;
    const columns = this.numColumns;
    const width = (virtualizer.size.width - (columns - 1) * tileGap) / columns;
    let index = 0;
    for (const node of virtualizer.collection) {
      const info = this.getLayoutInfo(node.key);
      if (info === null) continue;
      info.rect.x = (index % columns) * (width + tileGap);
      info.rect.width = width;
      // Tiles have the height they are given: measuring each would lay the page out again and again.
      info.estimatedSize = false;
      index += 1;
    }
  }
}
