import { stepProblem, stepWords } from '../../../shared/i18n/describe-sharing.ts';
import { formatSize } from '../../../shared/i18n/format.ts';
import type { ShareAccount, ShareOverview, ShareStep } from '../../../shared/model/index.ts';
import { Checkbox } from '../../components/Choice.tsx';
import { CopyLine } from '../../components/CopyLine.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Section } from '../../components/Page.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import styles from './SharingScreen.module.css';
import { stepStateWords } from './words.ts';

const setUp = 'sudo 0desk share setup --apply';
const serve = '0desk share serve';
const icons: Readonly<Record<ShareStep['state'], IconName>> = {
  ok: 'ok',
  missing: 'info',
  broken: 'warning',
  unknown: 'info',
};

export interface SetupStepsProps {
  readonly overview: ShareOverview;
  readonly onCopy: (text: string) => void;
}

/** Every step of setting up with what is wrong and what mends it, what one has of the store, and where things are. */
export function SetupSteps({ overview, onCopy }: SetupStepsProps) {
  const { t } = useTranslator();
  const { health, account, stores } = overview;
  const { sharing } = useStores();
  return (
    <div className={styles.scroll}>
      {health.state === 'not-set-up' && (
        <div className={styles.card}>
          <p className={styles.words}>{t('sharing.setup')}</p>
          <CopyLine label={t('sharing.setup-command')} text={setUp} copyLabel={t('sharing.copy')} onCopy={onCopy} />
        </div>
      )}
      {health.steps.length > 0 && (
        <ol className={styles.steps} aria-label={t('sharing.tab-steps')}>
          {health.steps.map((step) => (
            <Step key={step.id} step={step} showsFix={health.state === 'broken'} onCopy={onCopy} />
          ))}
        </ol>
      )}
      {account !== null && <Account account={account} />}
      <Section title={t('sharing.nearby')}>
        <div className={styles.card}>
          <Checkbox
            isChecked={overview.asksNearby}
            onChange={(isAllowed) => void sharing.askNearby(isAllowed)}
            description={t('sharing.nearby-long')}
          >
            {t('sharing.nearby-ask')}
          </Checkbox>
          <p className={styles.words}>{t('sharing.nearby-serve')}</p>
          <CopyLine label={t('sharing.nearby-command')} text={serve} copyLabel={t('sharing.copy')} onCopy={onCopy} />
        </div>
      </Section>
      <Section title={t('sharing.stores')}>
        <dl className={styles.facts}>
          {stores.map(({ name, path, count }) => (
            <div key={path}>
              <dt>
                {name === 'user'
                  ? t('storage.store-user')
                  : name === 'shared'
                    ? t('storage.store-shared')
                    : t('storage.store-extra')}
              </dt>
              <dd className="selectable">{path}</dd>
              <dd>{t('storage.count', { count })}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}

interface StepProps {
  readonly step: ShareStep;
  /** As long as nothing is set up, one command does it all. */
  readonly showsFix: boolean;
  readonly onCopy: (text: string) => void;
}

function Step({ step, showsFix, onCopy }: StepProps) {
  const intl = useTranslator();
  const { t } = intl;
  const problem = stepProblem(intl, step);
  const fix = showsFix && !step.isOptional ? step.fix : [];
  const state = step.isOptional && step.state === 'missing' ? 'unknown' : step.state;
  return (
    <li className={styles.step} data-state={state}>
      <Icon name={icons[state]} className={styles.stepIcon ?? ''} />
      <div className={styles.stepBody}>
        <span className={styles.stepName}>{stepWords(intl, step.id)}</span>
        <span className={styles.stepState}>{stepStateWords(intl, step)}</span>
        {problem !== null && !step.isOptional && <p className={styles.words}>{problem}</p>}
        {fix.map((line) => (
          <CopyLine key={line} label={t('sharing.fix')} text={line} copyLabel={t('sharing.copy')} onCopy={onCopy} />
        ))}
      </div>
    </li>
  );
}

function Account({ account }: { readonly account: ShareAccount }) {
  const intl = useTranslator();
  const { t } = intl;
  const { quota, bytes, count, addsLastHour, freeBytes, floorBytes, graceDays } = account;
  const used = formatSize(intl, bytes);
  return (
    <Section title={t('sharing.account')}>
      <div className={styles.card}>
        {quota === null ? (
          <p>{t('sharing.account-free', { bytes: used, count })}</p>
        ) : (
          <>
            <p>{t('sharing.account-bytes', { bytes: used, limit: formatSize(intl, quota.bytes) })}</p>
            <ProgressBar
              label={t('sharing.account-bar')}
              fraction={quota.bytes === 0 ? 1 : bytes / quota.bytes}
              valueText={t('sharing.account-bar-value', { bytes: used, limit: formatSize(intl, quota.bytes) })}
              tone="muted"
            />
            <p className={styles.words}>
              {t('sharing.account-count', {
                count,
                limit: quota.count,
                hour: addsLastHour,
                limitHour: quota.addsPerHour,
              })}
            </p>
          </>
        )}
        <p className={styles.words}>
          {t('sharing.account-room', {
            free: formatSize(intl, freeBytes),
            floor: formatSize(intl, floorBytes),
            days: graceDays,
          })}
        </p>
      </div>
    </Section>
  );
}
