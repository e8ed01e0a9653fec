import path from 'node:path';
import react from '@vitejs/plugin-react';
import { type Plugin, type UserConfig } from 'vite';
import { windowLanguages } from './shared/languages.ts';

/** React Aria brings its few words in some thirty languages; those that the window does not speak are left out. */
function ownLanguagesOnly(): Plugin {
  const words = /\/react-(?:aria|stately)\/.*\/intl\/\w+\/([a-z]{2})-[A-Z]{2}\.m?js$/;
  const known: readonly string[] = windowLanguages;
  return {
    name: 'own-languages-only',
    transform(_code, id) {
      const language = words.exec(id)?.[1];
      return language === undefined || known.includes(language) ? null : { code: 'export default {};', map: null };
    },
  };
}

/** How the page is built; `outDir` is relative to the folder of the checkout. */
export function rendererConfig(root: string, outDir: string) {
  return {
    root: path.join(root, 'renderer'),
    base: './',
    plugins: [ownLanguagesOnly(), react()],
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
