import { useEffect, useRef } from 'react';
import type { JobSnapshot } from '../../../shared/model/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { Badge } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './ProgramOutput.module.css';

export interface ProgramOutputProps {
  readonly program: NonNullable<JobSnapshot['program']>;
  readonly onCopy: (text: string) => void;
}

/** What the program printed, as it comes. */
export function ProgramOutput({ program, onCopy }: ProgramOutputProps) {
  const { t } = useTranslator();
  const pane = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    // Who scrolled up is reading; only the end follows new lines.
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    if (isAtEnd) element.scrollTop = element.scrollHeight;
  }, [program.output]);
  const failed = !program.isRunning && (program.signal !== null || (program.exitCode ?? 0) !== 0);
  return (
    <section className={styles.output} aria-label={t('run.output')}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t('run.output')}</h2>
        {program.isRunning && <Badge tone="accent">{t('run.output-running')}</Badge>}
        {!program.isRunning && (
          <Badge tone={failed ? 'danger' : 'ok'}>
            {program.signal !== null
              ? t('run.output-signal', { signal: program.signal })
              : t('run.output-exit', { code: program.exitCode ?? 0 })}
          </Badge>
        )}
        <span className={styles.space} />
        <IconButton icon="copy" label={t('run.output-copy')} onPress={() => onCopy(program.output)} />
      </header>
      <pre ref={pane} className={styles.pane} tabIndex={0} aria-label={t('run.output')}>
        {program.output === '' ? <span className={styles.nothing}>{t('run.output-empty')}</span> : program.output}
      </pre>
    </section>
  );
}
