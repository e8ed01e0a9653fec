// Plays the main job unattended; the story itself is scripts/tour/story.mjs.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { withDisplay } from './display.mjs';

/** @returns the exit code: 0 when every step of the tour went well */
export function playTour(root) {
  const [command, args] = withDisplay(process.execPath, [path.join(root, 'scripts/tour/main.mjs')]);
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}
