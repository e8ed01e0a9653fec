import { useRef, useState } from 'react';
import { formatDay } from '../../../shared/i18n/format.ts';
import type { Stability, VersionList, VersionRow } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { DraftBar } from '../../components/domain/DraftBar.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { fetchSentence, fetchWord, stabilityWord } from '../../components/domain/words.ts';
import { Badge, HiddenText, Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { PopupMenu } from '../../components/Menu.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import type { ComponentRef } from '../../stores/solve-store.ts';
import { useIsApp, useSolve, useStores } from '../../stores/stores.tsx';
import { draftSummary, withDraft } from '../../stores/draft.ts';
import { CompareFilesDialog } from './CompareFilesDialog.tsx';
import {
  countUsable,
  keyOfVersion,
  liftsInsecure,
  orderVersions,
  prefersLowerRow,
  ratingChoices,
  type RatingChange,
  type VersionOrder,
} from './selectors.ts';
import { RangeField } from './RangeField.tsx';
import styles from './VersionsTab.module.css';
import { WhyDialog } from './WhyDialog.tsx';

/** All versions of a component: best first, what is used, what cannot be and why, and the person's ratings. */
export function VersionsTab({ component }: { readonly component: ComponentRef }) {
  const { t } = useTranslator();
  const { solve } = useStores();
  const versions = useSolve((state) => state.versions);
  const draft = useSolve((state) => state.draft);
  const outcome = useSolve((state) => state.outcome);
  const isApp = useIsApp(component.root);
  const [order, setOrder] = useState<VersionOrder>('policy');
  if (versions.status === 'loading') {
    return (
      <div className={styles.padded}>
        <Skeleton shape="rows" count={6} label={t('common.loading')} />
      </div>
    );
  }
  if (versions.status === 'failed') {
    return (
      <div className={styles.padded}>
        <ProblemMessage
          error={versions.error}
          actions={<Button onPress={() => void solve.inspect(component)}>{t('common.retry')}</Button>}
        />
      </div>
    );
  }
  const list = withDraft(versions.value, component.interface, draft);
  const fallback = list.helpWithTesting ? t('stability.testing') : t('stability.stable');
  return (
    <>
      <div className={styles.toolbar}>
        <Select
          label={t('panel.policy')}
          value={list.policy ?? 'default'}
          options={[
            { id: 'default', label: t('panel.policy-default', { stability: fallback }) },
            { id: 'stable', label: t('stability.stable') },
            { id: 'testing', label: t('stability.testing') },
            { id: 'developer', label: t('stability.developer') },
            { id: 'packaged', label: t('panel.policy-packaged') },
          ]}
          onChange={(id) => void solve.setPolicy(component.interface, id === 'default' ? null : id)}
        />
        <Select
          label={t('panel.order')}
          value={order}
          options={[
            { id: 'policy', label: t('panel.order-policy') },
            { id: 'version', label: t('panel.order-version') },
          ]}
          onChange={setOrder}
        />
        <Checkbox isChecked={draft !== null} onChange={solve.setTrying}>
          {t('draft.try')}
        </Checkbox>
        <span className={styles.count} role="status">
          {t('panel.usable', { usable: countUsable(list), total: list.rows.length })}
        </span>
      </div>
      {draft !== null && (
        <div className={styles.hint}>
          <DraftBar
            {...draftSummary(draft, outcome, isApp)}
            onDiscard={() => solve.setTrying(false)}
            onApply={() => void solve.applyDraft()}
          />
        </div>
      )}
      {draft !== null && <RangeField key={component.interface} list={versions.value} draft={draft} />}
      {draft === null && list.restriction !== null && (
        <p className={styles.footer}>{t('range.now', { expression: list.restriction })}</p>
      )}
      <VersionTable component={component} list={list} order={order} />
    </>
  );
}

interface VersionTableProps {
  readonly component: ComponentRef;
  readonly list: VersionList;
  readonly order: VersionOrder;
}

function VersionTable({ component, list, order }: VersionTableProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { solve } = useStores();
  const isTrying = useSolve((state) => state.draft !== null);
  const anchor = useRef<Element | null>(null);
  const [menuRow, setMenuRow] = useState<VersionRow | null>(null);
  const [confirm, setConfirm] = useState<RatingChange | null>(null);
  const [hint, setHint] = useState<RatingChange | null>(null);
  const [compared, setCompared] = useState<VersionRow | null>(null);
  const [asked, setAsked] = useState<VersionRow | null>(null);

  const apply = (change: RatingChange) => {
    // What is only tried out says itself what it would do.
    setHint(!isTrying && prefersLowerRow(list, change) ? change : null);
    void solve.rate(change.row, change.rating);
  };
  const choose = (change: RatingChange) => {
    if (liftsInsecure(change)) setConfirm(change);
    else apply(change);
  };
  const openMenu = (row: VersionRow, element: Element | null) => {
    anchor.current = element?.querySelector('[data-rating]') ?? element;
    setMenuRow(row);
  };

  return (
    <>
      {hint !== null && (
        <div className={styles.hint}>
          <StatusMessage tone="info" actions={<Button onPress={() => setHint(null)}>{t('panel.hint-close')}</Button>}>
            {t('panel.hint-preferred', { version: hint.row.version })}
          </StatusMessage>
        </div>
      )}
      <DataTable
        label={t('panel.versions-of', { name: list.name })}
        // A column of dashes alone says nothing and takes the room of the notes.
        columns={columnsFor(intl).filter(({ id }) => id !== 'lang' || list.rows.some((row) => row.langs !== null))}
        rows={orderVersions(list.rows, order)}
        keyOf={keyOfVersion}
        textOf={(row) => row.version}
        rowHeight={34}
        isRowTall
        stateOf={(row) => (row.isSelected ? 'selected' : row.reason === null ? 'usable' : 'unusable')}
        onAction={openMenu}
        onMenu={openMenu}
        empty={t('panel.no-versions')}
        className={styles.table ?? ''}
        dependencies={[t]}
      />
      <p className={styles.footer}>{t('panel.rating-help')}</p>
      {menuRow !== null && (
        <PopupMenu
          anchor={anchor}
          isOpen
          onClose={() => setMenuRow(null)}
          label={t('panel.rating-of', { version: menuRow.version })}
          heading={t('panel.rating-of', { version: menuRow.version })}
          entries={[
            {
              id: 'unset',
              label: t('panel.rating-unset'),
              description: t('panel.rating-unset-long', { stability: stabilityWord(intl, menuRow.stability) }),
              isChosen: menuRow.userRating === null,
            },
            ...ratingChoices.map((rating, index) => ({
              id: rating,
              label: t(`rating.${rating}`),
              isChosen: menuRow.userRating === rating,
              startsGroup: index === 0,
            })),
          ]}
          actions={[
            { id: 'why', label: t('why.ask'), icon: 'info' },
            { id: 'compare', label: t('files.compare-with'), icon: 'compare' },
            ...(menuRow.fetch.kind === 'cached' || menuRow.fetch.kind === 'local'
              ? [{ id: 'files', label: t('storage.open'), icon: 'folder' as const }]
              : []),
          ]}
          onChoose={(id) => {
            if (id === 'why') setAsked(menuRow);
            else if (id === 'compare') setCompared(menuRow);
            else if (id === 'files') void solve.openFiles(menuRow);
            else choose({ row: menuRow, rating: id === 'unset' ? null : (id as Stability) });
          }}
        />
      )}
      {compared !== null && <CompareFilesDialog list={list} first={compared} onClose={() => setCompared(null)} />}
      {asked !== null && (
        <WhyDialog component={component} name={list.name} row={asked} onClose={() => setAsked(null)} />
      )}
      <ConfirmDialog
        title={t('panel.insecure-title', { name: list.name, version: confirm?.row.version ?? '' })}
        action={t('panel.insecure-action')}
        cancel={t('panel.insecure-cancel')}
        isDanger
        isOpen={confirm !== null}
        onClose={() => setConfirm(null)}
        onConfirm={() => {
          if (confirm !== null) apply(confirm);
        }}
      >
        {t('panel.insecure-text')}
      </ConfirmDialog>
    </>
  );
}

function columnsFor(intl: ReturnType<typeof useTranslator>): readonly TableColumn<VersionRow>[] {
  const { t } = intl;
  const struck = (row: VersionRow) => cx(styles.value, row.reason !== null && styles.struck);
  return [
    {
      id: 'version',
      title: t('panel.column-version'),
      width: 80,
      isRowHeader: true,
      cell: (row) => (
        <span className={cx(styles.version)}>
          <span className={styles.dot} data-selected={row.isSelected} aria-hidden />
          <span className={struck(row)} title={row.version}>
            {row.version}
          </span>
        </span>
      ),
    },
    {
      id: 'released',
      title: t('panel.column-released'),
      width: 102,
      cell: (row) => (
        <span className={styles.value}>{row.released === null ? '–' : formatDay(intl, row.released)}</span>
      ),
    },
    { id: 'stability', title: t('panel.column-stability'), width: 104, cell: (row) => <RatingCell row={row} /> },
    {
      id: 'fetch',
      title: t('panel.column-fetch'),
      width: 64,
      cell: (row) => (
        <span className={struck(row)} title={fetchSentence(intl, row.fetch)}>
          {fetchWord(intl, row.fetch)}
        </span>
      ),
    },
    {
      id: 'arch',
      title: t('panel.column-arch'),
      width: '2fr',
      minWidth: 86,
      cell: (row) => (
        <span className={struck(row)} title={row.arch ?? ''}>
          {row.arch ?? t('panel.any')}
        </span>
      ),
    },
    {
      id: 'lang',
      title: t('panel.column-lang'),
      width: 44,
      cell: (row) => (
        <span className={styles.value} title={row.langs ?? ''}>
          {row.langs ?? '–'}
        </span>
      ),
    },
    {
      id: 'notes',
      title: t('panel.column-notes'),
      width: '3fr',
      minWidth: 118,
      cell: (row) => <NotesCell row={row} />,
    },
  ];
}

function RatingCell({ row }: { readonly row: VersionRow }) {
  const intl = useTranslator();
  const { t } = intl;
  const stability = row.userRating ?? row.stability;
  const word = stabilityWord(intl, stability);
  return (
    <span className={styles.rating} data-rating data-stability={stability}>
      {row.userRating === null ? (
        <span className={styles.value}>{word}</span>
      ) : (
        <>
          <span className={cx(styles.value, styles.own)} aria-hidden>
            {word.toLocaleUpperCase(intl.locale)}
          </span>
          <HiddenText>{t('panel.rated-by-you', { stability: word })}</HiddenText>
        </>
      )}
      <Icon name="open" size={12} className={cx(styles.arrow)} />
    </span>
  );
}

function NotesCell({ row }: { readonly row: VersionRow }) {
  const { t } = useTranslator();
  return (
    <span className={styles.notes}>
      {row.isSelected && <Badge tone="accent">{t('panel.in-use')}</Badge>}
      {row.userRating !== null && <span className={styles.muted}>{t('panel.rated-by-you-short')}</span>}
      {row.reason !== null && (
        <>
          <HiddenText>{t('panel.unusable')}</HiddenText>
          <span className={styles.reason} title={row.reason}>
            {row.reason}
          </span>
        </>
      )}
    </span>
  );
}
