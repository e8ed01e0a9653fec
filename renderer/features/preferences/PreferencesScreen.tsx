import { useEffect, type ReactNode } from 'react';
import { formatDuration } from '../../../shared/i18n/format.ts';
import type { Settings } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox, RadioGroup } from '../../components/Choice.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Page } from '../../components/Page.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useSettings, useStores, useTrust } from '../../stores/stores.tsx';
import styles from './PreferencesScreen.module.css';
import { DesktopEntries } from './DesktopEntries.tsx';
import { ProfileGroup } from './ProfileGroup.tsx';
import { freshnessChoices, freshnessName } from './selectors.ts';
import { TrustedKeys } from './TrustedKeys.tsx';

export interface PreferencesScreenProps {
  readonly onCopy: (text: string) => void;
}

/** How programs are chosen, whom the person trusts, and how the window looks. Every change holds at once. */
export function PreferencesScreen({ onCopy }: PreferencesScreenProps) {
  const { t } = useTranslator();
  const { settings: store, trust } = useStores();
  const settings = useSettings((state) => state.settings);
  useEffect(() => {
    void trust.refresh();
    void store.refreshInfo();
    // A way back that nobody has taken is not there for ever.
    return trust.forgetRemoved;
  }, [store, trust]);
  return (
    <Page title={t('preferences.title')} layout="scroll">
      {settings.status === 'loading' && <Skeleton shape="text" count={8} label={t('common.loading')} />}
      {settings.status === 'failed' && (
        <ProblemMessage
          error={settings.error}
          isAlert
          actions={<Button onPress={() => void store.refresh()}>{t('common.retry')}</Button>}
        />
      )}
      {settings.status === 'ready' && (
        <div className={styles.groups}>
          <Choosing settings={settings.value} />
          <Security settings={settings.value} />
          <DesktopEntries />
          <ProfileGroup />
          <Looks settings={settings.value} />
          <About onCopy={onCopy} />
        </div>
      )}
    </Page>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.groupTitle}>{title}</h2>
      <div className={styles.groupBody}>{children}</div>
    </section>
  );
}

interface GroupProps {
  readonly settings: Settings;
}

function Choosing({ settings }: GroupProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { settings: store } = useStores();
  const known = freshnessName(settings.freshnessSeconds);
  return (
    <Group title={t('preferences.policy')}>
      <RadioGroup
        label={t('preferences.network')}
        value={settings.networkUse}
        options={(['full', 'minimal', 'off-line'] as const).map((id) => ({
          id,
          label: t(`preferences.network-${id}`),
          description: t(`preferences.network-${id}-long`),
        }))}
        onChange={(networkUse) => void store.change({ networkUse })}
      />
      <div className={styles.line}>
        <div className={styles.lineWords}>
          <span className={styles.label}>{t('preferences.freshness')}</span>
          <span className={styles.description}>{t('preferences.freshness-long')}</span>
        </div>
        <Select
          label={t('preferences.freshness')}
          isLabelHidden
          value={String(settings.freshnessSeconds)}
          options={[
            ...freshnessChoices.map(({ seconds, name }) => ({
              id: String(seconds),
              label: t(`preferences.freshness-${name}`),
            })),
            ...(known === null
              ? [
                  {
                    id: String(settings.freshnessSeconds),
                    label: t('preferences.freshness-other', { time: formatDuration(intl, settings.freshnessSeconds) }),
                  },
                ]
              : []),
          ]}
          onChange={(seconds) => void store.change({ freshnessSeconds: Number(seconds) })}
        />
      </div>
      <Checkbox
        isChecked={settings.helpWithTesting}
        onChange={(helpWithTesting) => void store.change({ helpWithTesting })}
        description={t('preferences.testing-long')}
      >
        {t('preferences.testing')}
      </Checkbox>
      <Checkbox
        isChecked={settings.updatesWhenMetered}
        onChange={(updatesWhenMetered) => void store.change({ updatesWhenMetered })}
        description={t('preferences.metered-long')}
      >
        {t('preferences.metered')}
      </Checkbox>
      <Checkbox
        isChecked={settings.updatesOnBattery}
        onChange={(updatesOnBattery) => void store.change({ updatesOnBattery })}
        description={t('preferences.battery-long')}
      >
        {t('preferences.battery')}
      </Checkbox>
      <Checkbox
        isChecked={settings.showSamples}
        onChange={(showSamples) => void store.change({ showSamples })}
        description={t('preferences.samples-long')}
      >
        {t('preferences.samples')}
      </Checkbox>
    </Group>
  );
}

function Security({ settings }: GroupProps) {
  const { t } = useTranslator();
  const { settings: store, trust } = useStores();
  const { domains, rehearsal, removed } = useTrust((state) => state);
  return (
    <Group title={t('preferences.security')}>
      <Checkbox
        isChecked={settings.autoApproveKeys}
        onChange={(autoApproveKeys) => void store.change({ autoApproveKeys })}
        description={t('preferences.approve-long')}
      >
        {t('preferences.approve')}
      </Checkbox>
      <div className={styles.stack}>
        <h3 className={styles.label}>{t('preferences.keys')}</h3>
        {domains.status === 'loading' && <Skeleton shape="text" count={2} label={t('common.loading')} />}
        {domains.status === 'failed' && <ProblemMessage error={domains.error} />}
        {domains.status === 'ready' && (
          <TrustedKeys
            domains={domains.value}
            asked={rehearsal?.subject.change === 'remove' ? rehearsal.subject : null}
            rehearsal={rehearsal?.answer.status === 'ready' ? rehearsal.answer.value : null}
            removed={removed}
            onAsk={(subject) => {
              if (subject === null) trust.endRehearsal();
              else void trust.rehearse({ ...subject, change: 'remove' });
            }}
            onRemove={({ domain, key }) => void trust.remove(domain, key)}
            onUndo={() => void trust.restore()}
          />
        )}
      </div>
    </Group>
  );
}

function Looks({ settings }: GroupProps) {
  const { t } = useTranslator();
  const { settings: store } = useStores();
  return (
    <Group title={t('preferences.looks')}>
      <RadioGroup
        label={t('preferences.theme')}
        direction="row"
        value={settings.theme}
        options={(['system', 'light', 'dark'] as const).map((id) => ({ id, label: t(`preferences.theme-${id}`) }))}
        onChange={(theme) => void store.change({ theme })}
      />
    </Group>
  );
}

function About({ onCopy }: PreferencesScreenProps) {
  const { t } = useTranslator();
  const info = useSettings((state) => state.info);
  if (info.status !== 'ready') return null;
  const { version, electron, node, platform, configDir, cacheDir } = info.value;
  const facts: readonly (readonly [string, string])[] = [
    [t('preferences.about-version'), version],
    [t('preferences.about-system'), platform],
    [t('preferences.about-runtime'), electron === null ? `Node ${node}` : `Electron ${electron}, Node ${node}`],
    [t('preferences.about-config'), configDir],
    [t('preferences.about-cache'), cacheDir],
  ];
  return (
    <Group title={t('preferences.about')}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Button icon="copy" onPress={() => onCopy(facts.map(([name, value]) => `${name}: ${value}`).join('\n'))}>
          {t('preferences.about-copy')}
        </Button>
      </div>
    </Group>
  );
}
