import { readdirSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

/** `workers/NAME` for each file in electron/workers, so that a worker is its own file beside the main program. */
function workerEntries(): Record<string, string> {
  const folder = path.join(root, 'electron/workers');
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
  return Object.fromEntries(names.map((name) => [`workers/${path.parse(name).name}`, path.join(folder, name)]));
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: { main: path.join(root, 'electron/main.ts'), ...workerEntries() },
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
