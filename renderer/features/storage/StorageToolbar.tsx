import { formatSize } from '../../../shared/i18n/format.ts';
import type { CacheItem } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { SearchField } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { canDelete, canVerify, storageParts, type StoragePart } from './selectors.ts';
import styles from './StorageToolbar.module.css';
import { useFreed } from './use-freed.ts';

export interface StorageToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly part: StoragePart;
  readonly onPart: (part: StoragePart) => void;
  readonly isGrouped: boolean;
  readonly onGrouped: (isGrouped: boolean) => void;
  /** Items that the filter leaves, of `count`. */
  readonly shown: readonly CacheItem[];
  readonly count: number;
  readonly chosen: readonly CacheItem[];
  /** Work on the storage is going on: nothing more is begun. */
  readonly isBusy: boolean;
  readonly onVerify: (items: readonly CacheItem[]) => void;
  readonly onDelete: (items: readonly CacheItem[]) => void;
}

/** Narrows the list, and acts on what is selected. */
export function StorageToolbar(props: StorageToolbarProps) {
  const { shown, count, chosen, isBusy, onVerify, onDelete } = props;
  const intl = useTranslator();
  const { t } = intl;
  const freed = formatSize(intl, useFreed(chosen.filter(canDelete), 150));
  const target = chosen.length > 0 ? chosen : shown;
  return (
    <div className={styles.toolbar} role="group" aria-label={t('storage.toolbar')}>
      <SearchField
        label={t('storage.filter')}
        clearLabel={t('common.clear')}
        value={props.search}
        onChange={props.onSearch}
        isPageSearch
        className={styles.filter ?? ''}
      />
      <Select
        label={t('storage.show')}
        isLabelHidden
        value={props.part}
        options={storageParts.map((id) => ({ id, label: t(`storage.show-${id}`) }))}
        onChange={props.onPart}
        className={styles.part ?? ''}
      />
      <Checkbox isChecked={props.isGrouped} onChange={props.onGrouped}>
        {t('storage.group')}
      </Checkbox>
      <span className={styles.picked} role="status">
        {chosen.length > 0
          ? t('storage.picked', { count: chosen.length, size: freed })
          : shown.length < count
            ? t('storage.shown', { shown: shown.length, count })
            : t('storage.none-picked')}
      </span>
      <Button isDisabled={isBusy || !target.some(canVerify)} icon="shield-ok" onPress={() => onVerify(target)}>
        {chosen.length > 0 ? t('storage.verify') : t('storage.verify-all')}
      </Button>
      <Button isDisabled={isBusy || !chosen.some(canDelete)} icon="delete" onPress={() => onDelete(chosen)}>
        {t('storage.delete')}
      </Button>
    </div>
  );
}
