import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { useTranslator } from '../../components/translation.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import type { ComponentRef } from '../../stores/solve-store.ts';
import { useSolve } from '../../stores/stores.tsx';
import styles from './ComponentPanel.module.css';
import { FeedsTab } from './FeedsTab.tsx';
import { VersionsTab } from './VersionsTab.tsx';

export interface ComponentPanelProps {
  readonly component: ComponentRef;
  readonly onClose: () => void;
  readonly onCopy: (text: string) => void;
}

/** The interface dialog: which versions there are, which is used and why, and how far each is trusted to work. */
export function ComponentPanel({ component, onClose, onCopy }: ComponentPanelProps) {
  const { t } = useTranslator();
  const [tab, setTab] = useState('versions');
  // In a narrow window the panel is the page.
  const Heading = useMediaQuery(narrowWindow) ? 'h1' : 'h2';
  const heading = useRef<HTMLHeadingElement>(null);
  const name = useSolve(({ versions, view }) => {
    if (versions.status === 'ready') return versions.value.name;
    const rows = view.status === 'ready' ? view.value.components : [];
    return rows.find((row) => row.interface === component.interface)?.name ?? component.interface;
  });
  const summary = useSolve(({ view }) =>
    view.status === 'ready'
      ? view.value.components.find((row) => row.interface === component.interface)?.summary
      : undefined,
  );
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [component.interface, component.isSource]);

  return (
    <aside
      className={styles.panel}
      aria-label={t('panel.label', { name })}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <header className={styles.head}>
        <div className={styles.titles}>
          <Heading ref={heading} tabIndex={-1} className={styles.title} title={component.interface}>
            {name}
          </Heading>
          {summary !== undefined && summary !== '' && (
            <p className={styles.summary} title={summary}>
              {summary}
            </p>
          )}
        </div>
        <IconButton icon="close" label={t('panel.close')} onPress={onClose} />
      </header>
      <Tabs
        label={t('panel.label', { name })}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: 'versions', title: t('panel.versions'), content: () => <VersionsTab component={component} /> },
          { id: 'feeds', title: t('panel.feeds'), content: () => <FeedsTab component={component} onCopy={onCopy} /> },
        ]}
      />
    </aside>
  );
}
