import { useEffect, useState } from 'react';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import type { InterfaceUri, ProgramCommand } from '../../../shared/model/index.ts';
import { splitShellWords } from '../../../shared/shell-words.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { CopyLine } from '../../components/CopyLine.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { valueOf } from '../../stores/loadable.ts';
import { useApps, useProgramStore, useStores, useTimeline } from '../../stores/stores.tsx';
import { runCommand } from './run-command.ts';
import styles from './RunOptionsDialog.module.css';

export interface RunOptionsDialogProps {
  readonly uri: InterfaceUri;
  readonly onClose: () => void;
  readonly onCopy: (text: string) => void;
}

/** Runs a program once as one likes: another version, another of its commands, arguments. */
export function RunOptionsDialog({ uri, onClose, onCopy }: RunOptionsDialogProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { apps, program, view } = useStores();
  const app = useApps(({ list }) => valueOf(list)?.apps.find((one) => one.interface === uri));
  const details = useProgramStore((state) => (state.uri === uri ? valueOf(state.details) : undefined));
  const versions = useProgramStore((state) => (state.uri === uri ? valueOf(state.versions) : undefined));
  const appName = useTimeline(({ apps: all }) => valueOf(all)?.apps.find((one) => one.interface === uri)?.name);
  const [version, setVersion] = useState('');
  const [before, setBefore] = useState('');
  const [command, setCommand] = useState('');
  const [line, setLine] = useState('');
  const [refresh, setRefresh] = useState(false);
  const [inTerminal, setInTerminal] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void program.openChoices(uri);
  }, [program, uri]);

  const name = app?.name ?? details?.name ?? uri;
  const parsed = splitShellWords(line);
  const wishes = { version: version.trim(), before: before.trim(), command, args: parsed.words ?? [], refresh };
  const isUsual = wishes.version === '' && wishes.before === '' && command === '';
  const usable = [...new Set((versions?.rows ?? []).filter(({ reason }) => reason === null).map((row) => row.version))];
  const needsTerminal = details?.commands.find((one) => one.name === (command === '' ? 'run' : command))?.needsTerminal;

  const run = () => {
    if (parsed.words === null) return;
    const options = {
      args: [...parsed.words],
      refresh,
      inTerminal,
      ...(wishes.version !== '' && { version: wishes.version }),
      ...(wishes.version === '' && wishes.before !== '' && { before: wishes.before }),
      ...(command !== '' && { command }),
    };
    void apps.runWith(uri, options).then((error) => {
      if (error !== null) {
        setProblem(describeError(intl, error).sentence);
        return;
      }
      onClose();
      view.go({ page: 'run', interface: uri, tab: 'run' });
    });
  };
  const change = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      setProblem(null);
      set(value);
    };
  };

  return (
    <Dialog
      title={t('options.title', { name })}
      icon="tune"
      width="l"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" icon="play-filled" onPress={run} isDisabled={parsed.words === null}>
            {t('run.run')}
          </Button>
        </>
      }
    >
      <div className={styles.pair}>
        <TextField
          label={t('options.version')}
          value={version}
          placeholder={t('options.version-any')}
          onChange={change(setVersion)}
          onEnter={run}
          autoFocus
          description={t('options.version-text')}
          problem={problem ?? undefined}
        />
        {usable.length > 0 && (
          <Select
            label={t('options.suitable', { count: usable.length })}
            value={usable.includes(version) ? version : 'any'}
            options={[
              { id: 'any', label: t('options.version-any') },
              ...usable.slice(0, maxVersions).map((id) => ({ id, label: id })),
            ]}
            onChange={(id) => change(setVersion)(id === 'any' ? '' : id)}
          />
        )}
      </div>
      <TextField
        label={t('options.before')}
        value={before}
        isDisabled={wishes.version !== ''}
        onChange={change(setBefore)}
        onEnter={run}
        description={wishes.version === '' ? t('options.before-text') : t('options.before-off')}
      />
      {(details?.commands.length ?? 0) > 1 && (
        <Select
          label={t('options.command')}
          value={command === '' ? 'run' : command}
          options={(details?.commands ?? []).map((one) => ({ id: one.name, label: commandWords(one, name) }))}
          onChange={(id) => setCommand(id === 'run' ? '' : id)}
        />
      )}
      <TextField
        label={t('options.args')}
        value={line}
        onChange={setLine}
        onEnter={run}
        description={
          parsed.words !== null && parsed.words.length > 0
            ? t('options.args-count', { count: parsed.words.length })
            : t('options.args-text')
        }
        problem={parsed.problem === null ? undefined : t(`options.args-${parsed.problem}`)}
      />
      <div className={styles.choices}>
        <Checkbox isChecked={refresh} onChange={setRefresh}>
          {t('options.refresh')}
        </Checkbox>
        <Checkbox
          isChecked={inTerminal || needsTerminal === true}
          isDisabled={needsTerminal === true}
          onChange={setInTerminal}
        >
          {t('options.terminal')}
        </Checkbox>
      </div>
      <div className={styles.same}>
        <span className={styles.label}>{t('run.command-line')}</span>
        <CopyLine
          label={t('run.command-line')}
          text={runCommand(isUsual ? (appName ?? uri) : uri, wishes)}
          copyLabel={t('run.command-line-copy')}
          onCopy={onCopy}
        />
      </div>
      {appName !== undefined && !isUsual && <p className={styles.label}>{t('options.once')}</p>}
    </Dialog>
  );
}

/** In the list; any other can be typed. */
const maxVersions = 200;

function commandWords({ name, title, summary }: ProgramCommand, program: string): string {
  const words = summary ?? (title === program ? null : title);
  return words === null ? name : `${name} – ${words}`;
}
