import type { FileEntry } from '@zip.js/zip.js';
import { formatCount } from '../../base/format.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { createMeter, PACKAGE, PACKAGE_PART } from './bounds.ts';
import { readEntry } from './read-entry.ts';
import { safePath } from './safe-path.ts';
import { decodeXml } from './xml-text.ts';
import { listEntries, loadZip, zipReader } from './zip-library.ts';
import { zipSentence } from './zip-sentence.ts';

/** Parts that an office file or e-book may have; the largest books have some thousands. */
const MOST_PARTS = 50_000;

/** An office file or e-book: a zip whose parts are read by path. */
export interface Package {
  /** Of its parts, with `/` between folders and none at the start; folders are left out. */
  readonly paths: readonly string[];
  /**
   * A part as text: UTF-8 or UTF-16 by its byte-order mark, else as its XML declaration says, else
   * UTF-8. Null where there is none; capital letters make no difference.
   * @throws UnreadableFile when it is damaged, encrypted or too large; the signal's reason.
   */
  text(path: string): Promise<string | null>;
  /** A part's bytes, as `text`. */
  bytes(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * The whole package as a zip in which nothing is compressed: for libraries that inflate without a
   * bound. Every part is inflated within bounds.
   * @param wanted which parts it holds; all where it is left out.
   */
  repacked(wanted?: (path: string) => boolean): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/**
 * Opens an office file or e-book; only its list of parts is read.
 * @param name of the file, for sentences.
 * @throws UnreadableFile when it is no zip, damaged or encrypted; the reason of `signal`.
 */
export async function openPackage(file: Blob, name: string, signal: AbortSignal): Promise<Package> {
  const what = `“${name}”`;
  const parts = await listParts(file, what, signal);
  const folded = new Map([...parts].map(([path, entry]) => [path.toLowerCase(), entry]));
  const total = createMeter(what, file.size, PACKAGE);
  const counted = new Set<FileEntry>();

  const inflate = async (path: string, entry: FileEntry): Promise<Uint8Array<ArrayBuffer>> => {
    const part = `“${safePath(path)}” in ${what}`;
    const meters = [createMeter(part, entry.compressedSize, PACKAGE_PART)];
    // A part that is read twice is in memory once.
    if (!counted.has(entry)) meters.push(total);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    await readEntry(entry, { what: part, meters, signal, take: (bytes) => pieces.push(bytes) });
    counted.add(entry);
    return joined(pieces);
  };

  const bytes = async (path: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const entry = parts.get(path) ?? folded.get(path.toLowerCase());
    return entry === undefined ? null : inflate(path, entry);
  };

  return {
    paths: [...parts.keys()],
    bytes,
    async text(path) {
      const found = await bytes(path);
      return found === null ? null : decodeXml(found);
    },
    async repacked(wanted = () => true) {
      const zip = await loadZip();
      const writer = new zip.ZipWriter(new zip.BlobWriter(), {
        level: 0,
        dataDescriptor: false,
        extendedTimestamp: false,
      });
      for (const [path, entry] of parts) {
        if (wanted(path)) await writer.add(path, new zip.Uint8ArrayReader(await inflate(path, entry)));
      }
      return new Uint8Array(await (await writer.close()).arrayBuffer());
    },
    async close() {
      parts.clear();
      folded.clear();
    },
  };
}

async function listParts(file: Blob, what: string, signal: AbortSignal): Promise<Map<string, FileEntry>> {
  const parts = new Map<string, FileEntry>();
  try {
    const reader = await zipReader(file);
    const { entries, more } = await listEntries(reader, MOST_PARTS, signal);
    if (more) {
      throw new UnreadableFile(
        `${what} has more than ${formatCount(MOST_PARTS)} parts: save it anew, or as plain text, and add that.`,
      );
    }
    for (const entry of entries) {
      // Of two with one path the last counts, as in other readers.
      if (!entry.directory) parts.set(partPath(entry.filename), entry);
    }
  } catch (error) {
    throw zipSentence(error, what, signal);
  }
  return parts;
}

/** Some programs write backslashes, or a slash at the start. */
const partPath = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '');

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
