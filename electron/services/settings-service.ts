import { z } from 'zod';
import { Settings } from '../../shared/model/settings.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { StatePort } from '../core/ports/state.ts';

const WindowSettings = z.object({
  theme: Settings.shape.theme.catch('system').default('system'),
  showSamples: z.boolean().catch(true).default(true),
  maxBytesPerSecond: Settings.shape.maxBytesPerSecond.catch(null).default(null),
  updatesWhenMetered: z.boolean().catch(false).default(false),
  updatesOnBattery: z.boolean().catch(false).default(false),
});

/** The Preferences page: the reference's settings in its own file, the window's in ours. */
export interface SettingsService {
  get(): Promise<Settings>;
  /** Applies at once and returns the whole. */
  set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings>;
}

interface Deps {
  readonly config: ConfigPort;
  readonly state: StatePort;
  readonly onChanged: () => void;
}

const fileName = 'window-settings';

/** Creates the service. */
export function createSettingsService({ config, state, onChanged }: Deps): SettingsService {
  const readWindow = async () => {
    const parsed = WindowSettings.safeParse((await state.read(fileName)) ?? {});
    return parsed.success ? parsed.data : WindowSettings.parse({});
  };
  const get = async (): Promise<Settings> => {
    const { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys } = await config.read();
    return { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys, ...(await readWindow()) };
  };
  return {
    get,
    async set(change) {
      const { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys, ...window } = change;
      const shared = { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys };
      const given = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
      if (Object.keys(given).length > 0) await config.write(given);
      const ours = Object.entries(window).filter(([, value]) => value !== undefined);
      if (ours.length > 0) await state.write(fileName, { ...(await readWindow()), ...Object.fromEntries(ours) });
      onChanged();
      return get();
    },
  };
}
