import type { TextSource } from '../documents/document.ts';
import type { HostText } from './texts/host-text.ts';

/** Characters of a file that are read at once. */
const WINDOW = 4 * 2 ** 20;

/**
 * The characters of a document. Malformed bytes become U+FFFD, as the reading of the file has
 * announced already.
 * @throws the blob's own error when the file has gone or changed since it was dropped.
 */
export async function readText({ blob, encoding, skip }: Pick<TextSource, 'blob' | 'encoding' | 'skip'>): Promise<string> {
  const bytes = await blob.slice(skip).arrayBuffer();
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/**
 * Lines as an editor counts them: a text without a newline is one, an empty text none.
 * @throws the text's reader's error.
 */
export function countLines(text: HostText): number {
  if (text.length === 0) return 0;
  let lines = 1;
  for (let base = 0; base < text.length; base += WINDOW) {
    const window = text.whole ?? text.slice(base, base + WINDOW);
    // Three times as fast as a loop of `indexOf`: V8 counts what one character matches by itself.
    lines += window.match(/\n/g)?.length ?? 0;
    if (text.whole !== null) break;
  }
  return text.slice(text.length - 1, text.length) === '\n' ? lines - 1 : lines;
}
