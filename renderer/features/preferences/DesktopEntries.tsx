import { useEffect, useState } from 'react';
import type { DesktopEntry } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Row, Rows } from '../../components/Rows.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useDesktop, useStores } from '../../stores/stores.tsx';
import styles from './PreferencesScreen.module.css';

const icons: Readonly<Record<DesktopEntry['kind'], IconName>> = {
  menu: 'apps',
  autostart: 'play',
  'file-types': 'link',
  alias: 'terminal',
};

/** Everything that makes programs appear outside of our window, each with its undo. */
export function DesktopEntries() {
  const { t } = useTranslator();
  const { desktop } = useStores();
  const all = useDesktop((state) => state.all);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    void desktop.refresh();
  }, [desktop]);
  const removable = all.status === 'ready' ? all.value.filter(({ isRemovable }) => isRemovable) : [];
  return (
    <section className={styles.group} aria-label={t('desktop.title')}>
      <h2 className={styles.groupTitle}>{t('desktop.title')}</h2>
      <div className={styles.groupBody}>
        <p className={styles.description}>{t('desktop.text')}</p>
        {all.status === 'loading' && <Skeleton shape="text" count={2} label={t('common.loading')} />}
        {all.status === 'failed' && <ProblemMessage error={all.error} />}
        {all.status === 'ready' && all.value.length === 0 && <p>{t('desktop.none')}</p>}
        {all.status === 'ready' && all.value.length > 0 && (
          <Rows within="group" label={t('desktop.list')} isLimited>
            {all.value.map((entry) => (
              <Entry key={entry.id} entry={entry} onUndo={() => void desktop.undo([entry.id])} />
            ))}
          </Rows>
        )}
        {removable.length > 1 && (
          <div className={styles.buttons}>
            <Button onPress={() => setAsking(true)}>{t('desktop.undo-all', { count: removable.length })}</Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        title={t('desktop.ask', { count: removable.length })}
        action={t('desktop.ask-action', { count: removable.length })}
        cancel={t('common.cancel')}
        isDanger
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void desktop.undo(removable.map(({ id }) => id))}
      >
        {t('desktop.ask-text')}
      </ConfirmDialog>
    </section>
  );
}

function Entry({ entry, onUndo }: { readonly entry: DesktopEntry; readonly onUndo: () => void }) {
  const { t } = useTranslator();
  const { kind, name, of, path, isRemovable } = entry;
  const full = { name, kind: t(`desktop.kind-${kind}`) };
  return (
    <Row
      lead={<Icon name={icons[kind]} />}
      actions={
        isRemovable ? (
          <Button aria-label={t('desktop.undo-name', full)} onPress={onUndo}>
            {t('desktop.undo')}
          </Button>
        ) : (
          <span className={styles.description}>{t('desktop.system')}</span>
        )
      }
    >
      <span>{t('desktop.entry', full)}</span>
      <span className={styles.description} title={path}>
        {of ?? path}
      </span>
    </Row>
  );
}
