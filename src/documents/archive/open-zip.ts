import type { FileEntry } from '@zip.js/zip.js';
import { formatCount } from '../../base/format.ts';
import type { ArchiveListing, SurveyEntry } from '../survey.ts';
import { surveyByName } from '../survey-by-name.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { ARCHIVE, ARCHIVED_FILE, createMeter } from './bounds.ts';
import { gatherBlob } from './gather-blob.ts';
import { readEntry } from './read-entry.ts';
import { safePath } from './safe-path.ts';
import { listEntries, zipReader } from './zip-library.ts';
import { zipSentence } from './zip-sentence.ts';

/** Entries that are listed; more would be a list that nobody can tick. */
const MOST_ENTRIES = 200_000;

const STORED = 0;
const DEFLATED = 8;
const DEFLATED_64 = 9;

export interface UnpackTools {
  readonly signal: AbortSignal;
  /** Bytes unpacked, and bytes that there are said to be (0 where that is not known). */
  readonly onProgress: (done: number, total: number) => void;
}

/** A zip whose list was read; nothing of it is unpacked yet. */
export interface OpenZip {
  /** Its files in the archive's order, without folders; the number of a file is its place here. */
  readonly listing: ArchiveListing;
  /**
   * A file of the archive; its name is the last part of its path.
   * @throws UnreadableFile when it is damaged, encrypted, not there, unpacks to too much or lies
   * inside another; the reason of the signal.
   */
  unpack(entry: number, tools: UnpackTools): Promise<File>;
  /** Lets go of the file; `unpack` finds nothing from then on. */
  close(): Promise<void>;
}

/**
 * Opens a zip and lists it, by names alone.
 * @param name of the file, for sentences.
 * @param most files and folders that it may hold.
 * @throws UnreadableFile when it is no zip, is damaged, or holds too many files; the reason of `signal`.
 */
export async function openZip(
  file: Blob,
  name: string,
  signal: AbortSignal,
  most: number = MOST_ENTRIES,
): Promise<OpenZip> {
  const what = `“${name}”`;
  const found = await listFiles(file, what, signal, most);
  const listing: ArchiveListing = { kind: 'zip', entries: found.map(surveyed) };
  const total = createMeter(what, file.size, ARCHIVE);
  const counted = new Set<FileEntry>();
  let open = true;

  return {
    listing,
    async unpack(number, tools) {
      const entry = open ? found[number] : undefined;
      const path = listing.entries[number]?.path;
      if (entry === undefined || path === undefined) {
        throw new UnreadableFile(`${what} is not open any more: add it again.`);
      }
      const part = `“${path}” in ${what}`;
      const meter = createMeter(part, entry.compressedSize, ARCHIVED_FILE);
      const blob = gatherBlob();
      const size = plausible(entry.uncompressedSize);
      await readEntry(entry, {
        what: part,
        // A file that is taken out again is no more than it was.
        meters: counted.has(entry) ? [meter] : [meter, total],
        signal: tools.signal,
        take(bytes) {
          blob.add(bytes);
          tools.onProgress(meter.taken, Math.max(size, meter.taken));
        },
      });
      counted.add(entry);
      return new File(blob.finish(), path.slice(path.lastIndexOf('/') + 1), { lastModified: modified(entry) });
    },
    async close() {
      open = false;
      found.length = 0;
    },
  };
}

async function listFiles(file: Blob, what: string, signal: AbortSignal, most: number): Promise<FileEntry[]> {
  try {
    const { entries, more } = await listEntries(await zipReader(file), most, signal);
    if (more) {
      throw new UnreadableFile(
        `${what} holds more than ${formatCount(most)} files: unpack it and add the folders you need.`,
      );
    }
    return entries.filter((entry) => !entry.directory);
  } catch (error) {
    throw zipSentence(error, what, signal);
  }
}

function surveyed(entry: FileEntry): SurveyEntry {
  const seen = surveyByName(safePath(entry.filename), plausible(entry.uncompressedSize));
  const why = whyShut(entry);
  return why === null ? seen : { ...seen, skip: why, readable: false, chars: 0 };
}

/** Why an entry cannot be unpacked at all, or null. */
function whyShut(entry: FileEntry): string | null {
  if (entry.encrypted) return 'password-protected';
  if (entry.symlink) return 'link to another file';
  switch (entry.compressionMethod) {
    case STORED:
    case DEFLATED:
    case DEFLATED_64:
      return null;
    default:
      return 'packed in an unknown way';
  }
}

/** A forged size may be any number. */
const plausible = (bytes: number): number => (Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0);

/** Milliseconds; a forged date may be none. */
function modified({ lastModDate }: FileEntry): number {
  const at = lastModDate.getTime();
  return Number.isFinite(at) && at > 0 ? at : 0;
}
