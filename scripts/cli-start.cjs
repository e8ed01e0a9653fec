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

/** Like Node's own, for the files beside this one: with compiled code where there is some. */
function compile(content, filename) {
  const codeFile = filename + ending;
  const isCompiled = existsSync(codeFile);
  const script = new vm.Script(Module.wrap(content), {
    filename,
    cachedData: isCompiled ? readFileSync(codeFile) : undefined,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (isRecording && !isCompiled) recorded.push({ script, codeFile });
  const requireFile = Module.createRequire(filename);
  const requireLater = (id) => (seldomUsed.includes(id) ? lazily(() => requireFile(id)) : requireFile(id));
  return script
    .runInThisContext()
    .call(this.exports, this.exports, requireLater, this, filename, path.dirname(filename));
}

/** Parts of Node that many commands never come to use, and that take milliseconds to load. */
const seldomUsed = ['node:child_process', 'node:crypto', 'node:worker_threads', 'node:zlib'];

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

if (isRecording || existsSync(path.join(__dirname, `main.js${ending}`))) {
  const compileAsNode = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    const isOwn = filename.startsWith(__dirname + path.sep);
    return (isOwn ? compile : compileAsNode).call(this, content, filename, ...rest);
  };
} else if (Module.enableCompileCache !== undefined && process.env.HOME) {
  // Not in the folder for temporary files, where another user could have put something first.
  const cache = process.env.XDG_CACHE_HOME || path.join(process.env.HOME, '.cache');
  Module.enableCompileCache(path.join(cache, 'zerodesk', 'code'));
}
if (isRecording) {
  process.on('exit', () => {
    for (const { script, codeFile } of recorded) writeFileSync(codeFile, script.createCachedData());
  });
}

require('./main.js');
