import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { workerEntries } from './worker-entries.config.ts';

const root = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Bundled like our own code: one file is read faster than hundreds, and the package needs no node_modules.
      externalizeDeps: false,
      target: 'node20.18',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: { main: path.join(root, 'electron/main.ts'), ...workerEntries(root) },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: { preload: path.join(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'renderer'),
    plugins: [react()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      target: 'chrome130',
      modulePreload: false,
      assetsInlineLimit: 0,
      minify: true,
      sourcemap: true,
      rolldownOptions: { input: path.join(root, 'renderer/index.html') },
    },
  },
});
