import { useState } from 'react';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores, useTimeline } from '../../stores/stores.tsx';
import styles from './DesktopPlaces.module.css';
import { SandboxPart } from './SandboxPart.tsx';
import { appNameFor, isNewAppName } from './selectors.ts';

export interface AppPartProps {
  readonly uri: InterfaceUri;
  readonly name: string;
}

/** What is special about a program that is an app: its time line and its sandbox; or the way to become one. */
export function AppPart({ uri, name }: AppPartProps) {
  const { t } = useTranslator();
  const { timeline, view } = useStores();
  const [isAsking, setAsking] = useState(false);
  const apps = useTimeline((state) => (state.apps.status === 'ready' ? state.apps.value.apps : null));
  if (apps === null) return null;
  const app = apps.find((one) => one.interface === uri);
  const show = () => {
    if (app !== undefined) void timeline.open(app.name);
    view.go({ page: 'timeline' });
  };
  return (
    <>
      <div role="group" aria-label={t('run.timeline')} className={styles.places}>
        <span className={styles.label}>{t('run.timeline')}</span>
        {app === undefined ? (
          <>
            <Button icon="history" onPress={() => setAsking(true)}>
              {t('run.timeline-keep')}
            </Button>
            <span className={styles.commands}>{t('run.timeline-none')}</span>
          </>
        ) : (
          <Button icon="history" onPress={show}>
            {t('run.timeline-open')}
          </Button>
        )}
        {isAsking && (
          <KeepDialog
            name={name}
            onClose={() => setAsking(false)}
            onKeep={(appName) => void timeline.add(uri, appName)}
          />
        )}
      </div>
      {app !== undefined && <SandboxPart app={app.name} />}
    </>
  );
}

interface KeepDialogProps {
  readonly name: string;
  readonly onClose: () => void;
  readonly onKeep: (appName: string) => void;
}

function KeepDialog({ name, onClose, onKeep }: KeepDialogProps) {
  const { t } = useTranslator();
  const [text, setText] = useState(appNameFor(name));
  const isGood = isNewAppName(text);
  const keep = () => {
    if (!isGood) return;
    onClose();
    onKeep(text);
  };
  return (
    <Dialog
      title={t('run.timeline-title', { name })}
      icon="history"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isDisabled={!isGood} onPress={keep}>
            {t('run.timeline-action')}
          </Button>
        </>
      }
    >
      <p>{t('run.timeline-text', { name })}</p>
      <TextField
        label={t('run.timeline-name')}
        value={text}
        autoFocus
        onChange={setText}
        onEnter={keep}
        problem={isGood ? undefined : t('run.timeline-problem')}
      />
    </Dialog>
  );
}
