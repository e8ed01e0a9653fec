import type { KeyboardEvent, ReactNode } from 'react';
import { Button as AriaButton, DropIndicator, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';
import styles from './OrderedList.module.css';

export interface OrderedListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly textOf: (item: T) => string;
  /** Of the handle that is dragged, or takes Enter to move by keyboard. */
  readonly handleLabel: (item: T) => string;
  /** Puts an item before another one; null: after all others. */
  readonly onMove: (key: string, before: string | null) => void;
  readonly children: (item: T) => ReactNode;
}

/**
 * A list whose order a person decides: by dragging, by Alt+Up and Alt+Down, or with the handle by keyboard. Arrow keys walk
 * between its rows, Tab goes into one.
 */
export function OrderedList<T>(props: OrderedListProps<T>) {
  const { label, items, keyOf, textOf, handleLabel, onMove, children } = props;
  const keys = items.map(keyOf);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (dragged) => [...dragged].map((key) => ({ 'text/plain': String(key) })),
    getAllowedDropOperations: () => ['move'],
    renderDropIndicator: (target) => <DropIndicator target={target} className={cx(styles.indicator)} />,
    onReorder: ({ keys: dragged, target }) => {
      const [key] = [...dragged].map(String);
      const at = keys.indexOf(String(target.key)) + (target.dropPosition === 'after' ? 1 : 0);
      const before = keys.slice(at).find((each) => each !== key) ?? null;
      if (key !== undefined) onMove(key, before);
    },
  });

  const moveByKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const key = (event.target as Element).closest('[role=row]')?.getAttribute('data-key') ?? '';
    const target = moveTarget(keys, key, event.key === 'ArrowUp' ? 'up' : 'down');
    // Otherwise the arrow would walk on.
    event.preventDefault();
    event.stopPropagation();
    if (target !== undefined) onMove(key, target);
  };

  return (
    <div onKeyDownCapture={moveByKey} className={styles.frame}>
      <GridList
        aria-label={label}
        keyboardNavigationBehavior="tab"
        disallowTypeAhead
        className={cx(styles.list)}
        items={items.map((item) => ({ id: keyOf(item), item }))}
        dragAndDropHooks={dragAndDropHooks}
      >
        {({ id, item }) => (
          <GridListItem id={id} textValue={textOf(item)} className={cx(styles.item)}>
            <AriaButton slot="drag" aria-label={handleLabel(item)} className={cx(styles.handle)}>
              <Icon name="grip" size={14} />
            </AriaButton>
            <div className={styles.content}>{children(item)}</div>
          </GridListItem>
        )}
      </GridList>
    </div>
  );
}

/** Where one may be moved. */
export type Direction = 'first' | 'up' | 'down' | 'last';

/**
 * Before which row one comes that is moved.
 *
 * @returns null: after all others; undefined: it is there already, or there is no such row
 */
export function moveTarget(keys: readonly string[], key: string, direction: Direction): string | null | undefined {
  const at = keys.indexOf(key);
  const isAtEnd = at === keys.length - 1;
  if (at < 0) return undefined;
  switch (direction) {
    case 'first':
      return at === 0 ? undefined : keys[0];
    case 'up':
      return at === 0 ? undefined : keys[at - 1];
    case 'down':
      return isAtEnd ? undefined : (keys[at + 2] ?? null);
    case 'last':
      return isAtEnd ? undefined : null;
  }
}
