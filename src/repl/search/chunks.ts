import type { HostText } from '../texts/host-text.ts';

/** Characters of a chunk at most: about 512 tokens. */
const CHUNK = 2000;
/** Characters of a file that are read at once. */
const WINDOW = 2 ** 20;

/** A part of a text: consecutive ones make the whole. */
export interface Chunk {
  /** UTF-16 code units from the start of the text. */
  readonly index: number;
  /** 1-based line that it begins in. */
  readonly line: number;
  readonly text: string;
}

/**
 * Calls `visit` with each chunk of a text, in order: cut where a line ends, else between words, else
 * between characters.
 * @throws the text's reader's error.
 */
export function eachChunk(text: HostText, visit: (chunk: Chunk) => void, windowChars = WINDOW): void {
  let line = 1;
  let window = text.whole ?? '';
  let base = 0;
  for (let at = 0; at < text.length; ) {
    if (text.whole === null && (at === 0 || at + CHUNK > base + window.length) && base + window.length < text.length) {
      base = at;
      window = text.slice(at, at + Math.max(windowChars, CHUNK));
    }
    const from = at - base;
    const to = end(window, from);
    if (to <= from) return;
    const chunk = window.slice(from, to);
    visit({ index: at, line, text: chunk });
    for (let found = chunk.indexOf('\n'); found !== -1; found = chunk.indexOf('\n', found + 1)) line += 1;
    at = base + to;
  }
}

/** Where the chunk that begins at `from` ends. */
function end(window: string, from: number): number {
  const most = from + CHUNK;
  if (most > window.length) return window.length;
  const least = from + CHUNK / 2;
  const newline = window.lastIndexOf('\n', most - 1) + 1;
  if (newline > least) return newline;
  const space = window.lastIndexOf(' ', most - 1) + 1;
  if (space > least) return space;
  return /[\ud800-\udbff]/.test(window.charAt(most - 1)) ? most - 1 : most;
}
