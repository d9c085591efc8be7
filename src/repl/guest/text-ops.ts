/**
 * What guest code searches at the host's speed: a string of the guest's own (`ref` is the string),
 * or units [from, to) of a text that only the host holds (`ref` is its number there).
 */
export interface TextSubject {
  readonly ref: string | number;
  /** UTF-16 code units. For a string always 0 and its length. */
  readonly from: number;
  readonly to: number;
}

/**
 * The read methods of `String` over a subject, run by the host, with the results, the errors and
 * the side effects (`lastIndex`) of the built-in ones. Arguments are as the built-ins get them, with
 * the type coercions done here; offsets count from the subject's own start.
 */
export interface TextOps {
  readonly indexOf: (subject: TextSubject, needle: unknown, position?: unknown) => number;
  readonly lastIndexOf: (subject: TextSubject, needle: unknown, position?: unknown) => number;
  /** Units [from, to), already clamped, as a string of the guest's. */
  readonly slice: (subject: TextSubject, from: number, to: number) => string;
  readonly search: (subject: TextSubject, pattern: unknown) => number;
  readonly match: (subject: TextSubject, pattern: unknown) => RegExpMatchArray | null;
  /** Batches behind an iterator: a loop over millions of matches never holds them all. */
  readonly matchAll: (subject: TextSubject, pattern: unknown) => IterableIterator<RegExpMatchArray>;
  readonly exec: (expression: RegExp, subject: TextSubject) => RegExpExecArray | null;
  readonly split: (subject: TextSubject, separator: unknown, limit?: unknown) => string[];
  /** The lines of the text without their `\n`, in batches behind an iterator. */
  readonly lines: (subject: TextSubject) => IterableIterator<string>;
}
