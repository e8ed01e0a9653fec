import path from 'node:path';
import { defineConfig } from 'vite';
import { checks, withoutAsm, workerEntries } from './bundle.config.ts';

const root = import.meta.dirname;

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
      output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
