import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { LogEvent } from '../trajectory/events.ts';
import type { RunHeader } from './run-header.ts';
import type { SealedKey } from './sealed-key.ts';

const NAME = 'matryoshka';
const VERSION = 1;

/** What is kept on this device. */
export interface Stored extends DBSchema {
  /** API keys, encrypted, by endpoint. */
  keys: { key: string; value: SealedKey };
  /** The one CryptoKey that opens them, under its name; it cannot be exported. */
  secrets: { key: string; value: CryptoKey };
  /** The person's preferences, by name. */
  settings: { key: string; value: unknown };
  /** One header a run. */
  runs: { key: string; value: RunHeader; indexes: { startedAt: string } };
  /** The events of a run, one row a batch: a row an event is six times slower. */
  runEvents: { key: [run: string, firstSeq: number]; value: EventBatch };
}

export interface EventBatch {
  readonly run: string;
  /** `seq` of the first event; the rest follow without gaps. */
  readonly firstSeq: number;
  readonly events: readonly LogEvent[];
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
    upgrade(database) {
      database.createObjectStore('keys');
      database.createObjectStore('secrets');
      database.createObjectStore('settings');
      database.createObjectStore('runs', { keyPath: 'run' }).createIndex('startedAt', 'startedAt');
      database.createObjectStore('runEvents', { keyPath: ['run', 'firstSeq'] });
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
