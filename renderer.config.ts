import path from 'node:path';
import react from '@vitejs/plugin-react';
import { type UserConfig } from 'vite';

/** How the page is built; `outDir` is relative to the folder of the checkout. */
export function rendererConfig(root: string, outDir: string) {
  return {
    root: path.join(root, 'renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: path.join(root, outDir),
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: false,
      // The content security policy allows no data: addresses.
      assetsInlineLimit: 0,
      minify: true,
      // Read from the disk, not from a network.
      chunkSizeWarningLimit: 4096,
      sourcemap: true,
      rolldownOptions: { input: path.join(root, 'renderer/index.html') },
    },
  } satisfies UserConfig;
}
