import path from 'node:path';
import { expect, test } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { forgetAnalyses } from './axe-count.ts';
import { pageFolder } from './window.ts';

// The page as it is shipped, but with the scripted client, which production builds leave out.
test('the page builds', async () => {
  forgetAnalyses();
  const root = path.resolve(import.meta.dirname, '../../renderer');
  const result = await build({
    root,
    configFile: false,
    mode: 'scripted',
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: pageFolder,
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: path.join(root, 'index.html') },
    },
  });
  expect(result).toBeTruthy();
});
