import { useEffect, useState } from 'react';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import type { ProfileItem, ProfilePlan } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Badge, StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive } from '../../stores/jobs-store.ts';
import { useJobs, useProfile, useStores } from '../../stores/stores.tsx';
import styles from './ImportDialog.module.css';
import { canTake, takenAtFirst } from './selectors.ts';

/** Shows what an opened profile would do, and does what is ticked of it. */
export function ImportDialog() {
  const plan = useProfile((state) => state.plan);
  return plan === null ? null : <Plan key={plan.id} plan={plan} />;
}

function Plan({ plan }: { readonly plan: ProfilePlan }) {
  const intl = useTranslator();
  const { t } = intl;
  const { profile } = useStores();
  const job = useProfile((state) => state.job);
  const isWorking = useJobs(({ jobs }) => jobs.some((each) => each.id === job && isActive(each)));
  const [taken, setTaken] = useState<ReadonlySet<string>>(() => takenAtFirst(plan.items));
  useEffect(() => {
    if (job !== null && !isWorking) void profile.refresh();
  }, [profile, job, isWorking]);
  const isBegun = job !== null;
  const hasKeys = plan.items.some((item) => item.kind === 'key' && item.status === 'add');
  const done = plan.items.filter(({ outcome }) => outcome === 'done').length;
  const failed = plan.items.filter(({ outcome }) => outcome === 'failed');
  return (
    <Dialog
      title={t('profile.plan-title', { name: plan.name })}
      icon="swap"
      width="xl"
      isOpen
      onClose={profile.close}
      actions={
        <>
          <Button autoFocus onPress={profile.close}>
            {isBegun ? t('common.close') : t('common.cancel')}
          </Button>
          {!isBegun && (
            <Button variant="primary" isDisabled={taken.size === 0} onPress={() => void profile.apply([...taken])}>
              {t('profile.apply', { count: taken.size })}
            </Button>
          )}
        </>
      }
    >
      <p>{plan.isBundle ? t('profile.plan-bundle') : t('profile.plan-text')}</p>
      {hasKeys && !isBegun && <StatusMessage tone="warn">{t('profile.keys')}</StatusMessage>}
      {plan.items.length === 0 && <StatusMessage tone="info">{t('profile.nothing')}</StatusMessage>}
      {plan.items.length > 0 && (
        <div className={styles.list}>
          <DataTable
            label={t('profile.table')}
            columns={columnsFor(intl)}
            rows={plan.items}
            keyOf={({ id }) => id}
            textOf={({ subject }) => subject}
            rowHeight={36}
            isRowTall
            {...(isBegun
              ? {}
              : {
                  selection: taken,
                  onSelectionChange: (keys: ReadonlySet<string>) => setTaken(keys),
                  canSelect: canTake,
                })}
            dependencies={[t, isBegun]}
          />
        </div>
      )}
      {isBegun && (
        <p role="status">
          {isWorking
            ? t('profile.working', { done, count: taken.size })
            : t('profile.done', { done, failed: failed.length })}
        </p>
      )}
      {failed.map(({ id, subject, error }) => (
        <StatusMessage key={id} tone="danger">
          {t('profile.failed', {
            subject,
            reason: error === null ? '' : describeError(intl, error).sentence,
          })}
        </StatusMessage>
      ))}
    </Dialog>
  );
}

const tones = { add: 'ok', keep: 'neutral', conflict: 'warn', refused: 'danger' } as const;

function columnsFor({ t }: ReturnType<typeof useTranslator>): readonly TableColumn<ProfileItem>[] {
  return [
    {
      id: 'kind',
      title: t('profile.column-kind'),
      width: 120,
      cell: ({ kind }) => <span className={styles.cell}>{t(`profile.kind-${kind}`)}</span>,
    },
    {
      id: 'subject',
      title: t('profile.column-subject'),
      width: '2fr',
      minWidth: 110,
      isRowHeader: true,
      cell: ({ subject }) => <span className={styles.cell}>{subject}</span>,
    },
    {
      id: 'wanted',
      title: t('profile.column-wanted'),
      width: '3fr',
      minWidth: 130,
      cell: ({ wanted, present, status, reason }) => {
        const here = status === 'conflict' ? t('profile.here', { wanted, present: present ?? '' }) : wanted;
        const words = reason === null ? here : t('profile.refused', { reason });
        return <span className={styles.cell}>{words}</span>;
      },
    },
    {
      id: 'status',
      title: t('profile.column-status'),
      width: 110,
      cell: ({ status, outcome }) =>
        outcome === 'none' ? (
          <Badge tone={tones[status]}>{t(`profile.status-${status}`)}</Badge>
        ) : (
          <Badge tone={outcome === 'done' ? 'ok' : 'danger'}>{t(`profile.outcome-${outcome}`)}</Badge>
        ),
    },
  ];
}
