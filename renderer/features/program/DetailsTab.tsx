import { useEffect, type ReactNode } from 'react';
import { formatDay, formatSize } from '../../../shared/i18n/format.ts';
import type { InterfaceUri, ProgramDetails } from '../../../shared/model/index.ts';
import { Button, TextLink } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { stabilityWord } from '../../components/domain/words.ts';
import { Badge, Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { PageBody, Section } from '../../components/Page.tsx';
import { cx } from '../../components/cx.ts';
import { frame } from '../../components/frame.ts';
import { useTranslator } from '../../components/translation.tsx';
import { useCache, useProgramStore, useSolve, useStores } from '../../stores/stores.tsx';
import { ChangesPart } from './ChangesPart.tsx';
import styles from './DetailsTab.module.css';
import { ProvenancePart } from './ProvenancePart.tsx';

export interface DetailsTabProps {
  readonly uri: InterfaceUri;
  readonly onCopy: (text: string) => void;
}

/** All there is to know of a program: what it says of itself, where it comes from, and what it changed here. */
export function DetailsTab({ uri, onCopy }: DetailsTabProps) {
  const { t } = useTranslator();
  const { program } = useStores();
  const details = useProgramStore((state) => state.details);
  const view = useSolve((state) => state.view);
  const stored = useCache((state) => state.listing);
  useEffect(() => {
    void program.openDetails(uri);
    // Another selection comes from elsewhere; what is stored comes, goes and is verified.
  }, [program, uri, view, stored]);
  return (
    <PageBody layout="scroll">
      {details.status === 'loading' && <Skeleton shape="rows" count={6} label={t('common.loading')} />}
      {details.status === 'failed' && <ProblemMessage error={details.error} isAlert />}
      {details.status === 'ready' && <Details details={details.value} onCopy={onCopy} />}
    </PageBody>
  );
}

function Details({ details, onCopy }: { readonly details: ProgramDetails; readonly onCopy: (text: string) => void }) {
  const { t } = useTranslator();
  const { apps, view } = useStores();
  const { name, summary, description, replacedBy } = details;
  return (
    <>
      {replacedBy !== null && (
        <StatusMessage
          tone="warn"
          actions={
            <Button onPress={() => view.go({ page: 'run', interface: replacedBy })}>
              {t('details.replaced-show')}
            </Button>
          }
        >
          {t('details.replaced', { name, other: replacedBy })}
        </StatusMessage>
      )}
      <section className={styles.about} aria-label={t('details.about')}>
        <div className={styles.words}>
          {description.map((paragraph, index) => (
            <p key={index} className="selectable">
              {paragraph}
            </p>
          ))}
          {description.length === 0 && (
            <p className={styles.muted}>{summary === '' ? t('details.no-description') : summary}</p>
          )}
        </div>
      </section>
      <dl className={cx(frame.page, styles.facts)}>
        <Facts details={details} onOpen={(url) => void apps.openLink(url)} />
      </dl>
      <Section title={t('details.provenance')}>
        <p className={styles.muted}>{t('details.provenance-text')}</p>
        <ProvenancePart parts={details.provenance} onCopy={onCopy} />
      </Section>
      <ChangesPart details={details} />
    </>
  );
}

function Facts({ details, onOpen }: { readonly details: ProgramDetails; readonly onOpen: (url: string) => void }) {
  const intl = useTranslator();
  const { t } = intl;
  const { version, released, stability, license, versionCount, newestVersion, categories } = details;
  const { ownBytes, librariesBytes, downloadBytes, homepages, needsTerminal } = details;
  return (
    <>
      {version !== null && (
        <Fact title={t('details.version')}>
          {version} {stability !== null && <Badge>{stabilityWord(intl, stability)}</Badge>}
          {released !== null && (
            <span className={styles.muted}>{t('details.released', { date: dateOf(intl, released) })}</span>
          )}
        </Fact>
      )}
      <Fact title={t('details.versions')}>
        {newestVersion === null || newestVersion === version
          ? t('details.versions-count', { count: versionCount })
          : t('details.versions-best', { count: versionCount, version: newestVersion })}
      </Fact>
      <Fact title={t('details.size')}>
        {ownBytes === null && librariesBytes === null
          ? t('details.size-none')
          : t('details.size-text', {
              own: formatSize(intl, ownBytes ?? 0),
              all: formatSize(intl, (ownBytes ?? 0) + (librariesBytes ?? 0)),
            })}
      </Fact>
      <Fact title={t('details.download')}>
        {downloadBytes === 0 ? t('details.download-none') : formatSize(intl, downloadBytes)}
      </Fact>
      {license !== null && <Fact title={t('details.license')}>{license}</Fact>}
      {categories.length > 0 && <Fact title={t('details.categories')}>{categories.join(', ')}</Fact>}
      {homepages.length > 0 && (
        <Fact title={t('details.homepage')}>
          {homepages.map((url) => (
            <TextLink key={url} isExternal onPress={() => onOpen(url)}>
              {url}
            </TextLink>
          ))}
        </Fact>
      )}
      {needsTerminal && <Fact title={t('details.terminal')}>{t('details.terminal-text')}</Fact>}
      <Fact title={t('details.address')}>{details.interface}</Fact>
    </>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{title}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  );
}

/** Feeds write dates as they like. */
function dateOf(intl: ReturnType<typeof useTranslator>, text: string): string {
  return Number.isNaN(Date.parse(text)) ? text : formatDay(intl, text);
}
