import { useCallback, useEffect, useMemo, useRef, useState, type FocusEvent, type ReactNode } from 'react';
import { GridList, GridListItem, Size, Virtualizer } from 'react-aria-components';
import { cx } from './cx.ts';
import { TileLayout, tileGap } from './tile-layout.ts';
import styles from './TileGrid.module.css';

export interface TileGridProps<T extends object> {
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

interface Row<T> {
  readonly id: string;
  readonly item: T;
}

/** Tiles in as many columns as fit. Arrow keys walk between them, Tab goes into one; only those in view are drawn. */
export function TileGrid<T extends object>(props: TileGridProps<T>) {
  const { label, items, keyOf, textOf, children, onAction, tileWidth, tileHeight, dependencies = [] } = props;
  const keepFocus = useFocusOfControls();
  const { shown, end } = useGrowing(items);
  // The library draws again only rows that are other objects than before; thousands stay when the search is narrowed.
  const [known] = useState(() => new WeakMap<T, Row<T>>());
  const rows = useMemo(
    () =>
      shown.map((item) => {
        const row = known.get(item) ?? { id: keyOf(item), item };
        known.set(item, row);
        return row;
      }),
    // Keys are of the items alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shown, known],
  );
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
          items={rows}
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
      {end}
    </div>
  );
}

/** So many tiles fill a large screen several times. */
const chunk = 240;

/**
 * The first of many items, and more of them when the end comes near: what is typed in a search would otherwise wait for
 * thousands that nobody sees.
 *
 * @returns `end` is to stand behind the items
 */
function useGrowing<T>(items: readonly T[]): { readonly shown: readonly T[]; readonly end: ReactNode } {
  const [count, setCount] = useState(chunk);
  const [first, setFirst] = useState(items[0]);
  if (first !== items[0]) {
    setFirst(items[0]);
    setCount(chunk);
  }
  const watch = useCallback((mark: HTMLElement | null) => {
    if (mark === null || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) setCount((now) => 2 * now);
      },
      { rootMargin: '1500px' },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, []);
  return {
    shown: useMemo(() => items.slice(0, count), [items, count]),
    // Another mark each time: one that stays in view would not be told of again.
    end: count < items.length && <div key={count} ref={watch} aria-hidden />,
  };
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
