import { useEffect } from 'react';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { AppIcon } from '../../components/AppIcon.tsx';
import { Button, IconButton } from '../../components/Button.tsx';
import { Page } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { RunTab } from './RunTab.tsx';
import { useProgram } from './use-program.ts';

export interface RunScreenProps {
  readonly uri: InterfaceUri;
  readonly isCompact: boolean;
  readonly onCopy: (text: string) => void;
}

/** The page of one program. */
export function RunScreen({ uri, isCompact, onCopy }: RunScreenProps) {
  const { t } = useTranslator();
  const { apps, jobs, solve, view } = useStores();
  const program = useProgram(uri);
  const { name, app, job, isWorking, isProgram, status } = program;
  useEffect(() => {
    void solve.open(uri);
  }, [solve, uri]);

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
        </>
      }
    >
      <RunTab program={program} isCompact={isCompact} onCopy={onCopy} />
    </Page>
  );
}
