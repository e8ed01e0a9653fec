import { useEffect } from 'react';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { AppIcon } from '../../components/AppIcon.tsx';
import { Button, IconButton } from '../../components/Button.tsx';
import { CopyLine } from '../../components/CopyLine.tsx';
import { DraftBar } from '../../components/domain/DraftBar.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { Page } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { draftSummary } from '../../stores/draft.ts';
import { isActive, isProgramRunning, selectJobOf } from '../../stores/jobs-store.ts';
import { useApps, useJobs, useSettings, useSolve, useStores, useTimeline } from '../../stores/stores.tsx';
import { AppPart } from './AppPart.tsx';
import { ConflictCard } from './ConflictCard.tsx';
import { DesktopPlaces } from './DesktopPlaces.tsx';
import { ComponentTree } from './ComponentTree.tsx';
import { ProgramOutput } from './ProgramOutput.tsx';
import styles from './RunScreen.module.css';
import { RunStatusLine } from './RunStatusLine.tsx';
import { commandLine, isUnsolved, keyOfComponent, runStatus, shownSolve } from './selectors.ts';

export interface RunScreenProps {
  readonly uri: InterfaceUri;
  readonly isCompact: boolean;
  readonly onCopy: (text: string) => void;
}

/** One program: what was chosen for it, how its download is getting on, and what it prints. */
export function RunScreen({ uri, isCompact, onCopy }: RunScreenProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { apps, jobs, solve, settings, view } = useStores();
  const isNarrow = useMediaQuery(narrowWindow);
  const app = useApps(({ list }) =>
    list.status === 'ready' ? list.value.apps.find((one) => one.interface === uri) : undefined,
  );
  const job = useJobs((state) => selectJobOf(state, uri));
  const state = useSolve((all) => all);
  const appName = useTimeline(({ apps: all }) =>
    all.status === 'ready' ? all.value.apps.find((one) => one.interface === uri)?.name : undefined,
  );
  const isOffline = useSettings(
    (all) => all.settings.status === 'ready' && all.settings.value.networkUse === 'off-line',
  );
  useEffect(() => {
    void solve.open(uri);
  }, [solve, uri]);

  const isOurs = state.root === uri;
  const present = isOurs ? state.view : ({ status: 'loading' } as const);
  const status = runStatus(job, present);
  // A tree of problems would say that something is wrong when nothing was looked at yet.
  const shown = status.kind === 'unknown' ? null : shownSolve(job, present);
  const name = app?.name ?? shown?.name ?? lastSegment(uri);
  const isWorking = job !== undefined && isActive(job);
  const isProgram = job !== undefined && isProgramRunning(job);
  const run = () => void apps.run(uri);
  const inspected = isOurs && state.component !== null ? keyOfComponent(state.component) : null;
  const problems = shown?.problems ?? [];

  return (
    <Page
      layout="fill"
      title={name}
      subtitle={app?.summary ?? uri}
      lead={
        <>
          <IconButton icon="back" label={t('run.back')} onPress={view.back} />
          <AppIcon src={app?.icon ?? null} name={name} />
        </>
      }
      actions={
        <>
          <IconButton
            icon="refresh"
            label={t('run.refresh-long')}
            isDisabled={isWorking && !isProgram}
            onPress={() => void apps.reselect(uri)}
          />
          {isProgram && (
            <Button icon="stop" onPress={() => void jobs.cancel(job.id)}>
              {t('run.stop')}
            </Button>
          )}
          {isWorking && !isProgram ? (
            <Button icon="close" onPress={() => void jobs.cancel(job.id)}>
              {t('common.cancel')}
            </Button>
          ) : (
            <Button variant="primary" icon="play-filled" onPress={run} isDisabled={status.kind === 'loading'}>
              {job?.program === null || job === undefined ? t('run.run') : t('run.again')}
            </Button>
          )}
        </>
      }
    >
      <RunStatusLine
        status={status}
        name={name}
        solve={shown}
        isOffline={isOffline}
        onRetry={() => void apps.download(uri)}
        onRefresh={() => void apps.reselect(uri)}
        onGoOnline={() => void settings.change({ networkUse: 'full' })}
      />
      {isOurs && state.component === null && state.draft !== null && (
        <DraftBar
          {...draftSummary(state.draft, state.outcome)}
          onDiscard={() => solve.setTrying(false)}
          onApply={() => void solve.applyDraft()}
        />
      )}
      {!isWorking && isUnsolved(present) && <ConflictCard root={uri} revision={present} />}
      {shown === null && status.kind === 'loading' && <Skeleton shape="rows" count={4} label={t('common.loading')} />}
      {shown !== null && (
        <ComponentTree
          solve={shown}
          icon={app?.icon ?? null}
          inspected={inspected}
          isCompact={isCompact}
          hasDescription={!isCompact && !isNarrow}
          onInspect={(row) => void solve.inspect({ root: uri, interface: row.interface, isSource: row.isSource })}
        />
      )}
      {shown !== null && <ComponentProblems rows={shown.components} />}
      {problems.length > 0 && (
        <StatusMessage
          tone="warn"
          details={problems.map((problem) => describeError(intl, problem).sentence)}
          detailsLabel={t('common.details')}
        >
          {t('run.feed-problems', { count: problems.length })}
        </StatusMessage>
      )}
      {job?.program !== undefined && job.program !== null && <ProgramOutput program={job.program} onCopy={onCopy} />}
      {shown !== null && <AppPart uri={uri} name={name} />}
      <DesktopPlaces
        uri={uri}
        isReady={present.status === 'ready' && present.value.isSolved && present.value.downloadBytes === 0}
      />
      <div className={styles.command}>
        <span className={styles.commandLabel}>{t('run.command-line')}</span>
        <CopyLine
          label={t('run.command-line')}
          text={commandLine(appName ?? uri)}
          copyLabel={t('run.command-line-copy')}
          onCopy={onCopy}
        />
      </div>
    </Page>
  );
}

function ComponentProblems({
  rows,
}: {
  readonly rows: readonly { readonly name: string; readonly problem: readonly string[] }[];
}) {
  const { t } = useTranslator();
  const problems = rows.filter((row) => row.problem.length > 0);
  if (problems.length === 0) return null;
  return (
    // It may be taller than its room.
    <ul className={styles.problems} aria-label={t('run.problems')} tabIndex={0}>
      {problems.map((row) => (
        <li key={row.name} className={styles.problem}>
          <strong>{row.name}</strong>
          <ul>
            {row.problem.map((line, index) => (
              <li key={index} className="selectable">
                {line}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function lastSegment(uri: string): string {
  return (
    uri
      .split('/')
      .findLast((part) => part !== '')
      ?.replace(/\.xml$/, '') ?? uri
  );
}
