import type { ReactNode } from 'react';
import { describeObstacle, describeResolution, type NameOf } from '../../../shared/i18n/describe-conflict.ts';
import type { Conflict, InterfaceUri, Resolution } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Outcome } from '../../components/domain/Outcome.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isLasting } from '../../stores/draft.ts';
import { useIsApp, useStores } from '../../stores/stores.tsx';
import { useAnswer } from '../../stores/use-answer.ts';
import styles from './ConflictCard.module.css';

export interface ConflictCardProps {
  /** The program. */
  readonly root: InterfaceUri;
  /** Changes with the selection that is shown. */
  readonly revision: unknown;
  /** What is shown where this cannot explain it. */
  readonly otherwise: ReactNode;
}

/** Why there is no solution, in as few requirements as possible, and what would give one. */
export function ConflictCard({ root, revision, otherwise }: ConflictCardProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { solve } = useStores();
  const isApp = useIsApp(root);
  // The answer is for the selection that is shown.
  const conflict = useAnswer<Conflict>(() => solve.findConflict(root), [solve, root, revision]);
  if (conflict.status === 'loading') return <Skeleton shape="text" count={3} label={t('common.loading')} />;
  if (conflict.status === 'failed') {
    return (
      <>
        <ProblemMessage error={conflict.error} />
        {otherwise}
      </>
    );
  }
  if (conflict.value.status !== 'conflict') return otherwise;
  const { obstacles, names, isMinimal, resolutions, missingFeeds } = conflict.value;
  const nameOf: NameOf = (uri) => names[uri] ?? uri;
  const possible = resolutions.filter(({ draft: { restrictions, ...draft } }) =>
    isLasting(restrictions === undefined || isApp ? draft : { ...draft, restrictions }),
  );
  return (
    <section className={styles.card} aria-label={t('conflict.label')}>
      <h2 className={styles.title}>{t(isMinimal ? 'conflict.heading' : 'conflict.heading-partial')}</h2>
      <ul className={styles.obstacles}>
        {obstacles.map((obstacle, index) => (
          <li key={index} className="selectable">
            {describeObstacle(intl, obstacle, nameOf)}
          </li>
        ))}
      </ul>
      {missingFeeds.map((feed) => (
        <p key={feed} className={styles.note}>
          {t('conflict.missing-feed', { feed })}
        </p>
      ))}
      <h2 className={styles.title}>{t(possible.length === 0 ? 'conflict.no-resolution' : 'conflict.resolutions')}</h2>
      {possible.length > 0 && (
        <ul className={styles.resolutions}>
          {possible.map((resolution, index) => (
            <ResolutionRow key={index} root={root} resolution={resolution} nameOf={nameOf} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface ResolutionRowProps {
  readonly root: InterfaceUri;
  readonly resolution: Resolution;
  readonly nameOf: NameOf;
}

function ResolutionRow({ root, resolution, nameOf }: ResolutionRowProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { solve, view } = useStores();
  const words = describeResolution(intl, resolution, nameOf);
  return (
    <li className={styles.resolution}>
      <div className={styles.words}>
        <span className={styles.what}>{words}</span>
        <Outcome comparison={resolution.preview} />
      </div>
      <Button
        aria-label={t('conflict.apply-name', { what: words })}
        onPress={() => {
          void solve.apply(root, resolution.draft).then((isDone) => {
            if (isDone) view.announce(t('conflict.applied', { what: words }));
          });
        }}
      >
        {t('conflict.apply')}
      </Button>
    </li>
  );
}
