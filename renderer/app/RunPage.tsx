import { useEffect, useRef } from 'react';
import { PageBody } from '../components/Page.tsx';
import { ResizeHandle } from '../components/ResizeHandle.tsx';
import { useTranslator } from '../components/translation.tsx';
import { ComponentPanel } from '../features/component/ComponentPanel.tsx';
import { DetailsTab } from '../features/program/DetailsTab.tsx';
import { EnvironmentTab } from '../features/program/EnvironmentTab.tsx';
import { MapView } from '../features/map/MapView.tsx';
import { RunScreen } from '../features/run/RunScreen.tsx';
import type { InterfaceUri } from '../../shared/model/index.ts';
import { useSolve, useStores, useView } from '../stores/stores.tsx';
import styles from './Shell.module.css';

const minWidth = 480;
const maxWidth = 720;

export interface RunPageProps {
  readonly uri: InterfaceUri;
  readonly onCopy: (text: string) => void;
}

/** A program, and beside it the component one looks at; in a narrow window one over the other. */
export function RunPage({ uri, onCopy }: RunPageProps) {
  const { t } = useTranslator();
  const { solve, view } = useStores();
  const width = useView((state) => state.panelWidth);
  const component = useSolve((state) => (state.root === uri ? state.component : null));
  const side = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const isOpen = component !== null;
  useEffect(() => {
    side.current?.style.setProperty('--panel-width', `${width}px`);
  }, [width, isOpen]);

  const lastKey = useRef<string | null>(null);
  useEffect(() => {
    if (component !== null) lastKey.current = component.isSource ? `src ${component.interface}` : component.interface;
    else if (lastKey.current !== null) {
      // Back to the row that the panel belonged to.
      const row = page.current?.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(lastKey.current)}"]`);
      if (document.activeElement === document.body) row?.focus();
      lastKey.current = null;
    }
  }, [component]);

  return (
    <div ref={page} className={styles.run} data-panel={isOpen}>
      <div className={styles.runMain}>
        <RunScreen
          uri={uri}
          isCompact={isOpen}
          onCopy={onCopy}
          otherTabs={[
            { id: 'details', title: t('details.title'), content: () => <DetailsTab uri={uri} onCopy={onCopy} /> },
            {
              id: 'environment',
              title: t('environment.title'),
              content: () => <EnvironmentTab uri={uri} onCopy={onCopy} />,
            },
            {
              id: 'map',
              title: t('map.title'),
              content: () => (
                <PageBody layout="fill">
                  <MapView of={uri} />
                </PageBody>
              ),
            },
          ]}
        />
      </div>
      {component !== null && (
        <>
          <ResizeHandle
            label={t('panel.resize')}
            value={width}
            min={minWidth}
            max={maxWidth}
            onChange={(panelWidth) => view.set({ panelWidth })}
          />
          <div ref={side} className={styles.runPanel}>
            <ComponentPanel component={component} onClose={() => void solve.inspect(null)} onCopy={onCopy} />
          </div>
        </>
      )}
    </div>
  );
}
