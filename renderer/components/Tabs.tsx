import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './Tabs.module.css';

export interface TabDefinition {
  readonly id: string;
  readonly title: ReactNode;
  readonly content: () => ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly TabDefinition[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** Below the head of a page, in line with its content. */
  readonly isInPage?: boolean;
}

/** Several views of one thing. */
export function Tabs({ label, tabs, selected, onSelect, isInPage = false }: TabsProps) {
  return (
    <AriaTabs className={cx(styles.tabs)} selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))}>
      <TabList aria-label={label} className={cx(styles.list, isInPage && styles.inPage)}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={cx(styles.tab)}>
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={cx(styles.panel)}>
          {tab.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
