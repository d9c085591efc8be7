import { expect, test } from 'vitest';
import { PageQueue, type QueuedPage } from './pdf-page-queue.ts';
import type { OpenPdf } from './pdf-open.ts';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

const never = new Promise<never>(() => {});

/** A thread that answers in turn, until it comes to a page that it never gets past. */
function thread(pages: number, stuck: readonly number[]): OpenPdf & { readonly isKilled: () => boolean } {
  let isStuck = false;
  let killed = false;
  const getPage = async (number: number): Promise<unknown> => {
    if (stuck.includes(number)) isStuck = true;
    await Promise.resolve();
    if (isStuck) return never;
    if (number === 3) throw new Error('damaged');
    return {
      streamTextContent: () =>
        new ReadableStream({
          start(controller) {
            controller.enqueue({ items: [], styles: {} });
            controller.close();
          },
        }),
      getAnnotations: async () => [],
      cleanup: () => {},
    };
  };
  const document = { numPages: pages, getPage } as unknown as PDFDocumentProxy;
  return { document, kill: () => void (killed = true), isKilled: () => killed };
}

async function kindsOf(pages: number, stuck: readonly number[]) {
  const threads = [thread(pages, stuck)];
  const [first] = threads;
  if (!first) throw new Error('no thread');
  const queue = new PageQueue({
    first,
    open: async () => {
      const next = thread(pages, stuck);
      threads.push(next);
      return next;
    },
    titles: async () => new Map(),
    pageMs: 20,
    signal: new AbortController().signal,
  });
  await queue.begin();
  const kinds: QueuedPage['kind'][] = [];
  for (let number = 1; number <= pages; number++) kinds.push((await queue.next()).kind);
  queue.close();
  return { kinds, threads: threads.length, allKilled: threads.every(({ isKilled }) => isKilled()) };
}

test('pages come in their order, a damaged one as failed', async () => {
  expect(await kindsOf(5, [])).toEqual({
    kinds: ['read', 'read', 'failed', 'read', 'read'],
    threads: 1,
    allKilled: true,
  });
});

test('a page that does not end costs its thread, and no other page', async () => {
  const { kinds, threads, allKilled } = await kindsOf(12, [2]);
  expect(kinds).toEqual(['read', 'slow', 'failed', ...Array.from({ length: 9 }, () => 'read')]);
  expect(threads).toBeLessThanOrEqual(4);
  expect(allKilled).toBe(true);
});

test('a signal that aborts ends the waiting', async () => {
  const stop = new AbortController();
  const first = thread(1, [1]);
  const options = { first, open: async () => first, titles: async () => new Map(), pageMs: 60_000, signal: stop.signal };
  const next = new PageQueue(options).next();
  stop.abort(new Error('enough'));
  await expect(next).rejects.toThrow('enough');
});
