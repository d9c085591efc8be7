/**
 * What guest code asks the host of a subject: `ref` is a string without ropes or the number of a
 * text of the host, and offsets count from `from`. Other strings must be without ropes as well. An
 * expression travels as its source and flags.
 * Each throws what the host's engine says of the expression, or the reader of a file that has gone.
 */
export interface TextHost {
  /** Occurrences at or after `position`, `most` of them, overlapping ones too; -1 after the last. */
  find(
    ref: string | number,
    from: number,
    to: number,
    needle: string,
    position: number,
    most: number,
  ): ArrayBuffer;
  findLast(
    ref: string | number,
    from: number,
    to: number,
    needle: string,
    position: number,
  ): number;
  search(ref: string | number, from: number, to: number, source: string, flags: string): number;
  /** All matches of an expression with /g as texts; null where there is none. */
  match(
    ref: string | number,
    from: number,
    to: number,
    source: string,
    flags: string,
  ): PackedTexts | null;
  /** Up to `most` matches in order, the first sought from `position`. */
  exec(
    ref: string | number,
    from: number,
    to: number,
    source: string,
    flags: string,
    position: number,
    most: number,
  ): PackedMatches;
  /** Parts of a split by an expression, or by a text where `flags` is 'plain'. */
  split(
    ref: string | number,
    from: number,
    to: number,
    source: string,
    flags: string,
    limit: number,
  ): PackedTexts;
  /** As `find` in a string, as 32-bit integers. */
  places(text: string, needle: string, position: number, most: number): ArrayBuffer;
  /**
   * Where up to `most` matches of an expression with /g are in a string, the first sought from
   * `position`. 32-bit integers: index and end of each; then where the search for the next begins,
   * and 1 when it finds none. Null where the guest's own engine would be slow at matching there.
   */
  matchPlaces(
    text: string,
    source: string,
    flags: string,
    position: number,
    most: number,
  ): ArrayBuffer | null;
  /** Whether a string is yet to be put together. */
  isRope(text: string): boolean;
  slice(ref: string | number, from: number, to: number): string;
  toCase(ref: string, from: number, to: number, upper: 0 | 1): string;
  /** Lines from the one that begins at `position`; `next` is where the next batch begins, or -1. */
  lines(
    ref: string | number,
    from: number,
    to: number,
    position: number,
  ): { readonly lines: PackedTexts; readonly next: number };
  /** The cell is over: strings that the host keeps for the guest may go. */
  forget(): void;
}

/**
 * Many texts as few values: all of them joined by `separator`, which occurs in none; with no
 * separator, as a JSON array. `absent` are the places (32-bit) of those that are undefined.
 */
export interface PackedTexts {
  readonly joined: string;
  readonly separator: string;
  readonly absent: ArrayBuffer | null;
}

/**
 * Matches one after the other. `texts` has `width` texts for each: its groups, then its named groups.
 * `places` (64-bit floats) has two numbers for each: its index and where the search for it began;
 * then where the search for the next begins, and 1 when it finds none.
 */
export interface PackedMatches {
  readonly count: number;
  readonly width: number;
  /** Names of groups, in order; '' when there are none. */
  readonly names: string;
  readonly places: ArrayBuffer;
  readonly texts: PackedTexts;
}
