import type { SourceDocument } from '../documents/document.ts';
import type { LogEvent, TrajectoryEvent } from '../trajectory/events.ts';
import type { RunSettings } from '../trajectory/settings.ts';

/** What the page may ask of the engine worker. Types only: the page imports nothing else of it. */
export type EngineMethods = {
  /**
   * Gives the worker a key for one endpoint. It is kept there, in memory (and encrypted on this
   * device when `remember`), is sent to that endpoint only, and never comes back.
   */
  setKey: { params: { baseUrl: string; key: string; remember: boolean }; result: KeyState };
  /** Keeps the endpoint's key on this device from now on, or forgets it there; nothing without a key. */
  rememberKey: { params: { baseUrl: string; remember: boolean }; result: KeyState };
  /** Whether there is a key for the endpoint; loads a remembered one. */
  keyState: { params: { baseUrl: string }; result: KeyState };
  forgetKeys: { params: null; result: null };
  /** Lists the models of an endpoint. With `key` null the stored one is used. */
  checkConnection: {
    params: { baseUrl: string; key: string | null };
    result: ConnectionCheck;
  };
  /** Loads what a run with these settings will need, so that it starts at once. Never rejects. */
  prepare: { params: { settings: RunSettings }; result: null };
  /** Starts a run; its events follow as notices under `run`, the page's own id for it. */
  start: { params: StartRun; result: null };
  stop: { params: { run: string }; result: null };
  /** A document of a running run has its hash now; the run logs it. Unknown runs are ignored. */
  hashed: { params: { run: string; document: string; sha256: string }; result: null };
};

export interface StartRun {
  readonly run: string;
  readonly question: string;
  readonly method: string;
  readonly settings: RunSettings;
  readonly documents: readonly SourceDocument[];
  /**
   * The log of this very run as far as it got, to go on from there: what is answered in it is not
   * asked again, and the events that follow continue its `seq` and `at`.
   */
  readonly past?: readonly LogEvent[];
}

export interface KeyState {
  /** True when the worker holds a key for the endpoint. */
  readonly present: boolean;
  readonly remembered: boolean;
}

export type ConnectionCheck =
  | { readonly ok: true; readonly models: readonly string[]; readonly ms: number }
  | { readonly ok: false; readonly message: string };

/** What the engine worker says unasked. */
export interface EngineNotice {
  readonly kind: 'events';
  readonly run: string;
  /** In order, dense in `seq`; batches follow each other without gaps. */
  readonly batch: readonly TrajectoryEvent[];
}

/** What the page may ask of the documents worker. */
export type DocumentMethods = {
  /**
   * Reads a file once: kind, encoding, characters, lines, hash. Progress comes as notices.
   * Rejects with one sentence that says why it cannot be text, and what to do.
   */
  read: { params: { id: string; file: File }; result: SourceDocument };
  /** Stops reading; the pending `read` rejects with an AbortError. */
  cancel: { params: { id: string }; result: null };
  /** Writes a sample document with our seeded generators. Progress comes as notices. */
  sample: { params: { id: string; sample: string }; result: readonly File[] };
  /** UTF-16 code units [from, to) of a document's text. */
  slice: { params: { document: SourceDocument; from: number; to: number }; result: string };
};

export type DocumentNotice =
  | {
      readonly kind: 'progress';
      readonly id: string;
      /** Bytes. */
      readonly done: number;
      readonly total: number;
    }
  /** A large file that has been ready for a while has its hash now (hex SHA-256). */
  | { readonly kind: 'hashed'; readonly id: string; readonly sha256: string };
