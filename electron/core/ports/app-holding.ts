import type { Holding } from '../apps/holding.ts';
import type { StoredApp } from './app-store.ts';

/** A holding, and the one before the app was last taken back: for taking that back. */
export interface StoredHolding extends Holding {
  readonly previous: Holding | null;
}

/** Which apps are kept from which updates. */
export interface AppHoldingPort {
  /** null: from none. @throws AppError `bad-settings` if it is not clear from which */
  read(app: Pick<StoredApp, 'directory'>): Promise<StoredHolding | null>;
  write(app: Pick<StoredApp, 'directory'>, holding: StoredHolding | null): Promise<void>;
}
