import { AppError } from '../../shared/errors/app-error.ts';
import type { SandboxView } from '../../shared/model/index.ts';
import type { AppSandboxPort, AppStorePort, StoredApp } from '../core/ports/app-store.ts';
import type { SandboxSettings } from '../core/launch/sandbox.ts';

/** Whether apps are run apart from the rest of the computer, in the window. */
export interface SandboxService {
  /** @throws AppError `app-missing`, `bad-settings` */
  view(name: string): Promise<SandboxView>;
  /**
   * Puts an app into a sandbox, or takes it out. What it may use is remembered only while it is in one.
   *
   * @throws AppError `sandbox-missing` where there is none to be put into
   */
  set(name: string, wanted: { readonly isOn: boolean; readonly allowsNetwork: boolean }): Promise<void>;
  /** Lets it use a folder. @param folder absolute, as a person chose it */
  allow(name: string, folder: string, access: 'read' | 'write'): Promise<void>;
  /** Takes a folder away again. */
  forbid(name: string, folder: string): Promise<void>;
}

interface Deps {
  readonly apps: Pick<AppStorePort, 'read'>;
  readonly sandbox: AppSandboxPort;
  /** Whether bubblewrap is here. */
  readonly isAvailable: () => boolean;
  readonly onChanged: () => void;
}

const packageName = 'bubblewrap';
const nothing: SandboxSettings = { allowsNetwork: false, writable: [], readable: [] };

/** Creates the service. */
export function createSandboxService({ apps, sandbox, isAvailable, onChanged }: Deps): SandboxService {
  const find = async (name: string): Promise<StoredApp> => {
    const app = await apps.read(name);
    if (!app) throw new AppError('app-missing', { name });
    return app;
  };
  const change = async (name: string, edit: (now: SandboxSettings) => SandboxSettings): Promise<void> => {
    const app = await find(name);
    const now = await sandbox.read(app);
    if (now === null) throw new AppError('not-allowed', { reason: 'the app is not run apart' });
    await sandbox.write(app, edit(now));
    onChanged();
  };
  const without = ({ writable, readable, ...rest }: SandboxSettings, folder: string): SandboxSettings => ({
    ...rest,
    writable: writable.filter((each) => each !== folder),
    readable: readable.filter((each) => each !== folder),
  });
  return {
    async view(name) {
      const settings = await sandbox.read(await find(name));
      const { allowsNetwork, writable, readable } = settings ?? nothing;
      return {
        isOn: settings !== null,
        allowsNetwork,
        writable: [...writable],
        readable: [...readable],
        missingPackage: isAvailable() ? null : packageName,
      };
    },
    async set(name, { isOn, allowsNetwork }) {
      const app = await find(name);
      if (isOn && !isAvailable()) throw new AppError('sandbox-missing', { program: 'bwrap', package: packageName });
      const now = isOn ? ((await sandbox.read(app)) ?? nothing) : null;
      await sandbox.write(app, now && { ...now, allowsNetwork });
      onChanged();
    },
    allow: (name, folder, access) =>
      change(name, (now) => {
        const rest = without(now, folder);
        const list = access === 'write' ? 'writable' : 'readable';
        return { ...rest, [list]: [...rest[list], folder] };
      }),
    forbid: (name, folder) => change(name, (now) => without(now, folder)),
  };
}
