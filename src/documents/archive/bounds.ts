import { formatBytes } from '../../base/format.ts';
import { UnreadableFile } from '../unreadable-file.ts';

/** How much may come out of something packed; whatever it says of itself. */
export interface Bounds {
  /** Bytes unpacked. */
  readonly most: number;
  /** Bytes unpacked for each packed one, once `free` have come. Deflate reaches 1032 at the most. */
  readonly ratio: number;
  /** Bytes unpacked that may come at any ratio. */
  readonly free: number;
}

const MB = 1_000_000;
const GB = 1_000 * MB;

/** One part of an office file or e-book. Sheets of a million styled, empty rows pack at 100:1. */
export const PACKAGE_PART: Bounds = { most: 512 * MB, ratio: 1000, free: 64 * MB };
/** All parts of an office file or e-book, that of its whole size. */
export const PACKAGE: Bounds = { most: GB, ratio: 300, free: 128 * MB };
/** One file of an archive, or a gzip file. A log that says the same all day packs at 500:1. */
export const ARCHIVED_FILE: Bounds = { most: 4 * 2 ** 30, ratio: 1000, free: 64 * MB };
/** All files that are taken out of one archive. */
export const ARCHIVE: Bounds = { most: 16 * GB, ratio: 1000, free: 256 * MB };

export interface Meter {
  /**
   * Bytes have come out.
   * @throws UnreadableFile when they are more than may.
   */
  take(bytes: number): void;
  readonly taken: number;
}

/**
 * Counts what comes out of something.
 * @param what for the sentence: «“notes.zip”», «“a/b.txt” in “notes.zip”».
 * @param packed bytes that it comes out of.
 */
export function createMeter(what: string, packed: number, bounds: Bounds): Meter {
  let taken = 0;
  const refuse = (more: string): never => {
    throw new UnreadableFile(
      `${what} unpacks to more than ${more}: it may be a zip bomb. If it is not, unpack it and add what you need of it.`,
    );
  };
  return {
    get taken() {
      return taken;
    },
    take(bytes) {
      taken += bytes;
      if (taken > bounds.most) refuse(formatBytes(bounds.most));
      if (taken > bounds.free && taken > bounds.ratio * packed) refuse(`${bounds.ratio} times its size`);
    },
  };
}
