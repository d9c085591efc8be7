/**
 * A text on the host's side of the REPL: a whole string, or a file that is read by windows. Offsets
 * and lengths are UTF-16 code units, as `String` counts them; nothing here ever tears or loses a
 * unit (lone surrogates, NULs and U+FEFF inside the text are kept).
 */
export interface HostText {
  readonly length: number;
  /** The text as one V8 string where it is in memory; null for a file. */
  readonly whole: string | null;
  /** Units [from, to), clamped to the text. @throws the reader's error when the file has gone. */
  slice(from: number, to: number): string;
  /** [from, to) as a text of its own; nothing is copied. */
  range(from: number, to: number): HostText;
  /** Where this text lies in one of the run's documents; null for a text that a guest made. */
  readonly origin: TextOrigin | null;
}

export interface TextOrigin {
  /** Id of the document. */
  readonly document: string;
  /** Where this text begins in it. */
  readonly from: number;
}

/** Reads bytes [from, to) of a blob at once, in this thread: `FileReaderSync` in a worker. */
export type ReadBytes = (blob: Blob, from: number, to: number) => Uint8Array;

/**
 * Called between the windows of a long search over a file. It may throw to end the search; what it
 * throws goes through every function here unchanged.
 */
export type Pulse = () => void;
