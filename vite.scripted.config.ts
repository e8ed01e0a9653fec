import { defineConfig } from 'vite';
import { rendererConfig } from './renderer.config.ts';

/**
 * The page as the `ui` tests see it, in `out/scripted`: a build for development, which includes the scripted client. What
 * is released (`out/renderer`) holds no trace of it.
 */
export default defineConfig({
  mode: 'development',
  define: { 'process.env.NODE_ENV': '"development"' },
  ...rendererConfig(import.meta.dirname, 'out/scripted'),
});
