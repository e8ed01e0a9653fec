import type { SettingsView } from '../../../shared/model/index.ts';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores, useTrust } from '../../stores/stores.tsx';
import { Group } from './Group.tsx';
import styles from './PreferencesScreen.module.css';
import { SettingCheckbox } from './SettingCheckbox.tsx';
import { TrustedKeys } from './TrustedKeys.tsx';

/** Whom the person trusts. */
export function SecurityGroup({ settings }: { readonly settings: SettingsView }) {
  const { t } = useTranslator();
  const { trust } = useStores();
  const { domains, rehearsal, removed } = useTrust((state) => state);
  return (
    <Group title={t('preferences.security')}>
      <SettingCheckbox settings={settings} name="autoApproveKeys" text="approve" />
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
