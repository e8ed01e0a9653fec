import { hasDisplay } from './prepare/system.mjs';

/** The command line that runs a program on a virtual display where there is no real one. */
export function withDisplay(command, args) {
  if (hasDisplay()) return [command, args];
  return ['xvfb-run', ['-a', '-s', '-screen 0 1440x1000x24', command, ...args]];
}
