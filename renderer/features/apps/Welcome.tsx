import { useEffect, useRef, useState } from 'react';
import { languageNames, windowLanguages } from '../../../shared/languages.ts';
import type { SettingsView } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox, RadioGroup } from '../../components/Choice.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useApps, useSettings, useSharing, useStores, useView } from '../../stores/stores.tsx';
import styles from './Welcome.module.css';

const steps = ['what', 'choices', 'sources'] as const;

/** A short introduction on the first start: on the page, in nobody's way. */
export function Welcome() {
  const settings = useSettings((state) => (state.settings.status === 'ready' ? state.settings.value : null));
  const isWanted = useView((state) => state.isWelcomeWanted);
  const hasOwn = useApps(({ list }) => list.status !== 'ready' || list.value.apps.some(({ isMine }) => isMine));
  if (settings === null || !(isWanted || (!settings.isWelcomed && !hasOwn))) return null;
  return <Steps settings={settings} />;
}

function Steps({ settings }: { readonly settings: SettingsView }) {
  const { t } = useTranslator();
  const { settings: store, view } = useStores();
  const [index, setIndex] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  const step = steps[index] ?? 'what';
  const isLast = index === steps.length - 1;
  const end = () => {
    view.set({ isWelcomeWanted: false });
    void store.change({ isWelcomed: true });
    document.getElementById('page-title')?.focus();
  };
  const go = (next: number) => {
    setIndex(next);
    // What was pressed may be gone, and the new step is to be read.
    requestAnimationFrame(() => title.current?.focus());
  };
  return (
    <section className={styles.card} aria-labelledby="welcome-title">
      <div className={styles.head}>
        <h2 id="welcome-title" ref={title} tabIndex={-1} className={styles.title}>
          {t(`welcome.${step}`)}
        </h2>
        <span className={styles.count}>{t('welcome.step', { step: index + 1, count: steps.length })}</span>
      </div>
      {step === 'what' && <What settings={settings} />}
      {step === 'choices' && <Choices settings={settings} />}
      {step === 'sources' && <Sources settings={settings} />}
      <div className={styles.actions}>
        {!isLast && (
          <Button variant="quiet" onPress={end}>
            {t('welcome.skip')}
          </Button>
        )}
        <span className={styles.gap} />
        {index > 0 && <Button onPress={() => go(index - 1)}>{t('welcome.back')}</Button>}
        <Button variant="primary" onPress={() => (isLast ? end() : go(index + 1))}>
          {isLast ? t('welcome.done') : t('welcome.next')}
        </Button>
      </div>
    </section>
  );
}

interface StepProps {
  readonly settings: SettingsView;
}

function What({ settings }: StepProps) {
  const { t } = useTranslator();
  const { settings: store } = useStores();
  return (
    <div className={styles.columns}>
      <ul className={styles.points}>
        {(['run', 'versions', 'signed'] as const).map((point) => (
          <li key={point}>{t(`welcome.what-${point}`)}</li>
        ))}
      </ul>
      <Select
        label={t('preferences.language')}
        value={settings.language}
        isDisabled={settings.locked.includes('language')}
        options={[
          { id: 'system' as const, label: t('preferences.language-system') },
          ...windowLanguages.map((id) => ({ id, label: languageNames[id] })),
        ]}
        onChange={(language) => void store.change({ language })}
      />
    </div>
  );
}

function Choices({ settings }: StepProps) {
  const { t } = useTranslator();
  const { settings: store } = useStores();
  const isLocked = (name: SettingsView['locked'][number]) => settings.locked.includes(name);
  return (
    <div className={styles.columns}>
      <RadioGroup
        label={t('preferences.network')}
        value={settings.networkUse}
        isDisabled={isLocked('networkUse')}
        options={(['full', 'minimal', 'off-line'] as const).map((id) => ({
          id,
          label: t(`preferences.network-${id}`),
          description: t(`preferences.network-${id}-long`),
        }))}
        onChange={(networkUse) => void store.change({ networkUse })}
      />
      <div className={styles.stack}>
        <Checkbox
          isChecked={settings.autoApproveKeys}
          isDisabled={isLocked('autoApproveKeys')}
          onChange={(autoApproveKeys) => void store.change({ autoApproveKeys })}
          description={t('preferences.approve-long')}
        >
          {t('preferences.approve')}
        </Checkbox>
        <Checkbox
          isChecked={settings.helpWithTesting}
          isDisabled={isLocked('helpWithTesting')}
          onChange={(helpWithTesting) => void store.change({ helpWithTesting })}
          description={t('preferences.testing-long')}
        >
          {t('preferences.testing')}
        </Checkbox>
      </div>
    </div>
  );
}

function Sources({ settings }: StepProps) {
  const { t } = useTranslator();
  const { settings: store, sharing, view } = useStores();
  const health = useSharing(({ overview }) => {
    if (overview.status !== 'ready') return null;
    const { isPortable, state } = overview.value.health;
    return isPortable ? 'portable' : state;
  });
  useEffect(() => {
    void sharing.refresh();
  }, [sharing]);
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>
        <p>{t('welcome.sources-text')}</p>
        <Checkbox
          isChecked={settings.showSamples}
          isDisabled={settings.locked.includes('showSamples')}
          onChange={(showSamples) => void store.change({ showSamples })}
          description={t('preferences.samples-long')}
        >
          {t('preferences.samples')}
        </Checkbox>
        <div>
          <Button icon="link" onPress={() => view.set({ dialog: 'add' })}>
            {t('action.add')}
          </Button>
        </div>
      </div>
      <div className={styles.stack}>
        <p role="status">{health === null ? t('welcome.sharing') : t(`welcome.sharing-${health}`)}</p>
        <div>
          <Button icon="sharing" onPress={() => view.go({ page: 'sharing' })}>
            {t('welcome.sharing-open')}
          </Button>
        </div>
      </div>
    </div>
  );
}
