import type { AppSummary, JobSnapshot } from '../../../shared/model/index.ts';
import { AppIcon } from '../../components/AppIcon.tsx';
import { Button, IconButton, ToggleIconButton } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { JobProgress } from '../../components/domain/WorkProgress.tsx';
import { jobWords, phaseWords } from '../../components/domain/words.ts';
import { Badge, HiddenText } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { MenuButton, type MenuEntry } from '../../components/Menu.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './AppTile.module.css';

/** What one can do with a program from its tile. */
export interface AppTileActions {
  readonly onRun: (app: AppSummary) => void;
  readonly onCancel: (job: JobSnapshot) => void;
  readonly onOpen: (app: AppSummary) => void;
  readonly onDetails: (app: AppSummary) => void;
  readonly onOptions: (app: AppSummary) => void;
  readonly onUpdate: (app: AppSummary) => void;
  readonly onDownload: (app: AppSummary) => void;
  readonly onKeep: (app: AppSummary, isMine: boolean) => void;
  readonly onHomepage: (app: AppSummary) => void;
  readonly onCopyAddress: (app: AppSummary) => void;
}

export interface AppTileProps {
  readonly app: AppSummary;
  /** Work on this program, or its running program. */
  readonly job: JobSnapshot | undefined;
  /** What is known of a version that it uses. */
  readonly flaw?: 'buggy' | 'insecure' | undefined;
  readonly actions: AppTileActions;
}

/** A program: what it is, how it stands, and *Run*. */
export function AppTile({ app, job, flaw, actions }: AppTileProps) {
  const { t } = useTranslator();
  const isWorking = job !== undefined && (job.state === 'running' || job.state === 'asking');
  const isProgram = job?.program?.isRunning === true;
  return (
    <article className={styles.tile}>
      <div className={styles.top}>
        <AppIcon src={app.icon} name={app.name} />
        <div className={styles.words}>
          <h3 className={styles.name} title={app.name}>
            {app.name}
          </h3>
          <p className={styles.summary} title={app.summary}>
            {app.summary}
          </p>
        </div>
        {app.isIntegrated && (
          <span className={styles.integrated} title={t('apps.integrated')}>
            <Icon name="desktop" size={14} />
            <HiddenText>{t('apps.integrated')}</HiddenText>
          </span>
        )}
        <ToggleIconButton
          icon="star"
          iconOn="star-filled"
          isOn={app.isMine}
          label={app.isMine ? t('apps.remove-name', { name: app.name }) : t('apps.keep-name', { name: app.name })}
          onChange={(isOn) => actions.onKeep(app, isOn)}
          className={cx(styles.star)}
        />
      </div>
      {isWorking && !isProgram ? <JobProgress name={app.name} job={job} /> : <span className={styles.noBar} />}
      <div className={styles.bottom}>
        <TileState app={app} flaw={flaw} job={isWorking || isProgram ? job : undefined} />
        {(isWorking || isProgram) && (
          <Button
            icon={isProgram ? 'stop' : 'close'}
            onPress={() => actions.onCancel(job)}
            aria-label={isProgram ? t('run.stop-name', { name: app.name }) : t('run.cancel-name', { name: app.name })}
          >
            {isProgram ? t('run.stop') : t('common.cancel')}
          </Button>
        )}
        {!isWorking && !isProgram && (
          <Button
            variant={app.isMine ? 'primary' : 'secondary'}
            icon="play-filled"
            onPress={() => actions.onRun(app)}
            aria-label={t('run.run-name', { name: app.name })}
          >
            {t('run.run')}
          </Button>
        )}
        <TileMenu app={app} actions={actions} />
      </div>
    </article>
  );
}

function TileState({ app, job, flaw }: Pick<AppTileProps, 'app' | 'job' | 'flaw'>) {
  const intl = useTranslator();
  const { t } = intl;
  if (job !== undefined) {
    const words = job.phase === 'downloading' ? jobWords(intl, job, true) : phaseWords(intl, job);
    return (
      <span className={cx(styles.state, styles.busy)} title={words}>
        {words}
      </span>
    );
  }
  if (flaw !== undefined) {
    return (
      <span className={cx(styles.state)}>
        <Badge tone={flaw === 'insecure' ? 'danger' : 'warn'} icon="warning">
          {t(`impact.badge-${flaw}`)}
        </Badge>
      </span>
    );
  }
  const isProblem = app.state === 'problem';
  return (
    <span className={cx(styles.state, isProblem && styles.problem)}>
      {app.version !== null && (
        <span className={styles.version} title={app.version}>
          {app.version}
        </span>
      )}
      {isProblem && <Icon name="warning" size={12} />}
      {app.state === 'ready' && <Icon name="check" size={12} className={cx(styles.ready)} />}
      <span className={styles.stateWord}>{t(`apps.state-${app.state}`)}</span>
    </span>
  );
}

function TileMenu({ app, actions }: { readonly app: AppSummary; readonly actions: AppTileActions }) {
  const { t } = useTranslator();
  const entries: readonly MenuEntry[] = [
    { id: 'options', label: t('run.options'), icon: 'tune' },
    { id: 'update', label: t('run.update'), icon: 'refresh' },
    ...(app.state === 'ready' ? [] : [{ id: 'download', label: t('apps.download-only'), icon: 'download' as const }]),
    { id: 'open', label: t('apps.components'), icon: 'package', startsGroup: true },
    { id: 'details', label: t('apps.details'), icon: 'info' },
    { id: 'keep', label: app.isMine ? t('apps.remove') : t('apps.keep'), icon: 'star', startsGroup: true },
    ...(app.homepage === null ? [] : [{ id: 'homepage', label: t('apps.homepage'), icon: 'external' as const }]),
    { id: 'copy', label: t('apps.copy-address'), icon: 'copy' },
  ];
  const choose = (id: string) => {
    if (id === 'open') actions.onOpen(app);
    else if (id === 'details') actions.onDetails(app);
    else if (id === 'options') actions.onOptions(app);
    else if (id === 'update') actions.onUpdate(app);
    else if (id === 'download') actions.onDownload(app);
    else if (id === 'keep') actions.onKeep(app, !app.isMine);
    else if (id === 'homepage') actions.onHomepage(app);
    else actions.onCopyAddress(app);
  };
  const label = t('apps.menu', { name: app.name });
  return (
    <MenuButton label={label} entries={entries} onChoose={choose}>
      <IconButton icon="more" label={label} />
    </MenuButton>
  );
}
