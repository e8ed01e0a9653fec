// Runs the story in the real program with a fresh home, and writes what is to be seen to out/tour/.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { electronExecutable, electronVersion } from '../prepare/electron.mjs';
import { prepareHome, sampleRate, story } from './story.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const output = path.join(root, 'out/tour');
const closeTimeoutMs = 5000;

const lines = [];
/** Adds a line to the transcript. */
const note = (text) => lines.push(text);

let count = 0;
let page;
let failure;

/** One numbered step: what `action` does, how long it took, and a picture of the window afterwards. */
async function step(name, action) {
  count += 1;
  const number = String(count).padStart(2, '0');
  const startMs = Date.now();
  note(`\n## ${number} ${name}\n`);
  try {
    await action();
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
    const file = `${number}-${name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}.png`;
    await page?.screenshot({ path: path.join(output, file) }).catch(() => undefined);
    note(`${failure === undefined ? 'Done' : 'FAILED'} in ${seconds} s. ![${name}](${file})`);
    console.log(`${failure === undefined ? '✓' : '✗'} ${number} ${name} ${seconds} s`);
  }
}

/** Closes the program, and ends it when it does not close by itself. */
async function close(app) {
  let timer;
  const timeout = new Promise((resolve) => (timer = setTimeout(() => resolve('late'), closeTimeoutMs)));
  if ((await Promise.race([app.close(), timeout])) === 'late') app.process().kill('SIGKILL');
  clearTimeout(timer);
}

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const home = await mkdtemp(path.join(os.tmpdir(), 'zerodesk-tour-'));
const logs = [];
let app;
try {
  note(`# Tour\n\nElectron ${electronVersion(root)}, Node.js ${process.version}, ${os.platform()} ${os.arch()}.`);
  await prepareHome(home);
  app = await _electron.launch({
    executablePath: electronExecutable(root),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
    env: { ...process.env, ZEROINSTALL_PORTABLE_BASE: home, HOME: home, ZERODESK_SAMPLE_RATE: String(sampleRate) },
  });
  app.process().stderr?.on('data', (data) => logs.push(String(data)));
  page = await app.firstWindow();
  page.on('console', (message) => logs.push(`page: ${message.text()}\n`));
  await story({ app, page, step, note, home, root });
} catch (error) {
  failure = error;
  note(`\n\`\`\`\n${error.stack ?? error}\n\`\`\``);
  console.error(error.message ?? error);
  console.error(`The last that the program said:\n${logs.slice(-12).join('')}`);
} finally {
  if (app !== undefined) await close(app);
  await rm(home, { recursive: true, force: true });
  await writeFile(path.join(output, 'transcript.md'), `${lines.join('\n')}\n`);
  await writeFile(path.join(output, 'log.txt'), logs.join(''));
}
console.log(
  failure === undefined
    ? `The tour went well: ${count} steps, pictures and transcript in ${path.relative(process.cwd(), output)}.`
    : `The tour FAILED at step ${count}; see ${path.relative(process.cwd(), output)}.`,
);
process.exit(failure === undefined ? 0 : 1);
