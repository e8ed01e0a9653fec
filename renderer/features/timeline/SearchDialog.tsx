import { useState } from 'react';
import type { Timeline } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { StatusMessage } from '../../components/Feedback.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import styles from './TimelineScreen.module.css';
import { entryWords } from './words.ts';

export interface SearchDialogProps {
  readonly timeline: Timeline;
  readonly onClose: () => void;
}

/** Asks between which entries the program broke. */
export function SearchDialog({ timeline, onClose }: SearchDialogProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { timeline: store } = useStores();
  const { entries } = timeline;
  const options = entries.map((entry) => ({ id: String(entry.number), label: entryWords(intl, entry) }));
  const oldest = entries.findLast(({ isHere }) => isHere) ?? entries.at(-1);
  const [good, setGood] = useState(String(oldest?.number ?? ''));
  const [bad, setBad] = useState(options[0]?.id ?? '');
  const isPossible = Number(good) < Number(bad);
  return (
    <Dialog
      title={t('timeline.search')}
      icon="search"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={!isPossible}
            onPress={() => {
              store.beginSearch(Number(good), Number(bad));
              onClose();
            }}
          >
            {t('timeline.search-begin')}
          </Button>
        </>
      }
    >
      <p>{t('timeline.search-text')}</p>
      <div className={styles.fields}>
        <Select label={t('timeline.search-good')} value={good} options={options} onChange={setGood} />
        <Select label={t('timeline.search-bad')} value={bad} options={options} onChange={setBad} />
      </div>
      {!isPossible && <StatusMessage tone="warn">{t('timeline.search-order')}</StatusMessage>}
    </Dialog>
  );
}
