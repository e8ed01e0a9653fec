import { useMemo, useState } from 'react';
import type { ComponentRow, SolveView } from '../../../shared/model/index.ts';
import { AppIcon } from '../../components/AppIcon.tsx';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { FetchCell } from '../../components/domain/FetchCell.tsx';
import { stabilityWord } from '../../components/domain/words.ts';
import { Badge, HiddenText } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './ComponentTree.module.css';
import { keyOfComponent, toTree, type ComponentNode } from './selectors.ts';

export interface ComponentTreeProps {
  readonly solve: SolveView;
  /** Picture of the program itself. */
  readonly icon: string | null;
  /** Key of the component whose panel is open. */
  readonly inspected: string | null;
  /** The panel takes half of the room. */
  readonly isCompact: boolean;
  readonly hasDescription: boolean;
  /** The page around it scrolls: all rows are in view then, up to a number. */
  readonly isWhole: boolean;
  readonly onInspect: (row: ComponentRow) => void;
}

/** With the border of the table. */
const headHeight = 34;
const rowHeight = 44;
const maxWholeRows = 30;

/** The program and all that it needs: which version, where from, how far. */
export function ComponentTree(props: ComponentTreeProps) {
  const { solve, icon, inspected, isCompact, hasDescription, isWhole, onInspect } = props;
  const { t } = useTranslator();
  const tree = useMemo(() => toTree(solve.components), [solve.components]);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const columns: readonly TableColumn<ComponentNode>[] = [
    {
      id: 'component',
      title: t('run.column-component'),
      width: '3fr',
      minWidth: 120,
      isRowHeader: true,
      cell: ({ row }) => (
        <NameCell row={row} icon={icon} isInspected={keyOfComponent(row) === inspected} isCompact={isCompact} />
      ),
    },
    {
      id: 'version',
      title: t('run.column-version'),
      width: '2fr',
      minWidth: isCompact ? 84 : 104,
      cell: ({ row }) => <VersionCell row={row} isCompact={isCompact} />,
    },
    {
      id: 'fetch',
      title: t('run.column-fetch'),
      width: isCompact ? '2fr' : '3fr',
      minWidth: isCompact ? 104 : 190,
      cell: ({ row }) => <FetchCell name={row.name} fetch={row.fetch} progress={row.progress} isCompact={isCompact} />,
    },
    ...(!hasDescription
      ? []
      : [
          {
            id: 'description',
            title: t('run.column-description'),
            width: '4fr' as const,
            minWidth: 120,
            cell: ({ row }: ComponentNode) => (
              <span className={styles.summary} title={row.summary}>
                {row.summary}
              </span>
            ),
          },
        ]),
  ];
  return (
    <DataTable
      label={t('run.tree', { name: solve.name })}
      columns={columns}
      rows={tree}
      keyOf={({ key }) => key}
      textOf={({ row }) => row.name}
      childrenOf={({ children }) => children}
      treeColumn="component"
      collapsed={collapsed}
      onCollapsedChange={setCollapsed}
      rowHeight={rowHeight}
      onAction={({ row }) => onInspect(row)}
      onMenu={({ row }) => onInspect(row)}
      stateOf={({ row }) =>
        row.version === null ? 'problem' : keyOfComponent(row) === inspected ? 'inspected' : 'normal'
      }
      className={cx(styles.tree, (isWhole || solve.components.length <= 2) && styles.short)}
      {...(isWhole && { height: headHeight + rowHeight * Math.min(countRows(tree, collapsed), maxWholeRows) })}
      dependencies={[icon, inspected, isCompact, hasDescription, t]}
    />
  );
}

function countRows(nodes: readonly ComponentNode[], collapsed: ReadonlySet<string>): number {
  return nodes.reduce(
    (sum, { key, children }) => sum + 1 + (collapsed.has(key) ? 0 : countRows(children, collapsed)),
    0,
  );
}

interface NameCellProps {
  readonly row: ComponentRow;
  readonly icon: string | null;
  readonly isInspected: boolean;
  readonly isCompact: boolean;
}

function NameCell({ row, icon, isInspected, isCompact }: NameCellProps) {
  const { t } = useTranslator();
  return (
    <span className={styles.name} title={`${row.name}\n${row.interface}`}>
      {!isCompact && <AppIcon src={row.depth === 0 ? icon : null} name={row.name} size={20} />}
      <span className={cx(styles.nameText, row.depth === 0 && styles.root)}>{row.name}</span>
      {row.isSource && <Badge>{t('run.source')}</Badge>}
      {isInspected && <HiddenText>{t('run.inspected')}</HiddenText>}
    </span>
  );
}

function VersionCell({ row, isCompact }: { readonly row: ComponentRow; readonly isCompact: boolean }) {
  const intl = useTranslator();
  const { t } = intl;
  if (row.version === null) {
    return (
      <Badge tone="danger" icon="warning">
        {t('run.problem')}
      </Badge>
    );
  }
  const stability = row.userRating ?? row.stability;
  const isBad = stability === 'insecure' || stability === 'buggy';
  const isNotable = isBad || (stability !== null && stability !== 'stable' && !isCompact);
  return (
    <span className={styles.version} title={stability === null ? '' : stabilityWord(intl, stability)}>
      <span className={styles.number}>{row.version}</span>
      {row.previousVersion !== null && (
        <span className={styles.was}>{t('run.was', { version: row.previousVersion })}</span>
      )}
      {isNotable && <Badge tone={isBad ? 'danger' : 'neutral'}>{stabilityWord(intl, stability)}</Badge>}
    </span>
  );
}
