import type { OpenZip } from '../../documents/archive/open-zip.ts';
import { UnreadableFile } from '../../documents/unreadable-file.ts';

interface Held {
  readonly archive: OpenZip;
  /** Archives that what is inside lies in. */
  readonly depth: number;
}

/** Archives that are open until the page has read of them what it wants, by the id they were read under. */
export interface OpenArchives {
  add(id: string, held: Held): void;
  /** @throws UnreadableFile where it was closed. */
  get(id: string): Held;
  close(id: string): void;
}

export function createOpenArchives(): OpenArchives {
  const open = new Map<string, Held>();
  return {
    add: (id, held) => void open.set(id, held),
    get(id) {
      const held = open.get(id);
      if (!held) throw new UnreadableFile('The archive is not open any more: add it again.');
      return held;
    },
    close(id) {
      void open.get(id)?.archive.close();
      open.delete(id);
    },
  };
}
