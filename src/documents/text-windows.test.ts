import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';
import type { SourceDocument } from './document.ts';
import { arbitraryDocument } from './testing/arbitrary-document.ts';
import { encodedDocument } from './testing/encoded-document.ts';
import { eachWindow, type TextWindow, type WindowOptions } from './text-windows.ts';

async function windowsOf(document: SourceDocument, options: WindowOptions): Promise<TextWindow[]> {
  const windows: TextWindow[] = [];
  for await (const window of eachWindow(document, options)) windows.push(window);
  return windows;
}

const insidePair = (text: string, at: number): boolean =>
  /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));

describe('eachWindow', () => {
  it('gives the whole text in overlapping windows that cut no pair, with their lines', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryDocument, fc.integer({ min: 1, max: 12 }), fc.nat(15), async (document, chars, overlap) => {
        const whole = await decodeText(document.text);
        const windows = await windowsOf(document, { chars, overlap });
        let end = 0;
        let before = 0;
        for (const { text, from, line } of windows) {
          const to = from + text.length;
          expect(text).toBe(whole.slice(from, to));
          expect(line).toBe(whole.slice(0, from).split('\n').length);
          expect([from, to].some((at) => insidePair(whole, at))).toBe(false);
          expect(to).toBeGreaterThan(end);
          if (end > 0) expect(from).toBe(insidePair(whole, Math.max(before, end - overlap)) ? end - overlap - 1 : Math.max(before, end - overlap));
          before = from;
          end = to;
        }
        expect(end).toBe(whole.length);
      }),
    );
  });

  it('begins where it is asked to', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryDocument, fc.integer({ min: 1, max: 12 }), fc.nat(60), async (document, chars, from) => {
        const whole = await decodeText(document.text);
        const windows = await windowsOf(document, { chars, from });
        const start = insidePair(whole, from) ? from - 1 : from;
        expect(windows.map(({ text }) => text).join('')).toBe(whole.slice(start));
        const [first] = windows;
        if (first) expect([first.from, first.line]).toEqual([start, whole.slice(0, start).split('\n').length]);
      }),
    );
  });

  it('lets other messages in between windows, and ends with the abort reason', async () => {
    const document = encodedDocument('line\n'.repeat(50), 'utf-8', 64);
    const controller = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port2.addEventListener('message', () => controller.abort(new Error('Stopped.')), { once: true });
    port2.start();
    port1.postMessage(null);
    await expect(windowsOf(document, { chars: 10, signal: controller.signal })).rejects.toThrow('Stopped.');
    port1.close();
  });
});
