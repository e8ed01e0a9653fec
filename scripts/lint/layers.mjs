// Who may import whom. The table is the law of the layers; the rule below holds every import of product code against it.

import path from 'node:path';

const react = ['react', 'react-dom'];

/**
 * One row per folder or file; the longest `from` that matches a file decides. `files`: folders (or files) it may import
 * from; `types`: those it may import only types from. `packages`: packages it may import; `'*'` stands for any but those of the page and Electron, Node's modules
 * included.
 */
export const layers = [
  { from: 'shared', files: ['shared'], packages: ['zod'] },
  { from: 'shared/i18n', files: ['shared', 'assets/locales'], packages: ['zod', '@formatjs/intl'] },

  { from: 'electron/core', files: ['electron/core', 'shared'], packages: [] },
  { from: 'electron/core/xml', files: ['electron/core', 'shared'], packages: ['saxes'] },
  { from: 'electron/core/solver', files: ['electron/core', 'shared'], packages: ['logic-solver'] },
  { from: 'electron/services', files: ['electron/services', 'electron/core', 'shared'], packages: ['zod'] },
  { from: 'electron/adapters', files: ['electron/adapters', 'electron/core', 'shared'], packages: ['*'] },
  {
    from: 'electron/workers',
    files: ['electron/workers', 'electron/adapters', 'electron/core', 'shared'],
    packages: ['*'],
  },
  // The helper of the shared store, which others must be able to read: little, and nothing it does not need.
  {
    from: 'electron/secure-add',
    files: [
      'electron/secure-add',
      'electron/core/manifest',
      'electron/core/sharing',
      'electron/adapters/process/store-users.ts',
      'electron/adapters/store/delete-tree.ts',
      'electron/adapters/store/temporary-owner.ts',
      'electron/adapters/tree/hashing.ts',
      'electron/adapters/tree/pace.ts',
    ],
    packages: ['node:crypto', 'node:fs', 'node:process', 'node:stream', 'node:timers/promises'],
  },
  // What the window and the command line have in common: it wires services to adapters and knows no Electron.
  {
    from: 'electron/engine.ts',
    files: ['electron/services', 'electron/adapters', 'electron/core', 'shared'],
    packages: ['*'],
  },
  // Parts of it that few commands need.
  ...['electron/clean-up.ts', 'electron/named-apps.ts', 'electron/integrations.ts', 'electron/sharing.ts'].map(
    (from) => ({
      from,
      files: ['electron/engine.ts', 'electron/services', 'electron/adapters', 'electron/core', 'shared'],
      packages: ['*'],
    }),
  ),
  {
    from: 'electron/profiles.ts',
    files: [
      'electron/engine.ts',
      'electron/named-apps.ts',
      'electron/services',
      'electron/adapters',
      'electron/core',
      'shared',
    ],
    packages: ['*'],
  },
  {
    from: 'electron/desk-apps.ts',
    files: [
      'electron/engine.ts',
      'electron/named-apps.ts',
      'electron/services',
      'electron/adapters',
      'electron/core',
      'shared',
    ],
    packages: ['*'],
  },
  ...['electron/desk-catalogs.ts', 'electron/desk-choices.ts', 'electron/desk-storage.ts'].map((from) => ({
    from,
    files: [
      'electron/engine.ts',
      'electron/clean-up.ts',
      'electron/sharing.ts',
      'electron/desk-apps.ts',
      'electron/services',
      'electron/adapters',
      'electron/core',
      'shared',
    ],
    packages: ['*'],
  })),
  // The engine and the services as the window uses them.
  {
    from: 'electron/desk.ts',
    files: [
      'electron/engine.ts',
      'electron/integrations.ts',
      'electron/desk-apps.ts',
      'electron/desk-catalogs.ts',
      'electron/desk-choices.ts',
      'electron/desk-storage.ts',
      'electron/profiles.ts',
      'electron/services',
      'electron/adapters',
      'electron/core',
      'shared',
    ],
    packages: ['*'],
  },
  {
    from: 'electron/ipc',
    files: ['electron/ipc', 'electron/desk.ts', 'electron/services', 'electron/core/ports', 'shared'],
    packages: ['electron'],
  },
  {
    from: 'electron/app',
    files: [
      'electron/app',
      'electron/ipc',
      'electron/services',
      'electron/adapters',
      'electron/core',
      'electron/engine.ts',
      'electron/desk.ts',
      'shared',
      'assets',
    ],
    packages: ['*', 'electron'],
  },
  {
    from: 'electron/cli',
    files: [
      'electron/cli',
      'electron/secure-add',
      'electron/services',
      'electron/adapters',
      'electron/core',
      'electron/engine.ts',
      'electron/clean-up.ts',
      'electron/named-apps.ts',
      'electron/integrations.ts',
      'electron/sharing.ts',
      'electron/profiles.ts',
      'shared',
      'assets',
      'package.json',
    ],
    packages: ['*'],
  },
  { from: 'electron/work.ts', files: ['electron', 'shared', 'assets'], packages: ['*', 'electron'] },
  { from: 'electron/main.ts', files: ['electron', 'shared', 'assets'], packages: ['*', 'electron'] },
  { from: 'electron/preload.ts', files: ['shared/ipc'], types: ['shared'], packages: ['electron'] },

  {
    from: 'renderer/components',
    files: ['renderer/components', 'renderer/styles', 'shared', 'assets/icons'],
    packages: [...react, 'react-aria-components', 'react-aria', 'react-stately', 'lucide-react'],
  },
  { from: 'renderer/api', files: ['renderer/api', 'shared'], packages: ['zustand'] },
  { from: 'renderer/stores', files: ['renderer/stores', 'renderer/api', 'shared'], packages: ['zustand', 'react'] },
  {
    from: 'renderer/features',
    files: ['renderer/components', 'renderer/stores', 'renderer/styles', 'shared', 'assets/icons'],
    packages: ['react', 'zustand'],
    ownFolder: true,
  },
  { from: 'renderer/app', files: ['renderer', 'shared', 'assets'], packages: [...react, 'zustand'] },
  { from: 'renderer/main.tsx', files: ['renderer', 'shared', 'assets'], packages: react },
];

