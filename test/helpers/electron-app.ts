import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');
const closeTimeoutMs = 5000;

/** The executable of the runtime that `npm test` provided. */
export function electronExecutable(): string {
  const folder = path.join(root, 'node_modules/electron');
  return path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim());
}

export interface LaunchOptions {
  /** Folder or main file to open instead of the program itself. */
  readonly target?: string;
  readonly args?: readonly string[];
  /** Instead of the runtime that `npm test` provided. */
  readonly executable?: string;
  /** Added to the variables of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts Electron the way the tests need it; as root Chromium starts only without its sandbox. */
export function launchElectron({
  target = root,
  args = [],
  env = {},
  executable = electronExecutable(),
}: LaunchOptions = {}): Promise<ElectronApplication> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return _electron.launch({
    executablePath: executable,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), target, ...args],
    env: { ...Object.fromEntries(inherited), ...env },
  });
}

/** Asks the program to close, and after five seconds ends the process that was started here. */
export async function closeElectron(
  app: ElectronApplication,
  // Of a program that has closed by itself nothing more can be asked.
  child: ReturnType<ElectronApplication['process']> = app.process(),
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), closeTimeoutMs);
  });
  if ((await Promise.race([app.close(), late])) === 'late') child.kill('SIGKILL');
  clearTimeout(timer);
}

interface AppFixtures {
  /** A home of its own for each test, removed afterwards. */
  readonly home: string;
  /** The running program. */
  readonly app: ElectronApplication;
  /** Its window. */
  readonly window: Page;
}

/** `test` with the program running in a fresh home. A failure keeps screenshot, trace and what the program wrote. */
export const test = base.extend<
  AppFixtures & {
    readonly appOptions: LaunchOptions;
    /** Without the note that the introduction was seen. */
    readonly isFirstStart: boolean;
  }
>({
  appOptions: [{}, { option: true }],
  isFirstStart: [false, { option: true }],
  home: async ({ isFirstStart }, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'zerodesk-e2e-'));
    if (!isFirstStart) {
      await mkdir(path.join(home, 'state/zerodesk'), { recursive: true });
      await writeFile(path.join(home, 'state/zerodesk/window-settings.json'), JSON.stringify({ isWelcomed: true }));
    }
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  app: async ({ home, appOptions }, use, info) => {
    const env = { ZEROINSTALL_PORTABLE_BASE: home, ...appOptions.env };
    const app = await launchElectron({ ...appOptions, env });
    let output = '';
    const child = app.process();
    child.stderr?.on('data', (data) => (output += String(data)));
    child.stdout?.on('data', (data) => (output += String(data)));
    await use(app);
    // Playwright itself keeps the trace and the screenshot.
    if (info.status !== info.expectedStatus) {
      await info.attach('output', { body: output, contentType: 'text/plain' });
      const log = await readFile(path.join(home, 'state/zerodesk/zerodesk.log')).catch(() => undefined);
      if (log !== undefined) await info.attach('log', { body: log, contentType: 'text/plain' });
    }
    await closeElectron(app, child);
  },
  window: async ({ app }, use) => {
    const page = await app.firstWindow();
    // The window comes before the program behind it.
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await use(page);
  },
});

export { expect } from '@playwright/test';
