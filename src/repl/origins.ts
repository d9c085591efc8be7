import type { HostText } from './texts/host-text.ts';

/** A stretch of one of the run's documents. */
export interface DocumentRange {
  readonly document: string;
  /** UTF-16 code units [from, to). */
  readonly from: number;
  readonly to: number;
}

/** Characters from which on it is worth while to know where a text comes from. */
export const LARGE_TEXT = 64 * 1024;
const REMEMBERED = 256;
/** Slices that a text may be a part of: each is read again to see. */
const SEARCHED = 4;
/** Characters that are searched for, and places of them at which the whole text is compared. */
const HEAD = 200;
const MOST_TRIES = 64;

/**
 * Finds out where a large string of the guest's comes from, so that a child can be given a range of
 * a document and not a copy. What is found has the same content, wherever it was cut from.
 */
export class Origins {
  readonly #wholes: readonly HostText[];
  /** Slices of texts in files that the guest was given, the latest first. */
  #slices: readonly HostText[] = [];

  constructor(texts: readonly HostText[]) {
    this.#wholes = texts.filter(({ whole, origin }) => whole !== null && origin !== null);
  }

  /** Remembers that the guest has been given `slice` as a string. */
  note(slice: HostText): void {
    if (slice.length < LARGE_TEXT || slice.whole !== null || slice.origin === null) return;
    this.#slices = [slice, ...this.#slices.slice(0, REMEMBERED - 1)];
  }

  /** @throws the text's reader's error. */
  find(text: string): DocumentRange | null {
    if (text.length < LARGE_TEXT) return null;
    for (const slice of this.#slices) {
      if (slice.length === text.length && slice.slice(0, slice.length) === text) return rangeOf(slice, 0, text);
    }
    const longer = this.#slices.filter(({ length }) => length > text.length).slice(0, SEARCHED);
    for (const source of [...longer, ...this.#wholes]) {
      if (source.length < text.length) continue;
      const at = indexIn(source.whole ?? source.slice(0, source.length), text);
      if (at !== -1) return rangeOf(source, at, text);
    }
    return null;
  }
}

/**
 * Where `text` is in `source`, -1 where it is not or is hard to find: a search for so long a text may
 * take for ever where both are one letter over and over.
 */
function indexIn(source: string, text: string): number {
  const head = text.slice(0, HEAD);
  let at = source.indexOf(head);
  for (let tries = 0; at !== -1 && tries < MOST_TRIES; tries++) {
    if (source.startsWith(text, at)) return at;
    at = source.indexOf(head, at + 1);
  }
  return -1;
}

function rangeOf({ origin }: HostText, at: number, { length }: string): DocumentRange | null {
  return origin && { document: origin.document, from: origin.from + at, to: origin.from + at + length };
}
