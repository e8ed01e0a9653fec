import type { StepFacts, Trial } from '../sharing/facts.ts';
import type { SetupStepId } from '../sharing/setup-plan.ts';

/** Setting up the shared store, as one finds and changes it on this computer. */
export interface ShareSetupPort {
  /** False where there is no such helper: use the service or the installer there. */
  readonly isSupported: boolean;
  inspect(): Promise<readonly StepFacts[]>;
  /** Calls the helper on PATH in a way that can change nothing; null if there is none. */
  attempt(signal?: AbortSignal): Promise<Trial | null>;
  /** Shell commands of a step, for those who do it by hand. */
  commands(id: SetupStepId): readonly string[];
  /**
   * Does one step. Only for root.
   * @throws AppError `setup-failed`, `permission-denied`
   */
  apply(id: SetupStepId): Promise<void>;
  /** Takes one step back. Only for root. @throws as `apply` */
  undo(id: SetupStepId): Promise<void>;
}