/** Packages that only the rows which name them may use. */
const namedOnly = new Set([
  ...react,
  'electron',
  'react-aria',
  'react-aria-components',
  'react-stately',
  'lucide-react',
  'zustand',
  'saxes',
  'logic-solver',
]);

const isIn = (file, folder) => file === folder || file.startsWith(`${folder}/`);

function rowOf(file) {
  let found;
  for (const row of layers) {
    if (isIn(file, row.from) && (found === undefined || row.from.length > found.from.length)) found = row;
  }
  return found;
}

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * Says what is wrong with an import, or undefined when it is allowed.
 *
 * @param file the importing file, from the root of the project, with slashes
 * @param specifier what stands in the import, e.g. `../feed/model.ts` or `zod`
 * @param isType whether the import brings nothing but types
 */
export function importProblem(file, specifier, isType) {
  const row = rowOf(file);
  if (row === undefined) return undefined;
  if (specifier.startsWith('.')) {
    const target = path.posix.join(path.posix.dirname(file), specifier).replace(/\?.*$/, '');
    const feature = row.ownFolder === true ? file.split('/').slice(0, 3).join('/') : undefined;
    const allowed = [...row.files, ...(isType ? (row.types ?? []) : []), ...(feature === undefined ? [] : [feature])];
    if (target === 'electron/main.ts') return 'Nothing imports electron/main.ts.';
    if (allowed.some((folder) => isIn(target, folder))) return undefined;
    return `${feature ?? row.from} may import from ${allowed.join(', ')}; not ${target}.`;
  }
  const name = specifier.startsWith('node:') ? specifier : packageOf(specifier);
  if (row.packages.includes(name) || (row.packages.includes('*') && !namedOnly.has(name))) return undefined;
  const list = row.packages.length === 0 ? 'no package' : `of the packages only ${row.packages.join(', ')}`;
  return `${row.from} may import ${list}; not ${name}.`;
}

/** The ESLint rule; test files are free to import anything. */
export const layersRule = {
  meta: { type: 'problem', docs: { description: 'imports follow the table of layers' }, schema: [] },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    if (/\.test\.tsx?$/.test(file)) return {};
    const check = (source, isType = false) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = importProblem(file, source.value, isType);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.argument?.literal ?? node.source ?? node.argument, true),
    };
  },
};
