// `npm test`: sees to everything that is missing, then runs every check and says at the end what failed.
// `npm test -- unit ui` runs parts.

import { spawn } from 'node:child_process';
import { checkNodeVersion } from './prepare/node-version.mjs';
import { Problem, runScript } from './prepare/step.mjs';

const bin = (script, ...args) => [process.execPath, [`node_modules/${script}`, ...args]];
const vitest = (project) => ({
  runner: 'vitest',
  command: (report) =>
    bin(
      'vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ),
});
const playwright = (project) => ({
  runner: 'playwright',
  needsWindow: true,
  needsBuild: project === 'e2e',
  command: () => bin('@playwright/test/cli.js', 'test', '--project', project, '--reporter=list,json'),
});

/** In the order they run: the quick ones first. */
const parts = {
  typecheck: { command: () => bin('typescript/bin/tsc', '-b') },
  lint: { command: () => bin('eslint/bin/eslint.js', '.', '--max-warnings=0') },
  format: { command: () => bin('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  unit: vitest('unit'),
  integration: { ...vitest('integration'), needsBuild: true },
  renderer: vitest('renderer'),
  ui: playwright('ui'),
  e2e: playwright('e2e'),
};

/** Commands that tests call. */
const testTools = [
  ...['gpg', 'zip', 'unzip', 'xz', 'bzip2', 'zstd', 'lzip', 'cabextract', '7z', 'msiinfo'],
  // These make packages for the tests.
  ...['wixl', 'genisoimage'],
];
/** The reference program, which must agree with ours, and what shows both of them another system. */
const referenceTools = ['0install', 'bwrap'];
/** What makes several users and lets them share a store. */
const userTools = ['sudo', 'useradd', 'setpriv', 'unshare'];
/** What checks desktop entries, and makes databases of them. */
const desktopTools = ['desktop-file-validate', 'update-desktop-database', 'update-mime-database'];
/** A message bus with a tray and notifications. */
const busTools = [
  ...['dbus-daemon', 'notify-send'],
  ...['/usr/lib/python3/dist-packages/dbus', '/usr/lib/python3/dist-packages/gi'],
];
/** What checks, starts and finds the packed program. */
const packageTools = ['appstreamcli', 'gtk-launch', 'xwininfo'];

function start([command, args], { cwd, env }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(1));
    child.on('close', (status) => resolve(status ?? 1));
  });
}

/** A check runs beside others: what it says is shown when it is done. */
async function runCheck(name, root) {
  const [{ run }, { readReport }] = await Promise.all([import('./prepare/command.mjs'), import('./test-report.mjs')]);
  const startMs = Date.now();
  const [command, args] = parts[name].command();
  const { status, output } = await run(command, args, { cwd: root });
  console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  return { name, seconds: (Date.now() - startMs) / 1000, ...readReport(undefined, '', status ?? 1) };
}

async function runPart(name, root) {
  const [{ withDisplay }, { readReport }, { mkdirSync, rmSync }] = await Promise.all([
    import('./display.mjs'),
    import('./test-report.mjs'),
    import('node:fs'),
  ]);
  const part = parts[name];
  const report = `${root}/out/test-reports/${name}.json`;
  mkdirSync(`${root}/out/test-reports`, { recursive: true });
  rmSync(report, { force: true });
  console.log(`\n── ${name} ──`);
  const startMs = Date.now();
  const command = part.command(report);
  const status = await start(part.needsWindow === true ? withDisplay(...command) : command, {
    cwd: root,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return { name, status, seconds: (Date.now() - startMs) / 1000, ...readReport(part.runner, report, status) };
}

await runScript(async () => {
  checkNodeVersion();
  const names = process.argv.slice(2);
  const unknown = names.find((name) => parts[name] === undefined);
  if (unknown !== undefined) {
    throw new Problem(`There is no part "${unknown}". The parts are: ${Object.keys(parts).join(', ')}.`);
  }
  const wanted = Object.keys(parts).filter((name) => names.length === 0 || names.includes(name));
  const needsWindow = wanted.some((name) => parts[name].needsWindow === true);
  const { prepare, root } = await import('./prepare/index.mjs');
  await prepare({
    electron: needsWindow,
    display: needsWindow,
    tools: wanted.some((name) => parts[name].runner !== undefined) ? testTools : [],
    optionalTools: [
      ...(wanted.includes('integration') ? [...referenceTools, ...desktopTools, ...userTools] : []),
      ...(wanted.includes('e2e') ? [...desktopTools, ...packageTools, ...userTools, ...busTools] : []),
    ],
    build: wanted.some((name) => parts[name].needsBuild === true),
  });

  // The checks use one processor each; runners use all there are.
  const results = await Promise.all(
    wanted.filter((name) => parts[name].runner === undefined).map((name) => runCheck(name, root)),
  );
  for (const name of wanted.filter((name) => parts[name].runner !== undefined)) results.push(await runPart(name, root));

  const { summary, table } = await import('./test-report.mjs');
  console.log(`\n${table(results)}\n`);
  for (const { name, failures } of results) for (const failure of failures) console.log(`FAILED ${name}: ${failure}`);
  const sum = summary(results);
  console.log(sum.line);
  return sum.failed === 0 ? 0 : 1;
});
