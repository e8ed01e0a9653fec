import type { Shell } from '../../electron/ipc/handlers.ts';

const unused = (): Promise<never> => Promise.reject(new Error('not for this test'));
const unusedNow = (): never => {
  throw new Error('not for this test');
};

/** What the window's process adds to the desk, for tests without a window: each refuses. */
export const noShell: Shell = {
  info: unused,
  openLink: unused,
  openPath: unused,
  chooseProfile: unused,
  chooseFolder: unused,
  chooseFeed: unused,
  chooseTarget: unused,
  report: unused,
  zoom: unusedNow,
  setPossible: unusedNow,
};
