import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nodePdfLibrary } from '../testing/node-pdf-library.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { createPdfExtractor } from './pdf.ts';
import { createTextWriter } from './text-writer.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/corpora/files/pdf/', import.meta.url));
const isThere = existsSync(FOLDER);

/** Its pictures are 100,000 pixels a side: here, where pdf.js has no thread that can be ended, it takes minutes. */
const NEEDS_A_THREAD = 'bomb_giant.pdf';

const files = isThere ? readdirSync(FOLDER).filter((name) => name.endsWith('.pdf') && name !== NEEDS_A_THREAD) : [];

const extractPdf = createPdfExtractor({ library: nodePdfLibrary, pageMs: 60_000 });

async function read(name: string): Promise<{ text: string; pages: number | undefined } | UnreadableFile> {
  const out = createTextWriter(name);
  const { signal } = new AbortController();
  try {
    const file = new Blob([readFileSync(FOLDER + name)]);
    const { pages } = await extractPdf(file, { name, kind: 'pdf', out, signal, onProgress: () => {} });
    return { text: await out.finish().text(), pages };
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
}

async function textOf(name: string): Promise<string> {
  const got = await read(name);
  if (got instanceof UnreadableFile) throw got;
  return got.text;
}

const hasPdfToText = ((): boolean => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Characters besides white space, marker lines and signs of direction. */
const characters = (text: string): number =>
  text.replace(/^=== page .* ===$/gm, '').replace(/[\s\p{C}]/gu, '').length;

/** These differ from pdftotext by intent or by pdf.js: see each. */
const DIFFERENT = new Set([
  // Ligatures of Arabic: pdf.js takes them apart into their letters.
  'ArabicCIDTrueType.pdf',
  // Fonts without a table of characters: what stands for their letters is anybody's guess.
  'TAMReview.pdf',
  // Three characters and fewer.
  'issue5070.pdf',
  // pdftotext finds no text.
  'issue9418.pdf',
]);

test.skipIf(isThere)(`${FOLDER} is not here: real PDFs are not tested`, () => {});

describe.skipIf(!isThere)('real PDFs', () => {
  test.each(files)('%s becomes text or one sentence', async (name) => {
    const got = await read(name);
    if (got instanceof UnreadableFile) {
      expect(got.message).toMatch(/^“.+” .+[.!]$/);
      expect(got.message).not.toContain('\n');
      return;
    }
    expect(got.text.match(/^=== page \d+.* ===$/gm)).toHaveLength(got.pages ?? 0);
    expect(got.text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
    if (!hasPdfToText || DIFFERENT.has(name)) return;
    const theirs = characters(execFileSync('pdftotext', [FOLDER + name, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    expect(characters(got.text) / theirs).toBeGreaterThan(0.95);
    expect(characters(got.text) / theirs).toBeLessThan(1.05);
  });

  test('two columns are read one after the other', async () => {
    const text = await textOf('tracemonkey.pdf');
    expect(text).toContain('We present an al-\nternative compilation technique for dynamically-typed languages\nthat identifies');
    expect(text).toContain('=== page 14 ===');
  });

  test('Japanese without embedded character maps, and Arabic in the order of reading', async () => {
    expect(await textOf('noembed-sjis.pdf')).toBe('=== page 1 ===\nあいうえお\n\n');
    expect(await textOf('ArabicCIDTrueType.pdf')).toMatch(/^=== page 1 ===\nا/);
  });

  test('headings where the outline says so', async () => {
    expect(await textOf('basicapi.pdf')).toContain('\n## Paragraph 1.1\n');
  });

  test('a password is asked for in a sentence', async () => {
    await expect(textOf('print_protection.pdf')).rejects.toThrow(
      '“print_protection.pdf” is protected by a password: open it, save it without one and add that.',
    );
  });
});
