import path from 'node:path';
import { defineConfig } from 'electron-vite';
import { checks, withoutAsm, workerEntries } from './bundle.config.ts';
import { rendererConfig } from './renderer.config.ts';

const root = import.meta.dirname;

export default defineConfig({
  main: {
    plugins: [withoutAsm()],
    build: {
      outDir: 'out/main',
      // Bundled like our own code: one file is read faster than hundreds, and the package needs no node_modules.
      externalizeDeps: false,
      target: 'node20.18',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        checks,
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
  renderer: rendererConfig(root, 'out/renderer'),
});
