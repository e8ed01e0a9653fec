import { Component, type ErrorInfo, type ReactNode } from 'react';
import type { Translator } from '../../shared/i18n/translator.ts';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/Feedback.tsx';
import styles from './Shell.module.css';

export interface ErrorBoundaryProps {
  readonly translator: Translator;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly where: string;
}

/** Shown instead of an empty window when the page itself has a mistake. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { error: null, where: '' };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  override componentDidCatch(_error: Error, info: ErrorInfo): void {
    this.setState({ where: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (error === null) return this.props.children;
    const { t } = this.props.translator;
    const details = `${error.stack ?? error.message}\n${where}`;
    return (
      <main className={styles.crash}>
        <EmptyState
          icon="failed"
          title={t('crash.title')}
          action={
            <div className={styles.crashActions}>
              <Button onPress={() => void navigator.clipboard.writeText(details)}>{t('crash.copy')}</Button>
              <Button variant="primary" onPress={() => window.location.reload()}>
                {t('crash.reload')}
              </Button>
            </div>
          }
        >
          {t('crash.text')}
        </EmptyState>
      </main>
    );
  }
}
