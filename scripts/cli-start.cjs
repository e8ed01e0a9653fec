'use strict';

// The first file of the command line: gets compiled code instead of compiling it, then starts the program. Three quarters
// of what a command takes beyond Node's own start would otherwise go into compiling.
//
// The build leaves the compiled form of each file beside it, for the Node.js it ran on. On any other the file of that name
// is missing, and Node's own compile cache does the same from the second run on (22.1 and newer).

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

// In the packed program Electron plays Node.js. What we start must not take itself for that too.
delete process.env.ELECTRON_RUN_AS_NODE;

const ending = `.${process.version}-${process.arch}.code`;
const isRecording = process.env.ZERODESK_RECORD_CODE === '1';
const recorded = [];

const loaded = new Map();

/** Loads one of our own files: as Node does, but it knows where they are, and takes compiled code where there is some. */
function load(filename) {
  const known = loaded.get(filename);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(filename, module);
  const codeFile = filename + ending;
  const cachedData = readOrNothing(codeFile);
  // The build writes nothing but ASCII (`charset` in vite.cli.config.ts): so the text need not be decoded.
  const script = new vm.Script(Module.wrap(readFileSync(filename, 'latin1')), {
    filename,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (isRecording && cachedData === undefined) recorded.push({ script, codeFile });
  const folder = path.dirname(filename);
  const requireFrom = (id) => {
    if (id.startsWith('.')) return load(path.join(folder, id));
    return seldomUsed.includes(id) ? lazily(() => require(id)) : require(id);
  };
  script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder);
  return module.exports;
}

function readOrNothing(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Parts of Node that many commands never come to use, and that take milliseconds to load. */
const seldomUsed = [
  'node:child_process',
  'node:crypto',
  'node:fs/promises',
  'node:tls',
  'node:worker_threads',
  'node:zlib',
];

/** Stands for a module until something of it is used. */
function lazily(load) {
  return new Proxy(
    {},
    {
      get: (_, name) => load()[name],
      has: (_, name) => name in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, name) => ({ value: load()[name], enumerable: true, configurable: true }),
    },
  );
}

const main = path.join(__dirname, 'main.js');
if (isRecording || existsSync(main + ending)) load(main);
else {
  if (Module.enableCompileCache !== undefined && process.env.HOME) {
    // Not in the folder for temporary files, where another user could have put something first.
    const cache = process.env.XDG_CACHE_HOME || path.join(process.env.HOME, '.cache');
    Module.enableCompileCache(path.join(cache, 'zerodesk', 'code'));
  }
  require('./main.js');
}
if (isRecording) {
  process.on('exit', () => {
    for (const { script, codeFile } of recorded) writeFileSync(codeFile, script.createCachedData());
  });
}
