import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractHtml } from './html.ts';
import { extracted, refused } from './testing/extracted.ts';

const read = async (...bytes: BlobPart[]): Promise<string> => (await extracted(extractHtml, new Blob(bytes), 'html')).text;
const latin = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string): ArrayBuffer => Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer;

describe('web pages', () => {
  it('have their title first, unless they begin with a heading of the first level', async () => {
    expect(await read('<title>A &amp; B</title><p>text')).toBe('# A & B\n\ntext\n');
    expect(await read('<title>A</title><h1>B</h1>text')).toBe('# B\n\ntext\n');
    expect(await read('<title>Only</title>')).toBe('# Only\n\n');
  });

  it('are decoded by their mark, by what they name, as UTF-8, else as windows-1252', async () => {
    expect(await read('\ufeff<p>é漢')).toBe('é漢\n');
    expect(await read(utf16('\ufeff<p>é漢'))).toBe('é漢\n');
    expect(await read(utf16('<html><body><p>plain and é'))).toBe('plain and é\n');
    expect(await read('<p>é漢')).toBe('é漢\n');
    expect(await read(latin('<meta http-equiv=x content="text/html; charset=iso-8859-2"><p>\xb1'))).toBe('ą\n');
    expect(await read('<meta charset="nonsense"><p>é')).toBe('é\n');
    const { text, notice } = await extracted(extractHtml, new Blob([latin('<p>caf\xe9')]), 'html');
    expect(text).toBe('café\n');
    expect(notice).toBe('Read as windows-1252, as it names no encoding and is not valid UTF-8.');
  });

  it('say how many pictures are not read, in a sentence', async () => {
    const { notice } = await extracted(extractHtml, new Blob(['<p>x<img src=a><img src=b><img src=c alt=""><img src=d alt=D>']), 'html');
    expect(notice).toBe('2 pictures are not read.');
  });

  it('without text are refused in one sentence', async () => {
    expect(await refused(extractHtml, new Blob(['<html><body><script>go()</script>']), 'html')).toMatch(/^“file.html” has no text of its own/);
  });

  it('stop when they are no longer wanted', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(extracted(extractHtml, new Blob(['<p>x']), 'html', stop.signal)).rejects.toThrow('stopped');
  });

  it('of random bytes are text or a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const text = await read(Uint8Array.from(bytes)).catch((error: unknown) => String(error));
        expect(typeof text).toBe('string');
        expect(text === '' ? '' : text).not.toMatch(/^(?:Type|Range|Reference)Error/);
      }),
    );
  });
});
