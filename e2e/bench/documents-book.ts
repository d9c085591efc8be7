import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { haystack } from '../texts.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/corpora/kjv.txt', import.meta.url));
const CHARS = 1_240_000;

/**
 * The path of a PDF of some 900 pages that Chromium printed: the corpus where it is there, prose of
 * ours where not. It takes a minute to print, so it stays in the temporary folder.
 */
export async function bookPdf(browser: Browser): Promise<string> {
  const source = existsSync(CORPUS) ? 'corpus' : 'prose';
  const path = join(tmpdir(), `matryoshka-bench-book-${source}.pdf`);
  if (existsSync(path)) return path;
  process.stderr.write('Printing a book of some 900 pages…\n');
  const text = source === 'corpus' ? readFileSync(CORPUS, 'utf8').slice(0, CHARS) : haystack(CHARS);
  const paragraphs = text.split(/\n+/).map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`);
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  try {
    await page.setContent(`<!doctype html><style>body { font: 11.5pt/1.45 serif } p { margin: 0 0 6pt }</style>${paragraphs.join('\n')}`);
    const bytes = await page.pdf({ format: 'A5', margin: { top: '18mm', bottom: '18mm', left: '16mm', right: '16mm' } });
    writeFileSync(`${path}.part`, bytes);
    renameSync(`${path}.part`, path);
  } finally {
    await page.close();
  }
  return path;
}
