import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { ensureBrowser, launchOptions } from './browser.ts';

const HOST = 'app.example';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** The built app as if it were on the internet, and a browser that believes so. */
export interface PublicApp {
  readonly browser: Browser;
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves `dist` at a name that is not of this computer, to a browser that takes its address for a
 * public one and `loopbackPort` for one of this computer: what a page needs a permission for.
 */
export async function openPublicApp(loopbackPort: number): Promise<PublicApp> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://app');
    const path = pathname === '/' ? '/index.html' : pathname;
    readFile(join('dist', path)).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // `as`: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const origin = `http://${HOST}:${port}`;
  const options = launchOptions(ensureBrowser());
  const browser = await chromium.launch({
    ...options,
    args: [
      ...(options.args ?? []),
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      `--ip-address-space-overrides=127.0.0.1:${port}=public,127.0.0.1:${loopbackPort}=loopback`,
      // The permission exists on secure pages only.
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
    ],
  });
  return {
    browser,
    origin,
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
