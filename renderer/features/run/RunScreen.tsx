import { useEffect } from 'react';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { AppIcon } from '../../components/AppIcon.tsx';
import { Button, IconButton } from '../../components/Button.tsx';
import { MenuButton, type MenuEntry } from '../../components/Menu.tsx';
import { Page } from '../../components/Page.tsx';
import { Tabs, type TabDefinition } from '../../components/Tabs.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores, useView } from '../../stores/stores.tsx';
import { RunTab } from './RunTab.tsx';
import { useProgram } from './use-program.ts';

export interface RunScreenProps {
  readonly uri: InterfaceUri;
  readonly isCompact: boolean;
  readonly onCopy: (text: string) => void;
  /** Further views of the program, beside that of running it. */
  readonly otherTabs: readonly TabDefinition[];
}

/** The page of one program. */
export function RunScreen({ uri, isCompact, onCopy, otherTabs }: RunScreenProps) {
  const { t } = useTranslator();
  const { apps, jobs, solve, view } = useStores();
  const program = useProgram(uri);
  const tab = useView(({ place }) => (place.page === 'run' ? (place.tab ?? 'run') : 'run'));
  const { name, app, job, isWorking, isProgram, status } = program;
  useEffect(() => {
    void solve.open(uri);
  }, [solve, uri]);

  const isBusy = isWorking && !isProgram;
  const entries: readonly MenuEntry[] = [
    { id: 'options', label: t('run.options'), icon: 'tune' },
    {
      id: 'update',
      label: t('run.update'),
      icon: 'refresh',
      startsGroup: true,
      isDisabled: isBusy,
    },
    { id: 'download', label: t('apps.download-only'), icon: 'download', isDisabled: isBusy },
    { id: 'choose', label: t('run.choose'), icon: 'check', isDisabled: isBusy },
  ];
  const choose = (id: string) => {
    if (id === 'options') view.set({ optionsOf: uri });
    else if (id === 'choose') void apps.choose(uri);
    else void apps.download(uri, id === 'update');
  };

  return (
    <Page
      layout="own"
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
          {isProgram && job !== undefined && (
            <Button icon="stop" onPress={() => void jobs.cancel(job.id)}>
              {t('run.stop')}
            </Button>
          )}
          {isWorking && !isProgram && job !== undefined ? (
            <Button icon="close" onPress={() => void jobs.cancel(job.id)}>
              {t('common.cancel')}
            </Button>
          ) : (
            <Button
              variant="primary"
              icon="play-filled"
              onPress={() => void apps.run(uri)}
              isDisabled={status.kind === 'loading'}
            >
              {job?.program === null || job === undefined ? t('run.run') : t('run.again')}
            </Button>
          )}
          <MenuButton label={t('run.more', { name })} entries={entries} onChoose={choose}>
            <IconButton icon="open" variant="secondary" label={t('run.more', { name })} />
          </MenuButton>
        </>
      }
    >
      <Tabs
        label={t('run.tabs', { name })}
        isInPage
        selected={tab}
        onSelect={view.showTab}
        tabs={[
          {
            id: 'run',
            title: t('run.tab-run'),
            content: () => <RunTab program={program} isCompact={isCompact} onCopy={onCopy} />,
          },
          ...otherTabs,
        ]}
      />
    </Page>
  );
}
