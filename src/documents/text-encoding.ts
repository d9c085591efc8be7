import type { TextEncoding } from './document.ts';

/** What the first bytes of a file say about its encoding. */
export interface EncodingGuess {
  /** `bytes` is UTF-8 or windows-1252: only reading to the end tells. */
  readonly encoding: 'utf-16le' | 'utf-16be' | 'utf-32' | 'bytes';
  /** Length of the byte-order mark. */
  readonly skip: 0 | 2 | 3;
}

/** Enough for the guess, and all of most files. */
export const HEAD_BYTES = 64 * 1024;

/**
 * Guesses from a byte-order mark, else from where the NUL bytes are.
 *
 * In UTF-16 text every character of ASCII has a NUL on one side, always the same. A file of mostly
 * Latin text has them in half its places; one in another alphabet has them at spaces and line ends
 * only, and is told from UTF-8 with stray NULs by making no sense as bytes and sense as UTF-16.
 */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'bytes', skip: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32', skip: 0 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32', skip: 0 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 };
  return { encoding: guessByNuls(head) ?? 'bytes', skip: 0 };
}

function guessByNuls(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = head.length >> 1;
  if (pairs < 2) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  const most = Math.max(even, odd);
  if (most < 0.03 * pairs || Math.min(even, odd) > 0.05 * most) return null;
  if (most >= 0.5 * pairs) return encoding;
  const whole = head.subarray(0, pairs * 2);
  return !readsAs('utf-8', whole) && readsAs(encoding, whole) ? encoding : null;
}

/** Whether bytes decode to text with next to no control characters; a cut last character is fine. */
function readsAs(encoding: TextEncoding, bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return false;
  }
  let controls = 0;
  for (let i = 0; i < text.length; i++) if (isControl(text.charCodeAt(i))) controls++;
  return controls <= 0.05 * text.length;
}

/** A C0 control character that plain text has no use for: not tab, line ends, form feed or escape. */
export function isControl(unit: number): boolean {
  return unit < 32 && !(unit >= 8 && unit <= 13) && unit !== 27;
}
