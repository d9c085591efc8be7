import type { FileKind } from '../trajectory/document-kinds.ts';

/** A file in a folder or archive, before it is read. */
export interface SurveyEntry {
  /** With the folders inside what was added, parted by `/`; made harmless to show. */
  readonly path: string;
  /** Of the file itself, unpacked. */
  readonly bytes: number;
  /** Null where it is none that can be read. */
  readonly kind: FileKind | null;
  /** Why it is left out unless the person wants it, in a few words («lock file», «PNG picture»); null where it is read. */
  readonly skip: string | null;
  /** Whether it can be read at all: the person may tick a lock file, not a picture. */
  readonly readable: boolean;
  /** Characters of text that it is likely to hold, by its kind and size. */
  readonly chars: number;
}

/** What is inside an archive that was opened. */
export interface ArchiveListing {
  readonly kind: 'zip';
  /** The place of an entry here is its number. */
  readonly entries: readonly SurveyEntry[];
}
