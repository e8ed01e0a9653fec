import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Rules that need no types, so that snippets may stand for files that do not exist. */
let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint({
    cwd: root,
    overrideConfig: [tseslint.configs.disableTypeChecked] as ESLint.Options['overrideConfig'] & object,
  });
});

async function rulesBroken(file: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  if (result === undefined) throw new Error(`${file} was not linted`);
  return result.messages.map((message) => message.ruleId ?? message.message);
}

/** The lines (from 1) of a file with this text in which a project finds a name or module that it does not know. */
function unknownLines(project: string, file: string, lines: readonly string[]): readonly number[] {
  const target = path.join(root, file);
  const config = ts.readConfigFile(path.join(root, project), (name) => ts.sys.readFile(name));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  options.incremental = false;
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  const source = ts.createSourceFile(target, lines.join('\n'), ts.ScriptTarget.ES2023);
  host.fileExists = (name) => name === target || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) => (name === target ? source : getSourceFile.call(host, name, ...rest));
  const program = ts.createProgram([target, path.join(root, 'electron/core/platform.d.ts')], options, host);
  const problems = program.getSemanticDiagnostics(source);
  for (const problem of problems) expect(unknown).toContain(problem.code);
  return problems.map((problem) => source.getLineAndCharacterOfPosition(problem.start ?? 0).line + 1);
}

/** Unknown name or module, in the wordings that suggest Node's types or the DOM. */
const unknown = [2304, 2307, 2580, 2584, 2591];

describe('imports across layers', () => {
  it.each([
    ['shared/model/bad.ts', "import '../../electron/core/feed/model.ts';"],
    ['shared/model/bad.ts', "import 'react';"],
    ['shared/model/bad.ts', "import 'node:fs';"],
    ['electron/core/feed/bad.ts', "import 'node:fs';"],
    ['electron/core/feed/bad.ts', "import type { Stats } from 'node:fs'; export type A = Stats;"],
    ['electron/core/feed/bad.ts', "export const a = await import('node:fs');"],
    ['electron/core/feed/bad.ts', "export * from 'saxes';"],
    ['electron/core/feed/bad.ts', "import 'zod';"],
    ['electron/core/feed/bad.ts', "import '../../services/feed-service.ts';"],
    ['electron/core/feed/bad.ts', "import '../../adapters/paths.ts';"],
    ['electron/core/feed/bad.ts', "import '../../../test/helpers/fake-clock.ts';"],
    ['electron/services/bad.ts', "import '../adapters/paths.ts';"],
    ['electron/services/bad.ts', "import '../ipc/handlers.ts';"],
    ['electron/services/bad.ts', "import 'undici';"],
    ['electron/services/bad.ts', "import 'node:path';"],
    ['electron/adapters/http/bad.ts', "import '../../services/feed-service.ts';"],
    ['electron/adapters/http/bad.ts', "import 'electron';"],
    ['electron/workers/bad.ts', "import '../services/feed-service.ts';"],
    ['electron/secure-add/bad.ts', "import '../adapters/store/stores.ts';"],
    ['electron/secure-add/bad.ts', "import 'zod';"],
    ['electron/secure-add/bad.ts', "import 'node:child_process';"],
    ['electron/ipc/bad.ts', "import '../adapters/paths.ts';"],
    ['electron/ipc/bad.ts', "import '../app/window.ts';"],
    ['electron/app/bad.ts', "import '../main.ts';"],
    ['electron/cli/bad.ts', "import 'electron';"],
    ['electron/cli/bad.ts', "import '../app/window.ts';"],
    ['electron/preload.ts', "import 'zod';"],
    ['electron/preload.ts', "import { AppError } from '../shared/errors/app-error.ts';"],
    ['electron/preload.ts', "import './core/feed/model.ts';"],
    ['renderer/components/Bad.tsx', "import '../stores/apps.ts';"],
    ['renderer/components/Bad.tsx', "import 'zustand';"],
    ['renderer/stores/bad.ts', "import '../components/Button.tsx';"],
    ['renderer/api/bad.ts', "import 'electron';"],
    ['renderer/features/apps/Bad.tsx', "import '../cache/CacheScreen.tsx';"],
    ['renderer/features/apps/Bad.tsx', "import 'react-aria-components';"],
    ['renderer/features/apps/Bad.tsx', "import '../../app/Shell.tsx';"],
    ['renderer/features/apps/Bad.tsx', "import '../../../electron/core/feed/model.ts';"],
  ])('%s refuses %s', async (file, code) => {
    expect(await rulesBroken(file, code)).toContain('local/layers');
  });

  it.each([
    ['shared/model/good.ts', "import 'zod'; import '../errors/codes.ts';"],
    ['electron/core/xml/good.ts', "import 'saxes'; import './element.ts'; import '../../../shared/errors/codes.ts';"],
    [
      'electron/services/good.ts',
      "import '../core/ports/http.ts'; import './jobs.ts'; import '../../shared/model/job.ts';",
    ],
    ['electron/adapters/http/good.ts', "import 'node:fs'; import 'undici'; import '../../core/ports/http.ts';"],
    ['electron/workers/good.ts', "import 'node:worker_threads'; import '../adapters/store/stores.ts';"],
    ['electron/ipc/good.ts', "import 'electron'; import '../services/jobs.ts'; import '../../shared/ipc/contract.ts';"],
    ['electron/app/good.ts', "import 'electron'; import '../ipc/handlers.ts'; import 'node:path';"],
    ['electron/preload.ts', "import 'electron'; import type { Result } from '../shared/errors/app-error.ts';"],
    ['renderer/components/Good.tsx', "import 'react-aria-components'; import './Good.module.css';"],
    [
      'renderer/features/apps/Good.tsx',
      "import './parts/Tile.tsx'; import '../../components/Button.tsx'; import 'react';",
    ],
    ['test/unit/good.test.ts', "import '../../electron/adapters/paths.ts'; import 'node:fs';"],
  ])('%s allows %s', async (file, code) => {
    expect(await rulesBroken(file, code)).not.toContain('local/layers');
  });
});

