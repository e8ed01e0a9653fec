import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');

/** The page as it is shipped, but with the scripted client in it. */
export default defineConfig({
  root: path.join(root, 'renderer'),
  mode: 'scripted',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: path.join(root, 'out/ui-page'),
    emptyOutDir: true,
    target: 'chrome130',
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: { input: path.join(root, 'renderer/index.html') },
  },
});
