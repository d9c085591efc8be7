import type { SourceDocument } from '../documents/document.ts';
import type { ProgressUnit } from '../documents/extract/extractor.ts';
import type { ArchiveListing, SurveyEntry } from '../documents/survey.ts';
import type { DocumentInfo, LogEvent, Message, Place, TrajectoryEvent } from '../trajectory/events.ts';
import type { OwnPrice, RunSettings } from '../trajectory/settings.ts';

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
    params: { baseUrl: string; key: string | null; provider?: string };
    result: ConnectionCheck;
  };
  /** Loads what a run with these settings will need, so that it starts at once. Never rejects. */
  prepare: { params: { settings: RunSettings }; result: null };
  /** Starts a run; its events follow as notices under `run`, the page's own id for it. */
  start: { params: StartRun; result: null };
  stop: { params: { run: string }; result: null };
  /** What a person does with a run that goes on. Unknown runs are ignored, and what makes no sense now. */
  steer: { params: { run: string; command: SteerCommand }; result: null };
  /** The reply that the person writes as the root model; ignored while none is waited for. */
  reply: { params: { run: string; text: string }; result: null };
  /** The messages that a run with these would send first, and the profile that they come from. */
  previewPrompt: { params: PromptRequest; result: PromptPreview };
  /** The profiles of system prompts that there are, as they are built in. */
  promptProfiles: { params: null; result: readonly PromptProfile[] };
  /** What a run with these is likely to cost. */
  estimate: { params: EstimateRequest; result: RunEstimate };
  /** What is known of the models of these settings. */
  modelFacts: { params: { settings: RunSettings }; result: { root: ModelFacts; sub: ModelFacts } };
  /** A piece, and the end, of a reply of the browser's own model, which only the page can ask. */
  pageModelText: { params: { request: number; text: string }; result: null };
  pageModelEnd: { params: { request: number; error: string | null }; result: null };
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
  /** The runs before it in its conversation, oldest first. */
  readonly before?: readonly { readonly run: string; readonly log: readonly LogEvent[] }[];
}

export type SteerCommand =
  | { readonly do: 'pause' | 'decline' }
  /** Goes on, or to the next stop; with `code`, the cell that waits runs changed. */
  | { readonly do: 'go-on' | 'step'; readonly code?: string };

export interface PromptRequest {
  readonly settings: RunSettings;
  readonly method: string;
  readonly question: string;
  readonly documents: readonly DocumentInfo[];
}

export interface PromptPreview {
  /** Id of the profile; null where the method has none. */
  readonly profile: string | null;
  readonly messages: readonly Message[];
  /** A sentence on what is wrong with the prompt, or what of it is not shown as it will be sent. */
  readonly hint?: string;
}

export interface PromptProfile {
  readonly id: string;
  readonly label: string;
  /** One sentence: for which models, and what is different. */
  readonly hint: string;
  /** The system prompt; what stands in double braces is filled in for each run. */
  readonly template: string;
}

export interface EstimateRequest {
  readonly settings: RunSettings;
  readonly method: string;
  readonly documents: readonly DocumentInfo[];
}

/** A guess: from a run that finds its answer at once to one that reads everything. */
export interface RunEstimate {
  readonly tokens: { readonly low: number; readonly high: number };
  readonly calls: { readonly low: number; readonly high: number };
  /** Null where a price is not known. */
  readonly usd: { readonly low: number; readonly high: number } | null;
}

