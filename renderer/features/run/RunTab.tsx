import { describeError } from '../../../shared/i18n/describe-error.ts';
import { CopyLine } from '../../components/CopyLine.tsx';
import { DraftBar } from '../../components/domain/DraftBar.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { PageBody } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { draftSummary } from '../../stores/draft.ts';
import { useIsApp, useSettings, useSolve, useStores, useTimeline } from '../../stores/stores.tsx';
import { AppPart } from './AppPart.tsx';
import { ComponentTree } from './ComponentTree.tsx';
import { ConflictCard } from './ConflictCard.tsx';
import { DesktopPlaces } from './DesktopPlaces.tsx';
import { PresetPart } from './PresetPart.tsx';
import { ProgramOutput } from './ProgramOutput.tsx';
import styles from './RunScreen.module.css';
import { RunStatusLine } from './RunStatusLine.tsx';
import { commandLine, isUnsolved, keyOfComponent } from './selectors.ts';
import type { Program } from './use-program.ts';

export interface RunTabProps {
  readonly program: Program;
  readonly isCompact: boolean;
  readonly onCopy: (text: string) => void;
}

/** What was chosen for a program, how its download is getting on, and what it prints. */
export function RunTab({ program, isCompact, onCopy }: RunTabProps) {
  const { uri, name, app, job, isWorking, present, status, shown } = program;
  const intl = useTranslator();
  const { t } = intl;
  const { apps, solve, settings } = useStores();
  const isNarrow = useMediaQuery(narrowWindow);
  const state = useSolve((all) => all);
  const appName = useTimeline(({ apps: all }) =>
    all.status === 'ready' ? all.value.apps.find((one) => one.interface === uri)?.name : undefined,
  );
  const isOffline = useSettings(
    (all) => all.settings.status === 'ready' && all.settings.value.networkUse === 'off-line',
  );
  const isApp = useIsApp(uri);
  const isOurs = state.root === uri;
  const inspected = isOurs && state.component !== null ? keyOfComponent(state.component) : null;
  const problems = shown?.problems ?? [];
  const hasConflict = !isWorking && isUnsolved(present);
  const componentProblems = shown === null ? null : <ComponentProblems rows={shown.components} />;

  return (
    // Without a solution there is much to read; lists that scroll by themselves would leave it a slit.
    <PageBody layout={hasConflict ? 'scroll' : 'fill'}>
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
          {...draftSummary(state.draft, state.outcome, isApp)}
          onDiscard={() => solve.setTrying(false)}
          onApply={() => void solve.applyDraft()}
        />
      )}
      {hasConflict && <ConflictCard root={uri} revision={present} otherwise={componentProblems} />}
      {shown === null && status.kind === 'loading' && <Skeleton shape="rows" count={4} label={t('common.loading')} />}
      {shown !== null && (
        <ComponentTree
          solve={shown}
          icon={app?.icon ?? null}
          inspected={inspected}
          isCompact={isCompact}
          hasDescription={!isCompact && !isNarrow}
          isWhole={hasConflict}
          onInspect={(row) => void solve.inspect({ root: uri, interface: row.interface, isSource: row.isSource })}
        />
      )}
      {!hasConflict && componentProblems}
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
      {shown !== null && <PresetPart uri={uri} revision={state.view} />}
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
    </PageBody>
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
