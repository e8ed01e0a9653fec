import { useEffect, useRef, type FocusEvent, type ReactNode } from 'react';
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
  const keepFocus = useFocusOfControls();
  return (
    <div onFocusCapture={keepFocus}>
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
    </div>
  );
}

/**
 * Keeps the focus on a control of a tile that something other than the Tab key or the pointer gave it to, as a screen reader
 * does: the grid would take it for somebody coming in and move it to a tile, where Enter means something else.
 */
function useFocusOfControls(): (event: FocusEvent<HTMLElement>) => void {
  const isOrdinary = useRef(false);
  useEffect(() => {
    const onBegin = (event: Event) => {
      isOrdinary.current = !(event instanceof KeyboardEvent) || event.key === 'Tab';
    };
    const onEnd = () => {
      isOrdinary.current = false;
    };
    window.addEventListener('keydown', onBegin, true);
    window.addEventListener('pointerdown', onBegin, true);
    window.addEventListener('keyup', onEnd, true);
    window.addEventListener('pointerup', onEnd, true);
    return () => {
      window.removeEventListener('keydown', onBegin, true);
      window.removeEventListener('pointerdown', onBegin, true);
      window.removeEventListener('keyup', onEnd, true);
      window.removeEventListener('pointerup', onEnd, true);
    };
  }, []);
  return (event) => {
    const row = event.target.closest('[role=row]');
    const comesFromOutside = event.relatedTarget === null || !event.currentTarget.contains(event.relatedTarget);
    if (row !== null && row !== event.target && comesFromOutside && !isOrdinary.current) event.stopPropagation();
  };
}
