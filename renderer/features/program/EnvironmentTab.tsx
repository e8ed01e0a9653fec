import { useEffect, useState } from 'react';
import type { ChangedVariable, EnvironmentSheet, InterfaceUri, VariableChange } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { PageBody, Section } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useProgramStore, useSolve, useStores } from '../../stores/stores.tsx';
import styles from './EnvironmentTab.module.css';

export interface EnvironmentTabProps {
  readonly uri: InterfaceUri;
  readonly onCopy: (text: string) => void;
}

/** Exactly what a program is started with, and what it may use. */
export function EnvironmentTab({ uri, onCopy }: EnvironmentTabProps) {
  const { t } = useTranslator();
  const { program } = useStores();
  const [showsOwn, setShowsOwn] = useState(false);
  const sheet = useProgramStore((state) => state.sheet);
  const view = useSolve((state) => state.view);
  useEffect(() => {
    void program.openSheet(uri, showsOwn);
    // Another selection, another sheet.
  }, [program, uri, showsOwn, view]);
  return (
    <PageBody layout="scroll">
      {sheet.status === 'loading' && <Skeleton shape="rows" count={6} label={t('common.loading')} />}
      {sheet.status === 'failed' && <ProblemMessage error={sheet.error} isAlert />}
      {sheet.status === 'ready' && (
        <Sheet sheet={sheet.value} showsOwn={showsOwn} onShowOwn={setShowsOwn} onCopy={onCopy} />
      )}
    </PageBody>
  );
}

interface SheetProps {
  readonly sheet: EnvironmentSheet;
  readonly showsOwn: boolean;
  readonly onShowOwn: (showsOwn: boolean) => void;
  readonly onCopy: (text: string) => void;
}

function Sheet({ sheet, showsOwn, onShowOwn, onCopy }: SheetProps) {
  const { t } = useTranslator();
  const { variables, inherited, withheld, argv, cwd, isPreview, shellText } = sheet;
  return (
    <>
      {isPreview && <StatusMessage tone="info">{t('environment.preview')}</StatusMessage>}
      <Section title={t('environment.command')}>
        <ol className={styles.words} aria-label={t('environment.words')}>
          {argv.map((word, index) => (
            <li key={index}>
              <code className={styles.code}>{word === '' ? "''" : word}</code>
            </li>
          ))}
        </ol>
        <p className={styles.muted}>
          {cwd === null ? t('environment.directory-own') : t('environment.directory', { path: cwd })}
        </p>
      </Section>
      <Access sheet={sheet} />
      <Section
        title={t('environment.variables')}
        aside={
          <Checkbox isChecked={showsOwn} onChange={onShowOwn}>
            {t('environment.show-own')}
          </Checkbox>
        }
      >
        {variables.length === 0 ? (
          <p className={styles.muted}>{t('environment.no-variables')}</p>
        ) : (
          <div className={styles.frame}>
            <table className={styles.table} aria-label={t('environment.variables')}>
              <thead>
                <tr>
                  <th scope="col">{t('environment.column-name')}</th>
                  <th scope="col">{t('environment.column-change')}</th>
                  <th scope="col">{t('environment.column-value')}</th>
                  <th scope="col">{t('environment.column-by')}</th>
                </tr>
              </thead>
              {variables.map((variable) => (
                <VariableRows key={variable.name} variable={variable} />
              ))}
            </table>
          </div>
        )}
        <details className={styles.more}>
          <summary>{t('environment.inherited', { count: inherited.length })}</summary>
          <p className={styles.muted}>{t('environment.inherited-text')}</p>
          <ul className={styles.names} aria-label={t('environment.inherited-list')}>
            {inherited.map(({ name, value }) => (
              <li key={name}>
                <code className={styles.code}>{value === null ? name : `${name}=${value}`}</code>
              </li>
            ))}
          </ul>
        </details>
        {withheld.length > 0 && (
          <p className={styles.muted}>
            {t('environment.withheld', { names: withheld.join(', '), count: withheld.length })}
          </p>
        )}
      </Section>
      <Section
        title={t('environment.shell')}
        aside={
          <Button icon="copy" onPress={() => onCopy(shellText)}>
            {t('environment.copy')}
          </Button>
        }
      >
        <p className={styles.muted}>{t('environment.shell-text')}</p>
        <pre className={styles.shell} tabIndex={0} aria-label={t('environment.shell')}>
          {shellText}
        </pre>
      </Section>
    </>
  );
}

function VariableRows({ variable }: { readonly variable: ChangedVariable }) {
  const { t } = useTranslator();
  const { name, changes, isOwn, before, after } = variable;
  return (
    <tbody>
      {changes.map((change, index) => (
        <tr key={index}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={changes.length + (after === null ? 0 : 1)}>
              <code className={styles.code}>{name}</code>
              <span className={styles.muted}>{isOwn ? t('environment.is-own') : t('environment.is-new')}</span>
            </th>
          )}
          <td>{t(`environment.mode-${modeWord(change, isOwn || index > 0)}`)}</td>
          <td>
            <code className={styles.code}>{change.value === '' ? "''" : change.value}</code>
          </td>
          <td>
            <By change={change} />
          </td>
        </tr>
      ))}
      {after !== null && (
        <tr>
          <td>{t('environment.result')}</td>
          <td colSpan={2}>
            {before !== null && <code className={styles.before}>{before}</code>}
            <code className={styles.code}>{after}</code>
          </td>
        </tr>
      )}
    </tbody>
  );
}

function By({ change: { by, of } }: { readonly change: VariableChange }) {
  const { t } = useTranslator();
  const words = { name: by.name, version: by.version };
  return by.interface === of.interface
    ? t('environment.by', words)
    : t('environment.by-for', { ...words, other: of.name, otherVersion: of.version });
}

function Access({ sheet: { name, sandbox } }: { readonly sheet: EnvironmentSheet }) {
  const { t } = useTranslator();
  if (sandbox === null) {
    return (
      <Section title={t('environment.access')}>
        <p>{t('environment.access-all', { name })}</p>
      </Section>
    );
  }
  const { allowsNetwork, writable, readable } = sandbox;
  return (
    <Section title={t('environment.access')}>
      <p>{t('environment.access-apart', { name })}</p>
      <ul className={styles.access}>
        <li>{allowsNetwork ? t('environment.network') : t('environment.no-network')}</li>
        {writable.map((folder) => (
          <li key={folder}>{t('environment.writable', { folder })}</li>
        ))}
        {readable.map((folder) => (
          <li key={folder}>{t('environment.readable', { folder })}</li>
        ))}
        {writable.length + readable.length === 0 && <li>{t('environment.no-folders')}</li>}
      </ul>
    </Section>
  );
}

/** In front of nothing is the same as set. */
function modeWord({ mode }: VariableChange, isThere: boolean): 'set' | 'replace' | 'prepend' | 'append' {
  if (mode === 'replace') return isThere ? 'replace' : 'set';
  return mode;
}
