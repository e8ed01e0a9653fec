import type { NetworkUse } from '../../../shared/model/settings.ts';

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
  read(): Promise<GlobalConfig>;
  write(change: Partial<Omit<GlobalConfig, 'warnings'>>): Promise<void>;
}
