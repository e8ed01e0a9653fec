import type { ShareHealth, ShareStep } from '../../../shared/model/sharing.ts';
import type { ShareHelper, StepFacts, Trial } from './facts.ts';
import { setupSteps, sharePlaces, type SetupStepId } from './setup-plan.ts';

/** What was found on this computer. */
export interface ShareFacts {
  readonly isSupported: boolean;
  readonly isPortable: boolean;
  readonly helper: ShareHelper | null;
  readonly steps: readonly StepFacts[];
  readonly trial: Trial | null;
  readonly commands: (id: SetupStepId) => readonly string[];
}

/**
 * Judges whether sharing works. What counts is the trial: a helper that answers is ready, however it came to be there. Only if
 * it does not, what is missing of our own setup is the reason.
 */
export function judgeHealth(facts: ShareFacts): ShareHealth {
  const { isSupported, isPortable, helper, trial } = facts;
  const isOwn = helper?.path === sharePlaces.helper;
  const base = {
    isPortable,
    helperPath: helper?.path ?? null,
    isOwnHelper: trial?.isOk === true && trial.keepsAccounts,
  };
  if (!isSupported || isPortable) return { ...base, state: 'unsupported', steps: [] };
  // Somebody else's helper has its own program, rules and scripts; the user and the directories are the same.
  const shown = facts.steps.filter(({ id }) => helper === null || isOwn || id === 'user' || id === 'directories');
  const steps = [...shown.map((step) => toStep(step, facts)), trialStep(facts)];
  const isComplete = steps.every(({ state, isOptional }) => isOptional || state === 'ok' || state === 'unknown');
  const isBegun =
    helper !== null || steps.some(({ id, state }) => id !== 'user' && id !== 'directories' && state === 'ok');
  if (trial?.isOk === true && isComplete) return { ...base, state: 'ready', steps };
  return { ...base, state: isBegun ? 'broken' : 'not-set-up', steps };
}

function toStep({ id, state, problem }: StepFacts, facts: ShareFacts): ShareStep {
  const isOptional = setupSteps.find((step) => step.id === id)?.isOptional ?? false;
  const fix = state === 'ok' || state === 'unknown' ? [] : [...facts.commands(id)];
  return { id, state, isOptional, problem, fix };
}

function trialStep({ helper, trial }: ShareFacts): ShareStep {
  const base = { id: 'trial' as const, isOptional: false, fix: [] };
  if (trial === null) {
    const what = sharePlaces.helper;
    return { ...base, state: 'missing', problem: { kind: 'missing', what, found: '' } };
  }
  if (trial.isOk) return { ...base, state: 'ok', problem: null };
  return { ...base, state: 'broken', problem: { kind: 'trial', what: helper?.path ?? '', found: trial.reason } };
}
