import { useEffect } from 'react';
import type { JobSnapshot, TrustQuestion } from '../../../shared/model/index.ts';
import { useStores, useTrust } from '../../stores/stores.tsx';
import { TrustDialog } from './TrustDialog.tsx';

export interface TrustQuestionDialogProps {
  readonly job: JobSnapshot;
  readonly question: TrustQuestion;
}

/** The question of a job, with what trusting the key is about. */
export function TrustQuestionDialog({ job, question }: TrustQuestionDialogProps) {
  const { jobs, trust } = useStores();
  const { domain, keys } = question;
  const rehearsal = useTrust((state) =>
    state.rehearsal?.subject.domain === domain && state.rehearsal.answer.status === 'ready'
      ? state.rehearsal.answer.value
      : null,
  );
  const [key] = keys;
  useEffect(() => {
    // What the keys are about is the same for all of them: the feeds of the domain.
    if (key !== undefined) void trust.rehearse({ domain, key, change: 'add' });
    return trust.endRehearsal;
  }, [trust, domain, key]);
  return (
    <TrustDialog
      title={job.title}
      question={question}
      rehearsal={rehearsal}
      onAnswer={(fingerprints) => void jobs.answer(job.id, fingerprints)}
    />
  );
}
