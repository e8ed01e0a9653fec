import { z } from 'zod';
import { Settings, type SettingsView } from '../../shared/model/settings.ts';
import { refuseLocked, withLocked } from '../core/settings/locked.ts';
import type { ConfigPort, LockedSettingsPort } from '../core/ports/settings.ts';
import { windowSettingsName, type StatePort } from '../core/ports/state.ts';

const WindowSettings = z.object({
  theme: Settings.shape.theme.catch('system').default('system'),
  showSamples: z.boolean().catch(true).default(true),
  maxBytesPerSecond: Settings.shape.maxBytesPerSecond.catch(null).default(null),
  updatesWhenMetered: z.boolean().catch(false).default(false),
  updatesOnBattery: z.boolean().catch(false).default(false),
  updateHours: Settings.shape.updateHours.catch(null).default(null),
  language: Settings.shape.language.catch('system').default('system'),
  showsTray: z.boolean().catch(false).default(false),
  notifies: z.boolean().catch(true).default(true),
  isWelcomed: z.boolean().catch(false).default(false),
  programLanguages: Settings.shape.programLanguages.catch([]).default([]),
});

/** The Preferences page: the reference's settings in its own file, the window's in ours. */
export interface SettingsService {
  get(): Promise<SettingsView>;
  /** Applies at once and returns the whole. @throws AppError `setting-locked` */
  set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Promise<SettingsView>;
}

interface Deps {
  readonly config: ConfigPort;
  readonly locked: LockedSettingsPort;
  readonly state: StatePort;
  readonly onChanged: () => void;
}

/** Creates the service. */
export function createSettingsService({ config, locked, state, onChanged }: Deps): SettingsService {
  const readWindow = async () => {
    const parsed = WindowSettings.safeParse((await state.read(windowSettingsName)) ?? {});
    return parsed.success ? parsed.data : WindowSettings.parse({});
  };
  const get = async (): Promise<SettingsView> => {
    const [shared, window, { values }] = await Promise.all([config.read(), readWindow(), locked.read()]);
    const { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys } = shared;
    const written: Settings = { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys, ...window };
    return { ...withLocked(written, values), locked: Object.keys(values) as SettingsView['locked'] };
  };
  return {
    get,
    async set(change) {
      const { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys, ...window } = change;
      const shared = { networkUse, freshnessSeconds, helpWithTesting, autoApproveKeys };
      refuseLocked(await locked.read(), Object.keys(window));
      const given = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
      if (Object.keys(given).length > 0) await config.write(given);
      const ours = Object.entries(window).filter(([, value]) => value !== undefined);
      if (ours.length > 0)
        await state.write(windowSettingsName, { ...(await readWindow()), ...Object.fromEntries(ours) });
      onChanged();
      return get();
    },
  };
}
