import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DesktopPort } from '../../core/ports/desktop.ts';
import { createLinuxDesktop, type LinuxDesktopOptions } from './linux.ts';
import { createMacDesktop } from './macos.ts';
import { createWindowsDesktop } from './windows.ts';

/** What any desktop needs. */
export interface DesktopOptions extends Omit<LinuxDesktopOptions, 'command'> {
  /** Folder of the command line's own files. */
  readonly cliDir: string;
}

/** The desktop of the system that this runs on. */
export function createDesktop(options: DesktopOptions): DesktopPort {
  const { env, home, cliDir } = options;
  switch (process.platform) {
    case 'win32':
      return createWindowsDesktop({
        roaming: env['APPDATA'] ?? `${home}\\AppData\\Roaming`,
        local: env['LOCALAPPDATA'] ?? `${home}\\AppData\\Local`,
        command: [process.execPath, join(cliDir, '0desk.js')],
      });
    case 'darwin':
      return createMacDesktop({ home, command: programOf(cliDir) });
    default:
      return createLinuxDesktop({ ...options, command: programOf(cliDir) });
  }
}

/** The script that starts the command line: two folders up in a checkout, one in the packed program. */
function programOf(cliDir: string): string {
  const [checkout, packed] = [join(cliDir, '../../bin/0desk'), join(cliDir, '../bin/0desk')];
  return existsSync(checkout) ? checkout : packed;
}
