import { createServer } from 'node:http';
import type { Browser } from '@playwright/test';

/** An empty page with a worker that fetches, and does nothing else: the same requests without us. */
export interface BarePage {
  /** Asks for `calls` replies, `parallel` at once, and reads them to their end: milliseconds. */
  fanOut(url: string, calls: number, parallel: number): Promise<number>;
  close(): Promise<void>;
}

interface BareWindow {
  fanOut?: (url: string, calls: number, parallel: number) => Promise<number>;
}

export async function openBarePage(browser: Browser): Promise<BarePage> {
  const bodies: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', '<!doctype html><title>bare</title><link rel="icon" href="data:,">'],
    '/worker.js': ['text/javascript', `(${bareWorker.toString()})();`],
  };
  const server = createServer((request, response) => {
    const [type, body] = bodies[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The bare page has no port.');
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.evaluate(() => {
    const worker = new Worker('/worker.js');
    (window as BareWindow).fanOut = (url, calls, parallel) =>
      new Promise((resolve) => {
        worker.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data), { once: true });
        worker.postMessage({ url, calls, parallel });
      });
  });
  return {
    fanOut: async (url, calls, parallel) => {
      const asked = page.evaluate(
        ([to, count, atOnce]) => (window as BareWindow).fanOut?.(to, count, atOnce),
        [url, calls, parallel] as const,
      );
      return (await asked) ?? NaN;
    },
    close: async () => {
      await page.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** In the worker, which gets it as source text: uses nothing of this module. */
function bareWorker(): void {
  addEventListener('message', ({ data }: MessageEvent<{ url: string; calls: number; parallel: number }>) => {
    const { url, calls, parallel } = data;
    const piece = 'river winter ledger signal harbour copper orchard lantern '.repeat(4).slice(0, 200);
    let next = 0;
    const lane = async () => {
      while (next < calls) {
        const content = `Bare part ${next++}. What is this about?\n${piece}`;
        const messages = [{ role: 'user', content }];
        const response = await fetch(`${url}/chat/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          body: JSON.stringify({ model: 'scripted', messages, stream: true, stream_options: { include_usage: true } }),
        });
        await response.text();
      }
    };
    const started = performance.now();
    void Promise.all(Array.from({ length: parallel }, lane)).then(() => postMessage(performance.now() - started));
  });
}
