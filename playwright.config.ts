import { defineConfig } from '@playwright/test';

/** Both projects drive Electron, so no browser is downloaded: `ui` shows the page alone, `e2e` the whole program. */
export default defineConfig({
  globalTeardown: './test/ui/axe-count.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  snapshotPathTemplate: '{testDir}/screenshots/{arg}{ext}',
  projects: [
    { name: 'page', testDir: 'test/ui', testMatch: '**/*.setup.ts' },
    // Pictures of every screen are kept anyway; recording each step would take longer than the tests.
    { name: 'ui', testDir: 'test/ui', testMatch: '**/*.spec.ts', dependencies: ['page'], use: { trace: 'off' } },
    { name: 'e2e', testDir: 'test/e2e', testMatch: '**/*.spec.ts', timeout: 120_000 },
  ],
});
