import type { IntegrationKind, IntegrationRequest } from '../desktop/integration-plan.ts';

/** One way in which a program appears on this computer. */
export interface Integration {
  readonly kind: IntegrationKind;
  /** URL or absolute path of the feed; null if only the app is known. */
  readonly uri: string | null;
  /** The app that is started instead of the program itself; null if none. */
  readonly app: string | null;
  /** What people see of it: the name in the menu, or the command. */
  readonly name: string;
  /** Where it is: a file, a folder, or a key of the registry. */
  readonly path: string;
  /** Whether it is this user's to remove. */
  readonly isRemovable: boolean;
}

/** The desktop of this user. */
export interface DesktopPort {
  /** What can be done here. */
  readonly kinds: readonly IntegrationKind[];
  /** Everything that is there, also what other programs of Zero Install wrote; by kind and name. */
  list(): Promise<readonly Integration[]>;
  /**
   * Writes what is asked for, in the place of what was written for the same target before.
   *
   * @returns what is there now; null if the program has nothing for it, such as files it could open
   * @throws AppError `bad-url`, `bad-app-name`, `command-exists`, `disk-full`, `permission-denied`, `file-failed`
   */
  write(request: IntegrationRequest): Promise<Integration | null>;
  /** Removes one, and all that was written for it. @throws AppError `permission-denied`, `file-failed` */
  remove(integration: Integration): Promise<void>;
}
