/** How many of a text's characters are controls. */
export interface ControlCounts {
  /** Whether the bytes are valid Unicode, or UTF-16, in which hardly anything is invalid. */
  readonly unicode: boolean;
  readonly controls: number;
  readonly nuls: number;
  /** Bytes or code units, of which the above are some. */
  readonly of: number;
}

/**
 * Bytes that are valid Unicode are text even with field separators such as U+0001 all over, or a
 * few NULs; what is not valid is text only if control characters are rare in it. Compressed or
 * random bytes have about one in ten. One or two prove nothing.
 */
export function looksBinary({ unicode, controls, nuls, of }: ControlCounts): boolean {
  if (controls + nuls < 3) return false;
  return unicode ? nuls > 0.1 * of || controls > 0.3 * of : controls + nuls > 0.02 * of;
}
