import type { PdfTitle } from './pdf-items.ts';

/** Lines that one title may go over. */
const MOST_LINES = 3;

const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** «2.1 », «IV. », «A) »: numbers that bookmarks often leave out. */
const withoutNumber = (text: string): string => text.replace(/^\s*(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])[.):]?\s+/, '');

/**
 * Which lines are the titles that bookmarks name: the depth of the heading that begins there, or
 * `joined` for a line that goes on with the title of the line before.
 */
export function findTitles(
  lines: readonly string[],
  titles: readonly PdfTitle[],
): ReadonlyMap<number, number | 'joined'> {
  const found = new Map<number, number | 'joined'>();
  if (titles.length === 0) return found;
  const folded = lines.map(fold);
  const unnumbered = lines.map((line) => fold(withoutNumber(line)));
  for (const { title, depth } of titles) {
    const wanted = fold(title);
    if (wanted === '') continue;
    for (let at = 0; at < lines.length; at++) {
      if (found.has(at)) continue;
      const count = linesOfTitle(folded, unnumbered, at, wanted);
      if (count === 0) continue;
      found.set(at, Math.min(Math.max(depth, 1), 6));
      for (let more = 1; more < count; more++) found.set(at + more, 'joined');
      break;
    }
  }
  return found;
}

/** How many lines from one on make up a title; 0 where they do not. */
function linesOfTitle(folded: readonly string[], unnumbered: readonly string[], at: number, wanted: string): number {
  for (const first of [folded[at] ?? '', unnumbered[at] ?? '']) {
    let text = first;
    for (let count = 1; text !== '' && count <= MOST_LINES && wanted.startsWith(text); count++) {
      if (text === wanted) return count;
      text += folded[at + count] ?? '';
    }
  }
  return 0;
}
