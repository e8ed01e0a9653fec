import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import {
  Button as AriaButton,
  Cell,
  Collection,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
  type Key,
  type Selection,
  type SortDescriptor,
} from 'react-aria-components';
import { RowCheckbox } from './Choice.tsx';
import { cx } from './cx.ts';
import styles from './DataTable.module.css';
import { HiddenText } from './Feedback.tsx';
import { Icon } from './Icon.tsx';

/** One column: its head and how a row's cell looks. */
export interface TableColumn<T> {
  readonly id: string;
  readonly title: string;
  /** For screen readers only: a column of buttons. */
  readonly isTitleHidden?: boolean;
  /** Pixels or a share of what is left, `2fr`. */
  readonly width: number | `${number}fr`;
  readonly minWidth?: number;
  /** Its cells name the row for screen readers. */
  readonly isRowHeader?: boolean;
  readonly canSort?: boolean;
  readonly align?: 'start' | 'end';
  readonly cell: (row: T) => ReactNode;
}

export interface TableSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

export interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** What the row is called: for typing ahead and announcements. */
  readonly textOf: (row: T) => string;
  /** Makes the table a tree (`treegrid`): the rows under a row. All start open. */
  readonly childrenOf?: (row: T) => readonly T[];
  /** Column with the arrows of the tree. */
  readonly treeColumn?: string;
  readonly collapsed?: ReadonlySet<string>;
  readonly onCollapsedChange?: (collapsed: ReadonlySet<string>) => void;
  readonly expandLabel?: string;
  /** Fixed height of rows in CSS pixels, or with `isRowTall` the least one. */
  readonly rowHeight?: number;
  readonly isRowTall?: boolean;
  readonly selection?: ReadonlySet<string>;
  readonly onSelectionChange?: (keys: ReadonlySet<string>) => void;
  readonly canSelect?: (row: T) => boolean;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  /** Click or Enter on a row; with the row's element, to open something beside it. */
  readonly onAction?: (row: T, element: Element | null) => void;
  /** Right click, the menu key or Shift+F10. */
  readonly onMenu?: (row: T, element: Element | null) => void;
  /** The Delete key on a row. */
  readonly onDelete?: (row: T) => void;
  /** The row that the focus has come to, also by a click. */
  readonly onCurrent?: (key: string) => void;
  /** Marks rows for styling: `data-state` of the row. */
  readonly stateOf?: (row: T) => string;
  readonly empty?: ReactNode;
  /** What cells show besides the row itself; a change draws them anew. */
  readonly dependencies?: readonly unknown[];
  readonly className?: string;
  /** CSS pixels; without it the table takes the room there is. */
  readonly height?: number;
}

