import type { ConditionsPort } from '../core/ports/conditions.ts';
import type { SettingsService } from './settings-service.ts';

/** Whether updates may be looked for and taken unasked just now. What a person asks for himself is always done. */
export interface UpdateRules {
  /** @returns why not; null if they may. What is not known forbids nothing. */
  obstacle(): Promise<'off-line' | 'metered' | 'battery' | null>;
}

interface Deps {
  readonly settings: Pick<SettingsService, 'get'>;
  readonly conditions: ConditionsPort;
}

/** Creates the rules. */
export function createUpdateRules({ settings, conditions }: Deps): UpdateRules {
  return {
    async obstacle() {
      const { networkUse, updatesWhenMetered, updatesOnBattery } = await settings.get();
      if (networkUse === 'off-line') return 'off-line';
      if (updatesWhenMetered && updatesOnBattery) return null;
      const { isMetered, isOnBattery } = await conditions.read();
      if (isMetered === true && !updatesWhenMetered) return 'metered';
      return isOnBattery === true && !updatesOnBattery ? 'battery' : null;
    },
  };
}
