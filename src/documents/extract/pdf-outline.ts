import type { PdfTitle } from './pdf-items.ts';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Bookmarks that are followed; a book has hundreds. */
const MOST_BOOKMARKS = 3_000;

export type PdfTitles = ReadonlyMap<number, readonly PdfTitle[]>;

type Bookmark = NonNullable<Awaited<ReturnType<PDFDocumentProxy['getOutline']>>>[number];

/**
 * Bookmarks by the page (from 1) that they lead to, in their order.
 * @throws what pdf.js throws of a damaged outline
 */
export async function titlesByPage(document: PDFDocumentProxy): Promise<PdfTitles> {
  const outline: readonly Bookmark[] | null = await document.getOutline();
  const bookmarks: { readonly bookmark: Bookmark; readonly depth: number }[] = [];
  const waiting = (outline ?? []).map((bookmark) => ({ bookmark, depth: 1 })).reverse();
  for (let next = waiting.pop(); next && bookmarks.length < MOST_BOOKMARKS; next = waiting.pop()) {
    bookmarks.push(next);
    const { bookmark, depth } = next;
    for (const inner of bookmark.items.toReversed()) waiting.push({ bookmark: inner, depth: depth + 1 });
  }
  const pages = await Promise.all(bookmarks.map(({ bookmark }) => pageOf(document, bookmark).catch(() => null)));
  const titles = new Map<number, PdfTitle[]>();
  for (const [at, { bookmark, depth }] of bookmarks.entries()) {
    const page = pages[at];
    if (page === null || page === undefined) continue;
    const title = { title: bookmark.title, depth };
    const there = titles.get(page);
    if (there) there.push(title);
    else titles.set(page, [title]);
  }
  return titles;
}

async function pageOf(document: PDFDocumentProxy, { dest }: Bookmark): Promise<number | null> {
  const explicit: readonly unknown[] | null = typeof dest === 'string' ? await document.getDestination(dest) : dest;
  const target = explicit?.[0];
  if (typeof target === 'number') return target + 1;
  if (typeof target !== 'object' || target === null || !('num' in target) || !('gen' in target)) return null;
  const { num, gen } = target;
  if (typeof num !== 'number' || typeof gen !== 'number') return null;
  return (document.cachedPageNumber({ num, gen }) ?? (await document.getPageIndex({ num, gen })) + 1);
}
