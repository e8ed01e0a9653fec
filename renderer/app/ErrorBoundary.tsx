import { Component, type ErrorInfo, type ReactNode } from 'react';
import { CrashScreen } from './CrashScreen.tsx';

export interface ErrorBoundaryProps {
  /** Makes a report of a mistake of the page. */
  readonly makeReport: (details: string) => Promise<string | null>;
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
    const details = `${error.stack ?? error.message}\n${where}`;
    return (
      <CrashScreen
        isReloaded={false}
        details={details}
        makeReport={() => this.props.makeReport(details)}
        onContinue={() => window.location.reload()}
      />
    );
  }
}
