import { createConditions } from '../adapters/conditions/conditions.ts';
import { createJsonState } from '../adapters/state/json-state.ts';
import { createSettingsService } from '../services/settings-service.ts';
import { createUpdateRules, type UpdateRules } from '../services/update-rules.ts';
import type { Session } from './session.ts';

/** The rules of the person for what is done unasked. */
export function rulesOf({ engine }: Session): UpdateRules {
  const { config, lockedSettings: locked, paths, env } = engine;
  const settings = createSettingsService({ config, locked, state: createJsonState(paths.state), onChanged: () => {} });
  return createUpdateRules({ settings, conditions: createConditions(env), clock: engine.clock });
}
