import type { ReactNode } from 'react';
import { GridList, GridListItem, Size, Virtualizer } from 'react-aria-components';
import { cx } from './cx.ts';
import { TileLayout, tileGap } from './tile-layout.ts';
import styles from './TileGrid.module.css';

export interface TileGridProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly textOf: (item: T) => string;
  readonly children: (item: T) => ReactNode;
  /** Click beside the controls of a tile, or Enter on it. */
  readonly onAction: (item: T) => void;
  /** Least width and height of a tile, CSS pixels. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** What tiles show besides the item itself; a change draws them anew. */
  readonly dependencies?: readonly unknown[];
}

/** Tiles in as many columns as fit. Arrow keys walk between them, Tab goes into one; only those in view are drawn. */
export function TileGrid<T>(props: TileGridProps<T>) {
  const { label, items, keyOf, textOf, children, onAction, tileWidth, tileHeight, dependencies = [] } = props;
  return (
    <Virtualizer
      layout={TileLayout}
      layoutOptions={{
        minItemSize: new Size(tileWidth, tileHeight),
        maxItemSize: new Size(Infinity, tileHeight),
        minSpace: new Size(tileGap, tileGap),
      }}
    >
      <GridList
        aria-label={label}
        layout="grid"
        keyboardNavigationBehavior="tab"
        disallowTypeAhead
        className={cx(styles.grid)}
        items={items.map((item) => ({ id: keyOf(item), item }))}
        dependencies={dependencies}
        onAction={(key) => {
          const item = items.find((one) => keyOf(one) === key);
          if (item !== undefined) onAction(item);
        }}
      >
        {({ id, item }) => (
          <GridListItem id={id} textValue={textOf(item)} className={cx(styles.item)}>
            {children(item)}
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}
