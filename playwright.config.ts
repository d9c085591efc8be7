import { defineConfig } from '@playwright/test';
import { ensureBrowser, launchOptions } from './e2e/browser.ts';
import { freePort } from './e2e/free-port.ts';

// Every worker process loads this file again: the first one's choice reaches them by environment.
process.env['E2E_PORT'] ??= String(await freePort());
const port = process.env['E2E_PORT'];
const url = `http://127.0.0.1:${port}`;

/** Specs run against the production build, which `npm run build` has made. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  // A shared machine may stand still for a minute: a limit here ends what hangs, it measures nothing.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: launchOptions(ensureBrowser()),
  },
  projects: [{ name: 'desktop' }],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port}`,
    url,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
