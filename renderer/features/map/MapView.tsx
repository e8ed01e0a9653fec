import { useEffect, useMemo, useState } from 'react';
import { formatPercent, formatSize } from '../../../shared/i18n/format.ts';
import type { InterfaceUri, MapNode, ProgramMap } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { RadioGroup } from '../../components/Choice.tsx';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableSort } from '../../components/DataTable.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { EmptyState, Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { SearchField } from '../../components/Field.tsx';
import { frame } from '../../components/frame.ts';
import { useTranslator } from '../../components/translation.tsx';
import { useCache, useMap, useSolve, useStores } from '../../stores/stores.tsx';
import { MapGraph } from './MapGraph.tsx';
import styles from './MapView.module.css';
import { drawMap, maxDrawn, reasonsFor, rowsOf, sharesOf, type MapRow } from './selectors.ts';

export interface MapViewProps {
  /** A program, or everything installed. */
  readonly of: InterfaceUri | null;
}

/** What needs what, as a drawing and, always the same, as a table; and why a component is here. */
export function MapView({ of }: MapViewProps) {
  const { t } = useTranslator();
  const { map: store } = useStores();
  const map = useMap((state) => (state.of === of ? state.map : ({ status: 'loading' } as const)));
  const stored = useCache((state) => state.listing);
  const selection = useSolve((state) => (of === null ? null : state.view));
  useEffect(() => {
    void store.open(of);
    // What is chosen or stored otherwise makes another map.
  }, [store, of, stored, selection]);
  if (map.status === 'loading') return <Skeleton shape="rows" count={6} label={t('common.loading')} />;
  if (map.status === 'failed') return <ProblemMessage error={map.error} isAlert />;
  if (map.value.nodes.length === 0) {
    return (
      <EmptyState icon="map" title={t('map.empty')}>
        {t('map.empty-text')}
      </EmptyState>
    );
  }
  return <Map map={map.value} />;
}

function Map({ map }: { readonly map: ProgramMap }) {
  const { t } = useTranslator();
  const [wanted, setWanted] = useState<'graph' | 'table'>('graph');
  const [key, setKey] = useState<string | null>(null);
  const isTooBig = map.nodes.length > maxDrawn;
  const drawing = useMemo(() => (isTooBig ? null : drawMap(map)), [map, isTooBig]);
  const chosen = map.nodes.find((node) => node.key === key) ?? null;
  const isGraph = drawing !== null && wanted === 'graph';
  return (
    <>
      <div className={styles.bar}>
        {!isTooBig && (
          <RadioGroup
            label={t('map.view')}
            value={wanted}
            direction="row"
            options={[
              { id: 'graph', label: t('map.view-graph') },
              { id: 'table', label: t('map.view-table') },
            ]}
            onChange={setWanted}
          />
        )}
        <span id="map-keys" className={styles.muted}>
          {isGraph ? t('map.keys') : ''}
        </span>
      </div>
      {isTooBig && <StatusMessage tone="info">{t('map.too-big', { count: map.nodes.length })}</StatusMessage>}
      {map.moreCount > 0 && <StatusMessage tone="warn">{t('map.more', { count: map.moreCount })}</StatusMessage>}
      {map.unknown.length > 0 && (
        <StatusMessage tone="info">
          {t('map.unknown', { count: map.unknown.length, names: map.unknown.join(', ') })}
        </StatusMessage>
      )}
      <div className={styles.body}>
        {isGraph ? (
          <MapGraph map={map} drawing={drawing} chosen={chosen?.key ?? null} onChoose={setKey} />
        ) : (
          <MapTable map={map} chosen={chosen?.key ?? null} onChoose={setKey} />
        )}
        <aside
          className={cx(frame.page, styles.side)}
          tabIndex={0}
          aria-label={chosen === null ? t('map.shares') : t('map.why-label')}
        >
          {chosen === null ? <Shares map={map} /> : <Why map={map} node={chosen} onClose={() => setKey(null)} />}
        </aside>
      </div>
    </>
  );
}

