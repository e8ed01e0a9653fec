import type { Settings } from '../../shared/model/index.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { ConditionsPort } from '../core/ports/conditions.ts';
import type { SettingsService } from './settings-service.ts';

/** Whether updates may be looked for and taken unasked just now. What a person asks for himself is always done. */
export interface UpdateRules {
  /** @returns why not; null if they may. What is not known forbids nothing. */
  obstacle(): Promise<'off-line' | 'hours' | 'metered' | 'battery' | null>;
}

interface Deps {
  readonly settings: Pick<SettingsService, 'get'>;
  readonly conditions: ConditionsPort;
  readonly clock: Pick<ClockPort, 'now'>;
}

/** Creates the rules. */
export function createUpdateRules({ settings, conditions, clock }: Deps): UpdateRules {
  return {
    async obstacle() {
      const { networkUse, updatesWhenMetered, updatesOnBattery, updateHours } = await settings.get();
      if (networkUse === 'off-line') return 'off-line';
      if (updateHours !== null && !isWithin(updateHours, new Date(clock.now()).getHours())) return 'hours';
      if (updatesWhenMetered && updatesOnBattery) return null;
      const { isMetered, isOnBattery } = await conditions.read();
      if (isMetered === true && !updatesWhenMetered) return 'metered';
      return isOnBattery === true && !updatesOnBattery ? 'battery' : null;
    },
  };
}

/** Hours may go over midnight; the same hour twice is the whole day. */
function isWithin({ from, until }: NonNullable<Settings['updateHours']>, hour: number): boolean {
  if (from === until) return true;
  return from < until ? hour >= from && hour < until : hour >= from || hour < until;
}
