// What `npm start` and `npm test` do before the real work. Until the packages are installed, only Node's own modules.

import path from 'node:path';
import { provideBuild } from './build.mjs';
import { installDependencies } from './dependencies.mjs';
import { electronExecutable, provideElectron } from './electron.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { step } from './step.mjs';
import { hasDisplay, provideLibraries, provideOptionalTools, provideSandbox, provideTools } from './system.mjs';

/** The folder of the checkout. */
export const root = path.resolve(import.meta.dirname, '../..');

/**
 * Sees to everything that is missing, one line a step.
 *
 * @param needs `electron`: the runtime with its libraries; `display`: a virtual one where there is none; `tools`: commands
 *   to be on PATH; `optionalTools`: the same, but missing ones stop nothing; `build`: `out/` made of the current sources
 */
export async function prepare({ electron = true, display = true, tools = [], optionalTools = [], build = true } = {}) {
  await step('Node.js', checkNodeVersion);
  await step('packages', () => installDependencies(root));
  const displayTools = display && !hasDisplay() ? ['xvfb-run', 'Xvfb', 'xauth'] : [];
  const wanted = [...displayTools, ...tools];
  if (wanted.length > 0) await step('system tools', () => provideTools(wanted));
  if (optionalTools.length > 0) await step(optionalTools.join(', '), () => provideOptionalTools(optionalTools));
  if (electron) {
    await step('Electron', () => provideElectron(root));
    await step('system libraries', () => provideLibraries(electronExecutable(root)));
    await step('sandbox', () => provideSandbox(electronExecutable(root)));
  }
  if (build) await step('build', () => provideBuild(root));
}
