import type { NetworkUse, Settings } from '../../../shared/model/settings.ts';

/** What selecting and fetching need of `injector/global`. @see execution.md 11 */
export interface GlobalConfig {
  readonly networkUse: NetworkUse;
  /** Seconds; 0 = never. The reference's default is 30 days. */
  readonly freshnessSeconds: number;
  readonly helpWithTesting: boolean;
  readonly autoApproveKeys: boolean;
  /** `null` = none. */
  readonly keyInfoServer: string | null;
  /** Things in the file that were not understood, for a visible warning. */
  readonly warnings: readonly string[];
}

/** `injector/global`: read fresh each time, written whole; unknown keys, sections and comments stay. */
export interface ConfigPort {
  /** With what is locked. */
  read(): Promise<GlobalConfig>;
  /** @throws AppError `setting-locked` */
  write(change: Partial<Omit<GlobalConfig, 'warnings'>>): Promise<void>;
}

/** What an administrator has decided for all users. */
export interface LockedSettings {
  readonly values: Partial<Settings>;
  /** The file that says so; null if there is none. */
  readonly path: string | null;
}

/** Read fresh each time. It serves order, not security: who may change the environment can look elsewhere. */
export interface LockedSettingsPort {
  read(): Promise<LockedSettings>;
}
