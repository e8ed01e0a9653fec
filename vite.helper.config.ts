import path from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/**
 * The helper of the shared store: one readable file for a plain Node, so that an administrator can install it alone and read what
 * it does.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: path.join(root, 'out/helper'),
    emptyOutDir: true,
    target: 'node20.18',
    minify: false,
    rolldownOptions: {
      input: { '0store-secure-add': path.join(root, 'electron/secure-add/main.ts') },
      output: { format: 'cjs', entryFileNames: '[name].js', codeSplitting: false },
    },
  },
});
