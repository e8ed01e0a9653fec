import type { ReactNode } from 'react';
import type { ErrorData } from '../../../shared/errors/app-error.ts';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import { StatusMessage } from '../Feedback.tsx';
import { useTranslator } from '../translation.tsx';

export interface ProblemMessageProps {
  readonly error: ErrorData;
  readonly actions?: ReactNode;
  readonly tone?: 'danger' | 'warn';
  readonly isAlert?: boolean;
}

/** A problem in place: its sentence, what can be done, and details for those who want them. */
export function ProblemMessage({ error, actions, tone = 'danger', isAlert = false }: ProblemMessageProps) {
  const intl = useTranslator();
  const { sentence, details } = describeError(intl, error);
  return (
    <StatusMessage
      tone={tone}
      details={details}
      detailsLabel={intl.t('common.details')}
      actions={actions}
      isAlert={isAlert}
    >
      {sentence}
    </StatusMessage>
  );
}
