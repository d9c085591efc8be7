import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SealedKey } from './sealed-key.ts';

const NAME = 'matryoshka';
const VERSION = 2;

/** What is kept on this device. Runs and documents are checked when they are read: see their modules. */
export interface Stored extends DBSchema {
  /** API keys, encrypted, by endpoint. */
  keys: { key: string; value: SealedKey };
  /** The one CryptoKey that opens them, under its name; it cannot be exported. */
  secrets: { key: string; value: CryptoKey };
  /** What is known of each run without its log, by its id. */
  runs: { key: string; value: unknown };
  /** Lines of the log of a run, by its id and the `seq` of the first. */
  batches: { key: [run: string, seq: number]; value: unknown };
  /** What is known of each document whose bytes lie in OPFS, by the name of its file there. */
  documents: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Stored>;

let opened: Promise<Database> | null = null;

/**
 * The database, opened once for each page or worker.
 * @throws Error with a sentence where the browser keeps nothing (private windows of some browsers,
 * blocked site data, a full disk).
 */
export function openDatabase(): Promise<Database> {
  opened ??= open().catch((reason: unknown) => {
    opened = null;
    const detail = reason instanceof Error ? reason.message : String(reason);
    throw new Error(
      `This browser does not let the page keep anything on this device (${detail}): allow site data for it, or go on without.`,
    );
  });
  return opened;
}

function open(): Promise<Database> {
  return openDB<Stored>(NAME, VERSION, {
    upgrade(database, from) {
      if (from < 1) {
        database.createObjectStore('keys');
        database.createObjectStore('secrets');
      }
      database.createObjectStore('runs');
      database.createObjectStore('batches');
      database.createObjectStore('documents');
    },
    // A newer version of the app in another tab must be able to upgrade.
    blocking(_current, _blocked, event) {
      opened = null;
      (event.target as IDBDatabase).close();
    },
    terminated() {
      opened = null;
    },
  });
}
