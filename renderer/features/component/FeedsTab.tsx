import { useState } from 'react';
import type { ErrorData } from '../../../shared/errors/app-error.ts';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import { formatInstant } from '../../../shared/i18n/format.ts';
import type { FeedRow, FeedUrl } from '../../../shared/model/index.ts';
import { Button, IconButton, TextLink } from '../../components/Button.tsx';
import { DraftBar } from '../../components/domain/DraftBar.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { groupsOfFour } from '../../components/domain/words.ts';
import { Badge, Skeleton } from '../../components/Feedback.tsx';
import { TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { cx } from '../../components/cx.ts';
import { frame } from '../../components/frame.ts';
import { useTranslator } from '../../components/translation.tsx';
import { draftSummary } from '../../stores/draft.ts';
import type { ComponentRef } from '../../stores/solve-store.ts';
import { useIsApp, useSolve, useStores } from '../../stores/stores.tsx';
import styles from './FeedsTab.module.css';

export interface FeedsTabProps {
  readonly component: ComponentRef;
  readonly onCopy: (text: string) => void;
}

/** Where the versions of a component come from, who signed that, and further feeds of the person. */
export function FeedsTab({ component, onCopy }: FeedsTabProps) {
  const { t } = useTranslator();
  const { solve } = useStores();
  const feeds = useSolve((state) => state.feeds);
  const draft = useSolve((state) => state.draft);
  const outcome = useSolve((state) => state.outcome);
  const isApp = useIsApp(component.root);
  const tried = draft?.feeds?.[component.interface]?.added ?? [];
  return (
    <div className={styles.scroll}>
      {draft !== null && (
        <DraftBar
          {...draftSummary(draft, outcome, isApp)}
          onDiscard={() => solve.setTrying(false)}
          onApply={() => void solve.applyDraft()}
        />
      )}
      {feeds.status === 'loading' && <Skeleton shape="text" count={5} label={t('common.loading')} />}
      {feeds.status === 'failed' && <ProblemMessage error={feeds.error} />}
      {feeds.status === 'ready' && (
        <ul className={styles.list}>
          {feeds.value.map((feed) => (
            <FeedCard key={feed.url} feed={feed} component={component} onCopy={onCopy} />
          ))}
          {tried.map((feed) => (
            <li key={feed} className={cx(frame.group, styles.card)}>
              <div className={styles.head}>
                <Badge tone="accent">{t('feed.tried')}</Badge>
                <span className={styles.space} />
                <IconButton
                  icon="delete"
                  label={t('feed.remove')}
                  onPress={() => void solve.removeFeed(component.interface, feed as FeedUrl)}
                />
              </div>
              <p className={styles.url}>{feed}</p>
            </li>
          ))}
        </ul>
      )}
      <AddFeed component={component} />
    </div>
  );
}

function FeedCard({ feed, component, onCopy }: FeedsTabProps & { readonly feed: FeedRow }) {
  const intl = useTranslator();
  const { t } = intl;
  const { apps, solve } = useStores();
  const isRemoved = useSolve(({ draft }) => draft?.feeds?.[component.interface]?.removed?.includes(feed.url) === true);
  return (
    <li className={cx(frame.group, styles.card)} data-used={feed.isUsed}>
      <div className={styles.head}>
        <Badge tone={feed.origin === 'user' ? 'accent' : 'neutral'}>{t(`feed.origin-${feed.origin}`)}</Badge>
        {feed.arch !== null && <Badge>{feed.arch}</Badge>}
        {!feed.isUsed && <span className={styles.muted}>{t('feed.unused')}</span>}
        <span className={styles.space} />
        <IconButton icon="copy" label={t('feed.copy')} onPress={() => onCopy(feed.url)} />
        {isRemoved && (
          <>
            <Badge tone="warn">{t('feed.tried-removed')}</Badge>
            <Button onPress={() => void solve.tryFeed(component.interface, feed.url)}>{t('feed.keep')}</Button>
          </>
        )}
        {feed.origin === 'user' && !isRemoved && (
          <IconButton
            icon="delete"
            label={t('feed.remove')}
            onPress={() => void solve.removeFeed(component.interface, feed.url)}
          />
        )}
      </div>
      <p className={styles.url}>{feed.url}</p>
      {feed.status !== 'ready' && (
        <p className={styles.problem}>
          <Icon name="warning" size={14} />
          {feed.reason ?? t(`feed.status-${feed.status}`)}
        </p>
      )}
      {feed.summary !== null && <p>{feed.summary}</p>}
      {feed.description !== null && <p className={styles.description}>{feed.description}</p>}
      <dl className={styles.facts}>
        <Fact name={t('feed.changed')} at={feed.changedAt} />
        <Fact name={t('feed.checked')} at={feed.lastCheckedAt} />
        <Fact name={t('feed.attempt')} at={feed.lastAttemptAt} />
        {feed.homepages.length > 0 && (
          <div>
            <dt>{t('feed.homepage')}</dt>
            <dd>
              {feed.homepages.map((url) => (
                <TextLink key={url} isExternal onPress={() => void apps.openLink(url)}>
                  {url}
                </TextLink>
              ))}
            </dd>
          </div>
        )}
        {feed.signatures.map((signature) => (
          <div key={signature.fingerprint}>
            <dt>{t('feed.signed-by')}</dt>
            <dd className={styles.signature}>
              <span className={styles.signer} data-trusted={signature.isTrusted}>
                <Icon name={signature.isTrusted ? 'shield-ok' : 'shield-alert'} size={14} />
                {signature.name ?? t('feed.signer-unknown')}
              </span>
              <span className={styles.muted}>
                {signature.isTrusted
                  ? t('feed.signed-at', { time: formatInstant(intl, signature.signedAt) })
                  : t('feed.signed-untrusted', { time: formatInstant(intl, signature.signedAt) })}
              </span>
              <code className={styles.fingerprint}>{groupsOfFour(signature.fingerprint)}</code>
            </dd>
          </div>
        ))}
        {feed.signatures.length === 0 && feed.origin !== 'native' && /^https?:/.test(feed.url) && (
          <div>
            <dt>{t('feed.signed-by')}</dt>
            <dd className={styles.muted}>{t('feed.unsigned')}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function Fact({ name, at }: { readonly name: string; readonly at: string | null }) {
  const intl = useTranslator();
  if (at === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatInstant(intl, at)}</dd>
    </div>
  );
}

function AddFeed({ component }: { readonly component: ComponentRef }) {
  const intl = useTranslator();
  const { t } = intl;
  const { solve } = useStores();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<ErrorData | null>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    const failed = await solve.addFeed(component.interface, text.trim());
    setBusy(false);
    setProblem(failed);
    if (failed === null) setText('');
  };
  const browse = async () => {
    setBusy(true);
    setProblem(await solve.addLocalFeed(component.interface));
    setBusy(false);
  };
  return (
    <div className={styles.add}>
      <TextField
        label={t('feed.add-label')}
        description={t('feed.add-explanation')}
        placeholder="https://example.org/feed.xml"
        value={text}
        isDisabled={isBusy}
        onChange={(next) => {
          setText(next);
          setProblem(null);
        }}
        onEnter={() => void add()}
        problem={problem === null ? undefined : describeError(intl, problem).sentence}
      />
      <Button icon="add" onPress={() => void add()} isDisabled={text.trim() === '' || isBusy}>
        {t('feed.add')}
      </Button>
      <Button icon="folder" onPress={() => void browse()} isDisabled={isBusy}>
        {t('feed.add-local')}
      </Button>
    </div>
  );
}
