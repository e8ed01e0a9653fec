import { useEffect } from 'react';
import type { AppName } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { StatusMessage } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useSandbox, useStores } from '../../stores/stores.tsx';
import places from './DesktopPlaces.module.css';
import styles from './SandboxPart.module.css';

/** Whether an app is always run apart from the rest of the computer, and what it may use then. */
export function SandboxPart({ app }: { readonly app: AppName }) {
  const { t } = useTranslator();
  const { sandbox } = useStores();
  const view = useSandbox((state) => (state.app === app ? state.view : null));
  useEffect(() => {
    void sandbox.open(app);
  }, [sandbox, app]);
  if (view?.status === 'failed') return <ProblemMessage error={view.error} />;
  if (view?.status !== 'ready') return null;
  const { isOn, allowsNetwork, writable, readable, missingPackage } = view.value;
  const isMissing = missingPackage !== null;
  const folders = [
    ...writable.map((folder) => ({ folder, words: t('sandbox.writable') })),
    ...readable.map((folder) => ({ folder, words: t('sandbox.readable') })),
  ];
  return (
    <div role="group" aria-label={t('sandbox.title')} className={styles.part}>
      <div className={places.places}>
        <span className={places.label}>{t('sandbox.title')}</span>
        <Checkbox
          isChecked={isOn}
          isDisabled={isMissing && !isOn}
          onChange={(next) => void sandbox.set(app, next, allowsNetwork)}
        >
          {t('sandbox.on')}
        </Checkbox>
        {isOn && (
          <>
            <Checkbox isChecked={allowsNetwork} onChange={(next) => void sandbox.set(app, true, next)}>
              {t('sandbox.network')}
            </Checkbox>
            <Button icon="folder" onPress={() => void sandbox.allow(app, 'read')}>
              {t('sandbox.add-readable')}
            </Button>
            <Button icon="folder" onPress={() => void sandbox.allow(app, 'write')}>
              {t('sandbox.add-writable')}
            </Button>
          </>
        )}
      </div>
      {isMissing && (
        <StatusMessage tone={isOn ? 'danger' : 'info'}>
          {isOn
            ? t('sandbox.missing-on', { package: missingPackage })
            : t('sandbox.missing', { package: missingPackage })}
        </StatusMessage>
      )}
      {isOn && folders.length > 0 && (
        <ul className={styles.folders} aria-label={t('sandbox.folders')}>
          {folders.map(({ folder, words }) => (
            <li key={folder} className={styles.folder}>
              <Icon name="folder" size={14} />
              <span className={styles.path} title={folder}>
                {folder}
              </span>
              <span className={places.commands}>{words}</span>
              <IconButton
                icon="close"
                label={t('sandbox.forbid', { folder })}
                onPress={() => void sandbox.forbid(app, folder)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
