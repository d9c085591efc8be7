import { test as base, expect, type Page } from '@playwright/test';
import { App } from './app.ts';
import { startModelServer } from './model-server/model-server.ts';
import type { ModelServer, ModelServerOptions } from './model-server/types.ts';

/** What went wrong in the page and its workers, and what a test expects to go wrong. */
export interface Guard {
  /** Console errors that a test provokes, such as the browser's own line about a 429. */
  allow(pattern: RegExp): void;
  /** Another origin that the page may talk to. */
  allowOrigin(url: string): void;
}

interface Fixtures {
  readonly app: App;
  readonly guard: Guard;
  /** Starts a scripted endpoint that ends with the test, and lets the page talk to it. */
  readonly serveModel: (options: ModelServerOptions) => Promise<ModelServer>;
}

/**
 * Tests with the page object. A test fails on any error or warning in a console (the workers'
 * too), on an exception, on a breach of the content policy and on a request to a foreign origin.
 */
export const test = base.extend<Fixtures>({
  guard: [
    async ({ page, baseURL }, use) => {
      const origins = new Set([new URL(baseURL ?? '').origin]);
      const allowed: RegExp[] = [];
      const faults: string[] = [];
      await watch(page, origins, faults);
      await use({
        allow: (pattern) => void allowed.push(pattern),
        allowOrigin: (url) => void origins.add(new URL(url).origin),
      });
      const unexpected = faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
      expect(unexpected, 'errors in the page').toEqual([]);
    },
    { auto: true },
  ],

  app: async ({ page }, use) => {
    const app = new App(page);
    await app.open();
    await use(app);
  },

  serveModel: async ({ guard }, use) => {
    const servers: ModelServer[] = [];
    await use(async (options) => {
      const server = await startModelServer(options);
      servers.push(server);
      guard.allowOrigin(server.url);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
});

async function watch(page: Page, origins: ReadonlySet<string>, faults: string[]): Promise<void> {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !origins.has(origin)) faults.push(`request to ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}

export { expect } from '@playwright/test';