export interface ModelFacts {
  /** USD for a million tokens; null where nobody lists it and the person said none. */
  readonly price: OwnPrice | null;
  /** Where the price comes from. */
  readonly priceFrom: 'list' | 'person' | 'free' | null;
  /** Tokens that the model can read and write at once; null where unknown. */
  readonly windowTokens: number | null;
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
export type EngineNotice =
  | {
      readonly kind: 'events';
      readonly run: string;
      /** In order, dense in `seq`; batches follow each other without gaps. */
      readonly batch: readonly TrajectoryEvent[];
    }
  /** Asks the page for a reply of the browser's own model (`LanguageModel`), which workers do not have. */
  | { readonly kind: 'page-model'; readonly request: number; readonly messages: readonly Message[] }
  | { readonly kind: 'page-model-cancelled'; readonly request: number };

/** What the page may ask of the documents worker. */
export type DocumentMethods = {
  /**
   * Reads a file once: kind, text, characters, lines, hash. Progress comes as notices. An archive is
   * listed and stays open under `id` until `closeArchive`.
   * Rejects with one sentence that says why it cannot be text, and what to do.
   */
  read: { params: ReadFile; result: ReadResult };
  closeArchive: { params: { id: string }; result: null };
  /** What files are and what would be left out, by their names and first bytes; in their order. */
  survey: { params: { id: string; files: readonly FoundFile[] }; result: readonly SurveyEntry[] };
  /** Stops reading, looking or searching; what is pending under `id` rejects with an AbortError. */
  cancel: { params: { id: string }; result: null };
  /** Writes a sample document with our seeded generators. Progress comes as notices. */
  sample: { params: { id: string; sample: string }; result: readonly File[] };
  /** UTF-16 code units [from, to) of a document's text. */
  slice: { params: { document: SourceDocument; from: number; to: number }; result: string };
  /** The line, page, sheet and row of a character. */
  place: { params: { document: SourceDocument; offset: number }; result: Place };
  /** Code units before a line (from 1), clamped to the text. */
  lineStart: { params: { document: SourceDocument; line: number }; result: number };
  /** Where a text stands in a document, case aside unless `matchCase`. */
  find: { params: FindInDocument; result: FoundInDocument };
  /** A page of a document that has pages to look at, drawn. */
  page: { params: PageRequest; result: PageView };
  /** Lets go of what `page` holds. */
  closePages: { params: null; result: null };
};

/** A file, and its path in the folder that it came in (its name where it came alone). */
export interface FoundFile {
  readonly file: File;
  readonly path: string;
}

export interface ReadFile {
  readonly id: string;
  /** What the document will be called: a path where it came in a folder or an archive. */
  readonly path: string;
  readonly source: ReadSource;
}

export type ReadSource =
  | { readonly from: 'file'; readonly file: File }
  /** An entry, by its number, of an archive that is open under the id. */
  | { readonly from: 'archive'; readonly archive: string; readonly entry: number }
  | { readonly from: 'url'; readonly url: string };

export type ReadResult =
  | { readonly kind: 'document'; readonly document: SourceDocument }
  /** `path` is what it is called, as its documents are named after it. */
  | { readonly kind: 'archive'; readonly path: string; readonly listing: ArchiveListing };

export interface FindInDocument {
  readonly id: string;
  readonly document: SourceDocument;
  readonly query: string;
  readonly matchCase: boolean;
  /** Matches that are told with their places, at most. */
  readonly limit: number;
}

export interface FoundInDocument {
  /** UTF-16 code units [from, to), ascending. */
  readonly matches: readonly { readonly from: number; readonly to: number }[];
  /** All of them, those beyond the limit too. */
  readonly total: number;
}

export interface PageRequest {
  readonly document: SourceDocument;
  /** From 1. */
  readonly page: number;
  /** Pixels of the picture across. */
  readonly width: number;
  /** Passages to be marked: code units [from, to) of the document's text. */
  readonly marks: readonly { readonly from: number; readonly to: number }[];
}

export interface PageView {
  readonly bitmap: ImageBitmap;
  readonly pages: number;
  /** CSS pixels across at its printed size; absent where that is not known. */
  readonly printedWidth?: number;
  /** Boxes of the passages on it, as shares of its width and height; `mark` is the number in `marks`. */
  readonly boxes: readonly {
    readonly mark: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

export type DocumentNotice =
  | {
      readonly kind: 'progress';
      readonly id: string;
      readonly done: number;
      /** 0 where it is not known. */
      readonly total: number;
      readonly unit: ProgressUnit;
    }
  /** A large file that has been ready for a while has its hash now (hex SHA-256). */
  | { readonly kind: 'hashed'; readonly id: string; readonly sha256: string };
