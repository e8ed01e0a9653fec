// `npm start`: sees to everything that is missing, then opens the window. `npm start -- --tour` plays the main job.

import { spawn } from 'node:child_process';
import { checkNodeVersion } from './prepare/node-version.mjs';
import { runScript } from './prepare/step.mjs';

/** Opens the window and waits until it is closed. */
async function openWindow(root, args) {
  const { electronExecutable } = await import('./prepare/electron.mjs');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    console.warn('Running as root: web pages are not shut in (--no-sandbox). This is for testing only.');
  }
  const child = spawn(electronExecutable(root), [...(isRoot ? ['--no-sandbox'] : []), root, ...args], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}

await runScript(async () => {
  checkNodeVersion();
  const { prepare, root } = await import('./prepare/index.mjs');
  const { hasDisplay } = await import('./prepare/system.mjs');
  const args = process.argv.slice(2);
  const isTourWanted = args.includes('--tour');
  await prepare();
  if (!isTourWanted && hasDisplay()) return openWindow(root, args);
  if (!isTourWanted) console.log('There is no display to open a window on: playing the tour on a virtual one.');
  const { playTour } = await import('./tour.mjs');
  return playTour(root);
});
