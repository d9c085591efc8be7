import type {
  Cell,
  CellOutcome,
  ContextDocument,
  Exchange,
  GuestQuery,
  QueryReply,
  ReplOptions,
} from '../repl/port.ts';
import type { SourceDocument } from '../documents/document.ts';

/** What the engine's worker asks of the REPL's worker. Sessions are numbered by the REPL's side. */
export type ReplMethods = {
  /** Once, first: the run's documents, by reference; QuickJS, or null where it finds its own file. */
  begin: { params: { documents: readonly SourceDocument[]; wasm: WebAssembly.Module | null }; result: null };
  open: { params: ReplOptions; result: OpenedSession };
  /** The cell's progress comes as notices, all of them before the answer. */
  run: { params: { session: number; cell: Cell }; result: CellOutcome };
  remember: { params: { session: number; exchange: Exchange }; result: null };
  close: { params: { session: number }; result: null };
};

export interface OpenedSession {
  readonly session: number;
  readonly documents: readonly ContextDocument[];
  readonly single: boolean;
}

/** The engine's side to the REPL's: replies to queries of running cells, in the order in which they are handed over. */
export type RepliesNotice = readonly Reply[];

export interface Reply {
  readonly session: number;
  readonly query: number;
  readonly reply: QueryReply;
}

/**
 * The REPL's side to the engine's: everything that happened in a stretch of guest code, in order.
 * Queries come after what was printed before them.
 */
export interface ProgressNotice {
  readonly session: number;
  readonly events: readonly ProgressEvent[];
  /** CPU the cell has used so far, milliseconds. */
  readonly cpuMs: number;
  /** Replies delivered to the guest so far: with all of them in, the guest is waiting. */
  readonly replies: number;
  /** True when the guest has stopped to wait for replies. */
  readonly waiting: boolean;
}

export type ProgressEvent =
  | { readonly kind: 'printed'; readonly text: string }
  | { readonly kind: 'asked'; readonly query: number; readonly ask: GuestQuery };
