const FLUSH_MS = 50;
const FLUSH_CHARS = 32_768;
/** Characters of one string at most: whoever draws or keeps it does other work in between. */
const LARGEST = 256 * 1024;

/** Joins small pieces into fewer events, and cuts large ones. */
export interface Coalescer {
  push(piece: string): void;
  /** Hands on what is held; called before any other event that must come after it. */
  flush(): void;
}

/**
 * Hands pieces on as one string at most every `wait` ms of `now`, or per 32,768 characters; the first
 * piece after a quiet time goes at once. It has no timer: what is held leaves with the next piece
 * or with `flush`. More than 262,144 characters leave as several strings, never between the halves
 * of a surrogate pair.
 */
export function createCoalescer(
  now: () => number,
  emit: (text: string) => void,
  wait: () => number = () => FLUSH_MS,
): Coalescer {
  let held = '';
  let last = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (held === '') return;
    const text = held;
    held = '';
    last = now();
    for (let from = 0, to = 0; from < text.length; from = to) {
      to = endOfPiece(text, from);
      emit(text.slice(from, to));
    }
  };
  return {
    push(piece) {
      held += piece;
      if (held.length >= FLUSH_CHARS || now() - last >= wait()) flush();
    },
    flush,
  };
}

function endOfPiece(text: string, from: number): number {
  const to = from + LARGEST;
  if (to >= text.length) return text.length;
  const code = text.charCodeAt(to - 1);
  return code >= 0xd800 && code < 0xdc00 ? to - 1 : to;
}

/** Replies up to which each is shown twenty times a second; of more, each less often. */
const FEW_REPLIES = 10;
const LONGEST_MS = 500;

/** Milliseconds between two pieces of one of so many replies that stream at once: 200 events a second at most, all together. */
export function flushInterval(replies: number): number {
  return Math.min(LONGEST_MS, FLUSH_MS * Math.max(1, replies / FEW_REPLIES));
}
