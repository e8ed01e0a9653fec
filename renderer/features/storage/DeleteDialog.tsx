import { formatSize } from '../../../shared/i18n/format.ts';
import type { CacheItem } from '../../../shared/model/index.ts';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { affectedPrograms, canDelete, recentPrograms } from './selectors.ts';
import styles from './DeleteDialog.module.css';
import { useFreed } from './use-freed.ts';
import { itemName } from './words.ts';

export interface DeleteDialogProps {
  /** What was asked for; what cannot be deleted stays, and that is said. Null while nothing was. */
  readonly items: readonly CacheItem[] | null;
  /** Everything there is. */
  readonly isAll: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (items: readonly CacheItem[]) => void;
}

/** More names than this say nothing any more. */
const namedCount = 8;

/** Asks before items are deleted: what goes, how much that frees, and who will have to download again. */
export function DeleteDialog({ items, isAll, onClose, onConfirm }: DeleteDialogProps) {
  const intl = useTranslator();
  const { t } = intl;
  const doomed = (items ?? []).filter(canDelete);
  const staying = (items ?? []).length - doomed.length;
  const size = formatSize(intl, useFreed(doomed));
  const programs = affectedPrograms(doomed);
  const recent = recentPrograms(doomed);
  const count = doomed.length;
  return (
    <ConfirmDialog
      title={isAll ? t('storage.clear-title', { size }) : t('storage.delete-title', { count, size })}
      action={t('storage.delete-action', { count })}
      cancel={t('common.cancel')}
      isDanger
      isOpen={items !== null}
      onClose={onClose}
      onConfirm={() => onConfirm(doomed)}
    >
      {!isAll && (
        <ul className={styles.names}>
          {doomed.slice(0, namedCount).map((item) => (
            <li key={item.id}>{itemName(item)}</li>
          ))}
          {count > namedCount && <li>{t('storage.delete-more', { count: count - namedCount })}</li>}
        </ul>
      )}
      <p>
        {programs.length > 0 && t('storage.delete-needed', { programs: intl.list(programs) })}
        {programs.length === 0 && recent.length > 0 && t('storage.delete-recent', { programs: intl.list(recent) })}
        {programs.length === 0 && recent.length === 0 && t('storage.delete-unneeded')}
      </p>
      {staying > 0 && <p>{t('storage.delete-staying', { count: staying })}</p>}
      <p className={styles.muted}>{t('storage.delete-keeps')}</p>
    </ConfirmDialog>
  );
}
