import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createStartScripts } from './adapters/apps/start-scripts.ts';
import { createDesktop } from './adapters/desktop/desktop.ts';
import { createOwnFiles, type OwnFiles } from './adapters/desktop/own-files.ts';
import { findWindowProgram } from './adapters/process/window-program.ts';
import { createUrlFiles } from './adapters/url-files/url-files.ts';
import { samplesHost, type Engine } from './engine.ts';
import { createIconService } from './services/icon-service.ts';
import { createIntegrateService, type IntegrateService } from './services/integrate-service.ts';

/**
 * Joins the parts of the desktop to an engine.
 *
 * @param cliDir folder of the command line's own files
 * @param options `isOffline`: fetches no icons, whatever the settings say
 */
export function createIntegrations(
  engine: Engine,
  cliDir: string,
  { isOffline = false, onChanged = () => {} }: { readonly isOffline?: boolean; readonly onChanged?: () => void } = {},
): IntegrateService {
  const { paths, env, http, config, log } = engine;
  return createIntegrateService({
    desktop: createDesktop({ env, home: paths.home, cliDir, scripts: createStartScripts(paths, env), log }),
    readFeed: engine.readFeed,
    icons: createIconService({
      icons: createUrlFiles(join(paths.cache[0] ?? '', 'interface_icons')),
      http,
      config: isOffline ? { read: async () => ({ ...(await config.read()), networkUse: 'off-line' }) } : config,
      isLocalUrl: (url) => new URL(url).host === samplesHost,
      log,
    }),
    isPortable: paths.isPortable,
    onChanged,
  });
}

/**
 * What makes Zerodesk itself appear.
 *
 * @returns null where its installer does that, if it is portable, or if there is no window to open
 */
export function createOwnIntegration({ paths, env, log }: Engine, cliDir: string): OwnFiles | null {
  const window = findWindowProgram(cliDir);
  if (process.platform !== 'linux' || paths.isPortable || window === null) return null;
  const icons = ['../../assets', '../assets'].map((folder) => join(cliDir, folder, 'icons/zerodesk.png'));
  return createOwnFiles({
    env,
    home: paths.home,
    window: [window.command, ...window.args],
    icon: icons.find((icon) => existsSync(icon)) ?? null,
    log,
  });
}
