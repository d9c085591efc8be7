const FLUSH_MS = 50;
const FLUSH_CHARS = 2048;

/** Joins small pieces into fewer events. */
export interface Coalescer {
  push(piece: string): void;
  /** Hands on what is held; called before any other event that must come after it. */
  flush(): void;
}

/**
 * Hands pieces on as one string at most every 50 ms of `now`, or per 2,048 characters; the first
 * piece after a quiet time goes at once. It has no timer: what is held leaves with the next piece
 * or with `flush`.
 */
export function createCoalescer(now: () => number, emit: (text: string) => void): Coalescer {
  let held = '';
  let last = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (held === '') return;
    const text = held;
    held = '';
    last = now();
    emit(text);
  };
  return {
    push(piece) {
      held += piece;
      if (held.length >= FLUSH_CHARS || now() - last >= FLUSH_MS) flush();
    },
    flush,
  };
}
