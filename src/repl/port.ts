import type { AnswerFormat, DocumentInfo, CellError } from '../trajectory/events.ts';
import type { VariableChange } from '../trajectory/run-state.ts';

/**
 * The `Repl` port: a place where a model's JavaScript cells run and keep their variables
 * (design §4). The engine knows only this; `repl/` implements it over QuickJS, in a worker.
 */
export interface Repl {
  /**
   * A new REPL with its own variables over `context`.
   * @throws ReplError when the context cannot be loaded.
   */
  open(options: ReplOptions, signal: AbortSignal): Promise<ReplSession>;
}

export interface ReplOptions {
  readonly context: ReplContext;
  /** Bytes of the guest heap. */
  readonly memoryBytes: number;
  /** Gives the guest `search(query, {limit})`: BM25 over chunks of the context, best first. */
  readonly search?: boolean;
}

/** A question asked before in the conversation, and its answer: one entry of the guest's `history`. */
export interface Exchange {
  readonly question: string;
  readonly answer: string;
}

/** What the guest's `context` and `documents` are. */
export type ReplContext =
  /** The run's documents, in drop order: a text for one, an array of texts for several. */
  | { readonly kind: 'documents'; readonly ids: readonly string[] }
  /** A child's context made by its parent's guest: a text, or an array of texts with names. */
  | { readonly kind: 'texts'; readonly single: boolean; readonly texts: readonly NamedText[] };

/** A text that a guest made, or a range of one of the run's documents, which is not copied. */
export type NamedText = { readonly name: string } & (
  | { readonly text: string }
  | {
      readonly document: string;
      /** UTF-16 code units [from, to) of the document's text. */
      readonly from: number;
      readonly to: number;
    }
);

export interface ReplSession {
  /** What `documents` lists in the guest, for the metadata the root model gets. */
  readonly documents: readonly ContextDocument[];
  /** True when `context` is one text, false when it is an array of texts. */
  readonly single: boolean;
  /**
   * Runs one cell to its end. Everything the cell waits for is asked of `host`.
   * Aborting `signal` ends the cell (by killing the REPL's worker where it must) and rejects with
   * the abort reason.
   * @throws ReplError when the REPL itself was lost; a guest error is an outcome, not a throw.
   */
  run(cell: Cell, host: ReplHost, signal: AbortSignal): Promise<CellOutcome>;
  /**
   * Between two runs of a conversation: adds an entry to the guest's `history`, and takes back
   * `answer`, so that the last run's does not end the next one. Variables stay.
   * @throws ReplError when the REPL itself was lost.
   */
  remember(exchange: Exchange): Promise<void>;
  close(): void;
}

export type ContextDocument = Pick<DocumentInfo, 'name' | 'kind' | 'chars' | 'lines' | 'pages' | 'shape'> & {
  /** In the guest this text is a lazy one: it has the methods of a string that read, and `lines()`. */
  readonly lazy?: true;
};

/** Bytes of a context's texts that are strings of the guest's own, at most, whatever its memory. */
const MOST_REAL_BYTES = 64 * 2 ** 20;

/**
 * Which texts of a context are strings of the guest's own: the smallest ones, while they take no
 * more than a part of its memory together. The others are lazy.
 * @param bytes what each would take as a string of the guest's.
 * @param memoryBytes bytes of the guest heap.
 */
export function realTexts(bytes: readonly number[], memoryBytes: number): readonly boolean[] {
  let room = Math.min(MOST_REAL_BYTES, memoryBytes / 8);
  const real = bytes.map(() => false);
  for (const index of bytes.map((_, at) => at).sort((a, b) => (bytes[a] ?? 0) - (bytes[b] ?? 0))) {
    room -= bytes[index] ?? 0;
    if (room < 0) break;
    real[index] = true;
  }
  return real;
}

/** Bytes of a document as a string of the guest's: one a character where each is one in the file. */
export function guestBytes({ chars, bytes }: Pick<DocumentInfo, 'chars' | 'bytes'>): number {
  return chars === bytes ? chars : chars * 2;
}

export interface Cell {
  readonly code: string;
  /** Guest CPU allowed, milliseconds; time waiting for `host` does not count. */
  readonly cpuMs: number;
  /** What `budget()` answers until the next reply brings a newer one. */
  readonly budget: BudgetView;
  /** What the guest's clock tells at the start, milliseconds since 1970; replies bring newer times. */
  readonly now: number;
  /** Where the cell's random numbers come from: a 32-bit integer. */
  readonly seed: number;
  /** In a replay: where it was stopped the first time, as `CellOutcome.stoppedAt`. */
  readonly stopAt?: number;
}

/** What is left to the run, as the guest's `budget()` returns it; null is unknown or unlimited. */
export interface BudgetView {
  readonly calls: number;
  readonly tokens: number | null;
  readonly usd: number | null;
  readonly turns: number;
  readonly seconds: number;
}

/** What a running cell asks of the engine. */
export interface ReplHost {
  /** One printed piece, newline included, in order. */
  print(text: string): void;
  /** `llm_query` and `rlm_query`. Never rejects: a failure is data. Many may be pending at once. */
  query(query: GuestQuery): Promise<QueryReply>;
  /**
   * The guest has stopped until a reply comes; `cpuMs` is what the cell has used so far. For those
   * who watch over it from another thread.
   */
  waiting?(cpuMs: number): void;
  /** A long search over a text in a file goes on, as it should: `cpuMs` as above. */
  searching?(cpuMs: number): void;
}

export type GuestQuery =
  | {
      readonly kind: 'llm';
      readonly prompt: string;
      readonly model: string | null;
      /** 1-based line of the cell that asked, where known. */
      readonly line: number | null;
      /** Queries of one `llm_query_batched` share a number, unique in the cell. */
      readonly batch: number | null;
    }
  | {
      readonly kind: 'rlm';
      readonly question: string;
      /** The child's context; null gives it the parent's own. */
      readonly context: ReplContext | null;
      readonly line: number | null;
    };

export type QueryReply = (
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string }
) & {
  readonly budget: BudgetView;
  /** What the guest's clock tells from then on, milliseconds since 1970. */
  readonly now: number;
};

export interface CellOutcome {
  readonly ok: boolean;
  readonly error: CellError | null;
  readonly cpuMs: number;
  readonly waitMs: number;
  /** Variables that are new or changed since the last cell. */
  readonly variables: readonly VariableChange[];
  /** What the cell finished with, if it did. */
  readonly final: FinalValue | null;
  /** `answer` content, or a variable named so, as far as it got: used when the turns run out. */
  readonly draft: string | null;
  /** The limit that ended the cell, if one did; `error` says it in words. */
  readonly limit?: 'cellCpu' | 'replMemory';
  /** Interrupt checks of the engine until the CPU limit stopped the cell, where it did. */
  readonly stoppedAt?: number;
}

/** How the guest finished; `text` is the whole value as text, of any length. */
export interface FinalValue {
  readonly via: 'FINAL' | 'FINAL_VAR' | 'answer';
  readonly text: string;
  /** `json` where the value was an object or an array, and `text` is all of it as JSON. */
  readonly format: AnswerFormat;
}

/**
 * The REPL was lost, or could not be had. `fault` is `this` where what this session did is the
 * reason, `other` where another session of the same worker took it along.
 */
export class ReplError extends Error {
  override readonly name = 'ReplError';
  readonly fault: 'this' | 'other';

  constructor(message: string, fault: 'this' | 'other' = 'this') {
    super(message);
    this.fault = fault;
  }
}
