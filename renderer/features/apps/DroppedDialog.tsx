import { useState } from 'react';
import type { DroppedItem } from '../../../shared/dropped.ts';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores, useView } from '../../stores/stores.tsx';
import { AddressWords } from './AddressWords.tsx';
import styles from './AppsScreen.module.css';

/** Asks which of the programs that were dropped to add, and says of the rest why not. */
export function DroppedDialog() {
  const dropped = useView((state) => state.dropped);
  const isOpen = useView((state) => state.dialog === 'dropped');
  return isOpen ? <Question dropped={dropped} /> : null;
}

function Question({ dropped }: { readonly dropped: readonly DroppedItem[] }) {
  const { t } = useTranslator();
  const { apps, view } = useStores();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const feeds = dropped.filter(({ address }) => address !== null);
  const refused = dropped.filter(({ problem }) => problem !== null);
  const wanted = feeds.filter(({ address }) => address !== null && !left.has(address));
  const close = () => view.set({ dialog: 'none', dropped: [] });
  const add = async () => {
    close();
    for (const { address } of wanted) await apps.add(address as InterfaceUri);
  };
  return (
    <Dialog
      title={feeds.length === 0 ? t('apps.dropped-none') : t('apps.dropped-title', { count: feeds.length })}
      icon="link"
      width="l"
      isOpen
      onClose={close}
      actions={
        feeds.length === 0 ? (
          <Button autoFocus onPress={close}>
            {t('common.close')}
          </Button>
        ) : (
          <>
            <Button autoFocus onPress={close}>
              {t('common.cancel')}
            </Button>
            <Button variant="primary" isDisabled={wanted.length === 0} onPress={() => void add()}>
              {t('apps.dropped-add', { count: wanted.length })}
            </Button>
          </>
        )
      }
    >
      {feeds.length > 0 && <p>{t('apps.dropped-text')}</p>}
      {feeds.length > 0 && (
        <ul className={styles.dropped} aria-label={t('apps.dropped-list')}>
          {feeds.map(({ address }) =>
            address === null ? null : (
              <li key={address}>
                <Checkbox
                  isChecked={!left.has(address)}
                  onChange={(isChecked) =>
                    setLeft((before) => {
                      const next = new Set(before);
                      if (isChecked) next.delete(address);
                      else next.add(address);
                      return next;
                    })
                  }
                >
                  <AddressWords address={address} />
                  {address.startsWith('/') && <span className={styles.muted}> {address}</span>}
                </Checkbox>
              </li>
            ),
          )}
        </ul>
      )}
      {refused.map(({ name, problem }, index) =>
        problem === null ? null : (
          <StatusMessage key={`${index} ${name}`} tone="warn">
            {t(`apps.dropped-${problem}`, { name })}
          </StatusMessage>
        ),
      )}
    </Dialog>
  );
}