interface MapTableProps {
  readonly map: ProgramMap;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

function MapTable({ map, chosen, onChoose }: MapTableProps) {
  const intl = useTranslator();
  const { t } = intl;
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<TableSort>({ column: 'size', direction: 'descending' });
  const rows = useMemo(() => rowsOf(map), [map]);
  const shown = useMemo(
    () =>
      sorted(
        rows.filter((row) => matches(row, filter)),
        sort,
      ),
    [rows, filter, sort],
  );
  return (
    <div className={styles.tablePart}>
      <SearchField
        label={t('map.filter')}
        clearLabel={t('common.clear')}
        value={filter}
        onChange={setFilter}
        isPageSearch
      />
      <DataTable
        label={t('map.table')}
        className={cx(frame.page, styles.table)}
        rows={shown}
        keyOf={({ node }) => node.key}
        textOf={({ node }) => t('map.node', { name: node.name, version: node.version })}
        sort={sort}
        onSort={setSort}
        onAction={({ node }) => onChoose(node.key)}
        stateOf={({ node }) => (node.key === chosen ? 'inspected' : 'normal')}
        empty={t('map.none')}
        dependencies={[chosen, t]}
        columns={[
          {
            id: 'name',
            title: t('map.column-component'),
            width: '3fr',
            minWidth: 110,
            isRowHeader: true,
            canSort: true,
            cell: ({ node }) => (
              <span className={styles.cell} title={node.interface}>
                {node.name}
              </span>
            ),
          },
          {
            id: 'version',
            title: t('map.column-version'),
            width: '2fr',
            minWidth: 84,
            cell: ({ node }) => <span className={styles.cell}>{node.version}</span>,
          },
          {
            id: 'size',
            title: t('map.column-size'),
            width: 96,
            canSort: true,
            align: 'end',
            cell: ({ node }) => (node.sizeBytes === null ? '–' : formatSize(intl, node.sizeBytes)),
          },
          {
            id: 'users',
            title: t('map.column-users'),
            width: '3fr',
            minWidth: 110,
            canSort: true,
            cell: ({ usedBy }) => (
              <span className={styles.cell} title={usedBy.join(', ')}>
                {usedBy.join(', ')}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}

function Shares({ map }: { readonly map: ProgramMap }) {
  const intl = useTranslator();
  const { t } = intl;
  const shares = useMemo(() => sharesOf(map), [map]);
  const total = map.nodes.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return (
    <>
      <h2 className={styles.sideTitle}>{t('map.shares')}</h2>
      <p className={styles.muted}>
        {t('map.total', { count: map.nodes.length, size: formatSize(intl, total) })} {t('map.hint')}
      </p>
      <ul className={styles.shares}>
        {shares.map(({ name, allBytes, ownBytes }) => (
          <li key={name}>
            <span className={styles.shareName}>{name}</span>
            <span className={styles.muted}>
              {t('map.share', {
                all: formatSize(intl, allBytes),
                part: formatPercent(intl, total === 0 ? 0 : allBytes / total),
                own: formatSize(intl, ownBytes),
              })}
            </span>
            <svg className={styles.shareBar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
              <rect className={styles.shareAll} width={total === 0 ? 0 : (100 * allBytes) / total} height={4} />
              <rect className={styles.shareOwn} width={total === 0 ? 0 : (100 * ownBytes) / total} height={4} />
            </svg>
          </li>
        ))}
      </ul>
    </>
  );
}

interface WhyProps {
  readonly map: ProgramMap;
  readonly node: MapNode;
  readonly onClose: () => void;
}

function Why({ map, node, onClose }: WhyProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { cache, view } = useStores();
  const { reasons, isCut } = useMemo(() => reasonsFor(map, node.key), [map, node]);
  const { item } = node;
  const name = t('map.node', { name: node.name, version: node.version });
  return (
    <>
      <h2 className={styles.sideTitle}>{t('map.why', { name })}</h2>
      <p className={styles.muted}>
        {node.sizeBytes === null ? t(`map.kind-${node.kind}`) : formatSize(intl, node.sizeBytes)}
      </p>
      <ol className={styles.reasons} aria-label={t('map.why', { name })}>
        {reasons.map(({ program, nodes }, index) => (
          <li key={index} className="selectable">
            {[program, ...nodes.slice(1).map((each) => t('map.node', { name: each.name, version: each.version }))].join(
              t('map.arrow'),
            )}
          </li>
        ))}
      </ol>
      {isCut && <p className={styles.muted}>{t('map.cut')}</p>}
      <div className={styles.buttons}>
        {map.roots.some((root) => root.node === node.key) && (
          <Button onPress={() => view.go({ page: 'run', interface: node.interface, tab: 'run' })}>
            {t('map.open', { name: node.name })}
          </Button>
        )}
        {item !== null && (
          <Button icon="folder" onPress={() => void cache.open(item)}>
            {t('map.folder')}
          </Button>
        )}
        <Button onPress={onClose}>{t('common.close')}</Button>
      </div>
    </>
  );
}

function matches({ node, usedBy }: MapRow, filter: string): boolean {
  const text = filter.trim().toLowerCase();
  return [node.name, node.version, node.digest ?? '', ...usedBy].some((word) => word.toLowerCase().includes(text));
}

function sorted(rows: readonly MapRow[], { column, direction }: TableSort): readonly MapRow[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const compare = (one: MapRow, other: MapRow): number => {
    if (column === 'name') return one.node.name.localeCompare(other.node.name);
    if (column === 'users') return one.usedBy.length - other.usedBy.length;
    return (one.node.sizeBytes ?? -1) - (other.node.sizeBytes ?? -1);
  };
  return [...rows].sort((one, other) => sign * compare(one, other));
}
