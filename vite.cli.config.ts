import path from 'node:path';
import { defineConfig } from 'vite';
import { checks, oneFileOf, withoutAsm, workerEntries } from './bundle.config.ts';

const root = import.meta.dirname;

/** What the usual commands need, which are to start fast: one file is read in half the time of twenty. */
const usual = ['command-line', 'commands/select', 'commands/run'].map((name) =>
  path.join(root, `electron/cli/${name}.ts`),
);

/**
 * The command line, for a plain Node: everything is bundled, so that a start reads few files. What a command does not need
 * stays in chunks of its own that are loaded on demand.
 */
export default defineConfig({
  publicDir: false,
  plugins: [withoutAsm()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: path.join(root, 'out/cli'),
    emptyOutDir: true,
    target: 'node20.18',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      checks,
      input: { main: path.join(root, 'electron/cli/main.ts'), ...workerEntries(root) },
      output: {
        format: 'cjs',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // Letters beyond ASCII would make each start decode the text.
        charset: 'ascii',
        codeSplitting: { groups: [{ name: oneFileOf(usual) }] },
      },
    },
  },
});
