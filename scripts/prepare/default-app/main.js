// `electron FOLDER`: opens the program in FOLDER as if it were packaged. Only for the runtime that lacks this by itself.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const args = process.argv.slice(1);
const preloads = [];
let target;
for (let index = 0; index < args.length && target === undefined; index++) {
  const arg = args[index];
  if (arg === '-r' || arg === '--require') preloads.push(args[++index]);
  else if (!arg.startsWith('-')) target = arg;
}

async function open(folder) {
  const info = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  app.setName(info.productName ?? info.name);
  app.setVersion(info.version ?? '0');
  app.setAppPath(folder);
  process.defaultApp = true;
  const requireThere = createRequire(path.join(folder, 'package.json'));
  for (const name of preloads) requireThere(name);
  const main = path.join(folder, info.main ?? 'index.js');
  if (main.endsWith('.cjs') || (info.type !== 'module' && !main.endsWith('.mjs'))) requireThere(main);
  else await import(pathToFileURL(main).href);
}

// Awaited at the top level: Electron holds back `ready` until the program's own start has run, as it does when packaged.
try {
  if (target === undefined) throw new Error('Name the folder of a program to open.');
  await open(path.resolve(target));
} catch (error) {
  process.stderr.write(`${error.stack ?? error}\n`);
  app.exit(1);
}