describe('what pure code may name', () => {
  it.each(['Buffer.alloc(1)', 'process.env', 'console.log(1)', "fetch('x')", 'setTimeout(() => 1, 1)'])(
    'lint refuses %s in core, services and shared',
    async (expression) => {
      for (const file of ['electron/core/feed/bad.ts', 'electron/services/bad.ts', 'shared/model/bad.ts']) {
        expect(await rulesBroken(file, `export const a = ${expression};`)).toContain('no-restricted-globals');
      }
    },
  );

  it.each(['Date.now()', 'new Date()', 'Math.random()'])(
    'lint refuses the clock and chance: %s',
    async (expression) => {
      expect(await rulesBroken('electron/core/feed/bad.ts', `export const a = ${expression};`)).toContain(
        'no-restricted-syntax',
      );
    },
  );

  it('lint refuses default exports', async () => {
    expect(await rulesBroken('electron/adapters/bad.ts', 'export default 1;')).toContain('no-restricted-syntax');
  });

  it('core does not compile with anything of Node or the page', () => {
    const lines = [
      'export const a: unknown = Buffer.alloc(1);',
      'export const b: unknown = process.env;',
      'export const c: unknown = document.title;',
      'export const d: unknown = setTimeout(() => 1, 1);',
      "export const e: unknown = await import('node:fs');",
    ];
    expect(unknownLines('tsconfig.core.json', 'electron/core/feed/bad.ts', lines)).toEqual([1, 2, 3, 4, 5]);
  });

  it('core compiles with what all engines have', () => {
    const lines = [
      'export const stop = (signal: AbortSignal): void => signal.throwIfAborted();',
      "export const host: string = new URL('http://example.com').host;",
      "export const text: string = new TextDecoder().decode(new TextEncoder().encode('a'));",
    ];
    expect(unknownLines('tsconfig.core.json', 'electron/core/feed/good.ts', lines)).toEqual([]);
  });

  it('the page does not compile with anything of Node, whatever its libraries bring along', () => {
    const lines = [
      "import 'react'; import 'react-dom/client'; import 'react-aria-components'; import 'zustand';",
      'export const a: unknown = Buffer.alloc(1);',
      'export const b: unknown = process.env;',
      "export const c: unknown = await import('node:fs');",
    ];
    expect(unknownLines('tsconfig.web.json', 'renderer/app/bad.ts', lines)).toEqual([2, 3, 4]);
  });

  it('the main process does not compile with the page', () => {
    const lines = ["import 'electron';", 'export const a: unknown = document.title;'];
    expect(unknownLines('tsconfig.node.json', 'electron/adapters/bad.ts', lines)).toEqual([2]);
  });
});
