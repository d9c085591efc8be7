import type { Model, PriceEstimate } from '../models/port.ts';
import type { Repl, ReplSession } from '../repl/port.ts';
import type { AnswerFormat, Citation, DocumentInfo, Fact, LogEvent } from '../trajectory/events.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import type { Waits } from './waits.ts';

/** Everything a run touches besides its own arithmetic (design §1). */
export interface Ports {
  readonly model: Model;
  readonly price: PriceEstimate;
  /** Tokens that a model can read and write at once, null where the list does not know it. */
  readonly windowTokens?: (model: string) => number | null;
  readonly repl: Repl;
  readonly clock: Clock;
  /** Appends one fact to the log. */
  readonly emit: (fact: Fact) => void;
  /** Where a person may stop, step and decide; absent where there is nobody. */
  readonly controls?: Controls;
  /**
   * Looks up in the documents what an answer quotes and claims. Never rejects; aborting `signal` ends
   * it with what it has. Absent where nobody can.
   */
  readonly cite?: (answer: string, format: AnswerFormat, signal: AbortSignal) => Promise<readonly Citation[]>;
  /** Keeps the root's REPL from one run of a conversation to the next; absent where none is kept. */
  readonly warm?: WarmRepl;
}

/** The root's REPL between two runs of a conversation: what it keeps is that of the last run alone. */
export interface WarmRepl {
  /** The session that the run before left, with all that its cells made; null where it is gone. */
  take(): ReplSession | null;
  keep(session: ReplSession): void;
}

/** What a person asks of a run that goes on; made by `createControls` of `steering.ts`. */
export interface Controls {
  /** Stops at the next place: before a cell of the root runs, or before its next reply is asked for. */
  pause(): void;
  /** Goes on to the next such place before a cell, and stops there; with `code` as `goOn`. */
  step(code?: string): void;
  /** Goes on; with `code` the cell that waits runs changed. */
  goOn(code?: string): void;
  /** Goes on without what it waits to be allowed. */
  decline(): void;
  /** The engine's side, once. */
  attach(run: ControlledRun): Steering;
}

/** What the engine tells those who steer. */
export interface ControlledRun {
  readonly emit: (fact: Fact) => void;
  /** Where the time of what waits for the person is counted. */
  readonly waits: Waits;
}

/** Where the engine asks whether it may go on. */
export interface Steering {
  /** Before the root's next reply is asked for. @throws the abort reason. */
  beforeTurn(turn: number, signal: AbortSignal): Promise<void>;
  /** Before a cell of the root runs: its code, which the person may have changed. @throws the abort reason. */
  beforeCell(turn: number, code: string, signal: AbortSignal): Promise<string>;
  /** What only the person can decide: true to go on, false to do without. @throws the abort reason. */
  decide(why: 'provider' | 'sub-calls', message: string, signal: AbortSignal): Promise<boolean>;
  /** Milliseconds that the run has waited for the person so far: they do not count as its time. */
  pausedMs(): number;
}

export interface Clock {
  /** Milliseconds since the run began; in a run that is gone on with, since then less the break. */
  now(): number;
  /** Milliseconds since 1970; never goes back. */
  wall(): number;
  /** Resolves after `ms`; rejects with the abort reason. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1), for jitter and for the seeds of cells. */
  random(): number;
}

export interface RunRequest {
  readonly question: string;
  readonly method: string;
  readonly settings: RunSettings;
  readonly documents: readonly DocumentInfo[];
  /** The runs before it in its conversation, oldest first; their variables live on in the root's REPL. */
  readonly before?: readonly EarlierRun[];
  /** The run whose log this one shares, up to the root's `turn`, whose reply was changed. */
  readonly branch?: { readonly run: string; readonly turn: number };
}

export interface EarlierRun {
  readonly run: string;
  readonly log: readonly LogEvent[];
}