/** A table, or with `childrenOf` a tree of rows, of any length: only what is in view is drawn. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, keyOf, textOf, childrenOf, treeColumn, rowHeight = 36, isRowTall = false } = props;
  const { selection, onSelectionChange, canSelect, sort, onSort, onAction, onMenu, empty, dependencies = [] } = props;
  const wrapper = useRef<HTMLDivElement>(null);
  const byKey = indexRows(rows, keyOf, childrenOf);
  const expanded = new Set([...byKey.keys()].filter((key) => props.collapsed?.has(key) !== true));
  const elementOf = (key: string) => wrapper.current?.querySelector(`[data-row-key="${CSS.escape(key)}"]`) ?? null;

  const act = (event: MouseEvent | KeyboardEvent, action: DataTableProps<T>['onMenu']) => {
    const key = keyAt(event.target);
    const row = key === null ? undefined : byKey.get(key);
    if (action === undefined || row === undefined || key === null) return;
    event.preventDefault();
    event.stopPropagation();
    action(row, elementOf(key));
  };

  const renderRow = (row: T): React.ReactElement => (
    <Row
      id={keyOf(row)}
      textValue={textOf(row)}
      className={cx(styles.row)}
      data-row-key={keyOf(row)}
      data-state={props.stateOf?.(row)}
      dependencies={dependencies}
      isDisabled={canSelect !== undefined && !canSelect(row)}
    >
      {selection !== undefined && (
        <Cell className={cx(styles.cell, styles.boxCell)}>
          <RowCheckbox />
        </Cell>
      )}
      {columns.map((column) => (
        <Cell key={column.id} className={cx(styles.cell)} data-align={column.align}>
          {({ hasChildItems, isTreeColumn, level }) => (
            <div className={styles.content} data-indent={isTreeColumn ? Math.min(level, 12) : undefined}>
              {isTreeColumn &&
                (hasChildItems ? (
                  <AriaButton slot="chevron" className={cx(styles.chevron)}>
                    <Icon name="expand" size={14} />
                  </AriaButton>
                ) : (
                  <span className={styles.chevron} />
                ))}
              {column.cell(row)}
            </div>
          )}
        </Cell>
      ))}
      {childrenOf !== undefined && (
        <Collection
          items={childrenOf(row).map((child) => ({ id: keyOf(child), row: child }))}
          dependencies={dependencies}
        >
          {({ row: child }) => renderRow(child)}
        </Collection>
      )}
    </Row>
  );

  return (
    <div
      ref={wrapper}
      data-own-typing
      className={cx(styles.wrapper, props.className)}
      {...(props.height !== undefined && { style: { blockSize: `${props.height}px` } })}
      onContextMenu={(event) => act(event, onMenu)}
      onFocusCapture={(event) => {
        const key = keyAt(event.target);
        if (key !== null) props.onCurrent?.(key);
      }}
      onKeyDownCapture={(event) => {
        if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) act(event, onMenu);
        else if (event.key === 'Delete') act(event, props.onDelete);
      }}
    >
      <Virtualizer
        layout={TableLayout}
        // The name that is said to replace it is left out of the table's options.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        layoutOptions={{ headingHeight: 32, ...(isRowTall ? { estimatedRowHeight: rowHeight } : { rowHeight }) }}
      >
        <Table
          aria-label={label}
          className={cx(styles.table)}
          {...(treeColumn === undefined
            ? {}
            : {
                treeColumn,
                expandedKeys: expanded,
                onExpandedChange: (keys: Iterable<Key>) => {
                  const open = new Set(keys);
                  props.onCollapsedChange?.(new Set([...byKey.keys()].filter((key) => !open.has(key))));
                },
              })}
          {...(selection === undefined
            ? {}
            : {
                selectionMode: 'multiple' as const,
                selectedKeys: selection,
                disabledBehavior: 'selection' as const,
                onSelectionChange: (keys: Selection) => {
                  const all = () => [...byKey].filter(([, row]) => canSelect?.(row) !== false).map(([key]) => key);
                  onSelectionChange?.(new Set(keys === 'all' ? all() : [...keys].map(String)));
                },
              })}
          {...(sort === undefined
            ? {}
            : {
                sortDescriptor: { column: sort.column, direction: sort.direction },
                onSortChange: ({ column, direction }: SortDescriptor) =>
                  onSort?.({ column: String(column), direction }),
              })}
          {...(onAction === undefined
            ? {}
            : {
                onRowAction: (key: Key) => {
                  const row = byKey.get(String(key));
                  if (row !== undefined) onAction(row, elementOf(String(key)));
                },
              })}
        >
          <TableHeader className={cx(styles.head)}>
            {selection !== undefined && (
              <Column width={44} minWidth={44} className={cx(styles.column, styles.boxCell)}>
                <RowCheckbox />
              </Column>
            )}
            {columns.map((column) => (
              <Column
                key={column.id}
                id={column.id}
                width={column.width}
                minWidth={column.minWidth ?? (typeof column.width === 'number' ? column.width : null)}
                isRowHeader={column.isRowHeader === true}
                allowsSorting={column.canSort === true}
                textValue={column.title}
                className={cx(styles.column)}
                data-align={column.align}
              >
                {({ sortDirection }) => (
                  <span className={styles.title}>
                    {column.isTitleHidden === true ? <HiddenText>{column.title}</HiddenText> : column.title}
                    {sortDirection !== undefined && <Icon name={sortDirection} size={12} />}
                  </span>
                )}
              </Column>
            ))}
          </TableHeader>
          <TableBody
            items={rows.map((row) => ({ id: keyOf(row), row }))}
            dependencies={dependencies}
            renderEmptyState={() => <div className={styles.empty}>{empty}</div>}
          >
            {({ row }) => renderRow(row)}
          </TableBody>
        </Table>
      </Virtualizer>
    </div>
  );
}

/** Key of the row that something in the table belongs to. */
function keyAt(target: EventTarget): string | null {
  return (target as Element).closest('[data-row-key]')?.getAttribute('data-row-key') ?? null;
}

function indexRows<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  childrenOf: ((row: T) => readonly T[]) | undefined,
): ReadonlyMap<string, T> {
  const index = new Map<string, T>();
  const visit = (row: T): void => {
    index.set(keyOf(row), row);
    for (const child of childrenOf?.(row) ?? []) visit(child);
  };
  for (const row of rows) visit(row);
  return index;
}
