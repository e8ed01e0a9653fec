import { formatSize } from '../../../shared/i18n/format.ts';
import type { ProgramDetails } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Section } from '../../components/Page.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Row, Rows } from '../../components/Rows.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { valueOf } from '../../stores/loadable.ts';
import { useApps, useStores, useTimeline } from '../../stores/stores.tsx';
import type { ReactNode } from 'react';
import styles from './DetailsTab.module.css';

/** Everything that a program has changed on this computer, each with the way to undo it. */
export function ChangesPart({ details }: { readonly details: ProgramDetails }) {
  const intl = useTranslator();
  const { t } = intl;
  const { apps, desktop, program, timeline, view } = useStores();
  const { interface: uri, entries, provenance } = details;
  const isMine = useApps(({ list }) => valueOf(list)?.apps.find((one) => one.interface === uri)?.isMine === true);
  const app = useTimeline(({ apps: all }) => valueOf(all)?.apps.find((one) => one.interface === uri));
  const stored = provenance.filter(({ item }) => item !== null);
  const bytes = stored.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const domains = [...new Set(provenance.flatMap(({ domain }) => (domain === null ? [] : [domain])))];
  const showTimeline = (): void => {
    if (app !== undefined) void timeline.open(app.name);
    view.go({ page: 'timeline' });
  };
  const isUntouched = entries.length === 0 && stored.length === 0 && domains.length === 0 && !isMine;
  return (
    <Section title={t('details.changes')}>
      <p className={styles.muted}>{isUntouched ? t('details.changes-none') : t('details.changes-text')}</p>
      {!isUntouched && (
        <Rows label={t('details.changes')} within="page">
          {isMine && (
            <Change icon="star-filled" words={t('details.change-mine')}>
              <Button onPress={() => void apps.remove(uri)}>{t('apps.remove')}</Button>
            </Change>
          )}
          {app !== undefined && (
            <Change icon="history" words={t('details.change-app', { name: app.name })}>
              <Button onPress={showTimeline}>{t('run.timeline-open')}</Button>
            </Change>
          )}
          {entries.map(({ id, kind, name, path, isRemovable }) => (
            <Change
              key={id}
              icon={icons[kind]}
              words={t('desktop.entry', { name, kind: t(`desktop.kind-${kind}`) })}
              detail={path}
            >
              {isRemovable ? (
                <Button
                  aria-label={t('desktop.undo-name', { name, kind: t(`desktop.kind-${kind}`) })}
                  onPress={() => void desktop.undo([id]).then(() => program.openDetails(uri))}
                >
                  {t('desktop.undo')}
                </Button>
              ) : (
                <span className={styles.muted}>{t('desktop.system')}</span>
              )}
            </Change>
          ))}
          {stored.length > 0 && (
            <Change
              icon="storage"
              words={t('details.change-stored', { count: stored.length, size: formatSize(intl, bytes) })}
              detail={t('details.change-stored-text')}
            >
              <Button onPress={() => view.go({ page: 'storage' })}>{t('details.show-storage')}</Button>
            </Change>
          )}
          {domains.map((domain) => (
            <Change
              key={domain}
              icon="key"
              words={t('details.change-key', { domain })}
              detail={t('details.change-key-text')}
            >
              <Button onPress={() => view.go({ page: 'preferences' })}>{t('details.show-keys')}</Button>
            </Change>
          ))}
        </Rows>
      )}
    </Section>
  );
}

const icons: Readonly<Record<ProgramDetails['entries'][number]['kind'], IconName>> = {
  menu: 'apps',
  autostart: 'play',
  'file-types': 'link',
  alias: 'terminal',
};

interface ChangeProps {
  readonly icon: IconName;
  readonly words: string;
  readonly detail?: string;
  /** How it is undone. */
  readonly children: ReactNode;
}

function Change({ icon, words, detail, children }: ChangeProps) {
  return (
    <Row lead={<Icon name={icon} />} actions={children} isRoomy>
      <span>{words}</span>
      {detail !== undefined && <span className={styles.muted}>{detail}</span>}
    </Row>
  );
}
