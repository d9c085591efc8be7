import type {
  AnswerFormat,
  CellError,
  Citation,
  DocumentInfo,
  GuardName,
  LimitName,
  Message,
  Outcome,
  PauseReason,
  Usage,
} from './events.ts';
import type { RunSettings } from './settings.ts';

/** What the log says at one playhead: the result of `fold`. Immutable; unchanged parts keep identity. */
export interface RunState {
  /** Events folded so far; the next event has this `seq`. */
  readonly length: number;
  /** `at` of the last event, ms since the run began. */
  readonly at: number;
  readonly started: RunStarted | null;
  readonly calls: ReadonlyMap<string, CallState>;
  readonly cells: ReadonlyMap<string, CellState>;
  /** Call paths in the order they started. */
  readonly order: readonly string[];
  readonly limits: readonly LimitReached[];
  readonly notes: readonly Note[];
  /** When the person went on with it after it was broken off, ms since the run began. */
  readonly resumed: readonly number[];
  /** What it waits for, null while it goes on. */
  readonly paused: Paused | null;
  /** Its waits for the person, pauses and replies that they write, whose time is not the run's. */
  readonly waited: Waited;
  /** How many requests at once the endpoint was given, as that changed. */
  readonly parallel: readonly ParallelChange[];
  readonly finished: RunFinished | null;
}

export interface Waited {
  /** Milliseconds of the waits that are over. */
  readonly ms: number;
  /** When the wait that goes on began, null where none does. */
  readonly since: number | null;
}

export interface Paused {
  readonly at: number;
  readonly why: PauseReason;
  readonly message: string;
}

export interface ParallelChange {
  readonly at: number;
  readonly slots: number;
  readonly reason: string;
}

export interface RunStarted {
  readonly question: string;
  readonly method: string;
  readonly settings: RunSettings;
  readonly documents: readonly DocumentInfo[];
  /** Id of the run before it in a conversation. */
  readonly follows: string | null;
  readonly branch: { readonly run: string; readonly turn: number } | null;
}

export interface RunFinished {
  readonly at: number;
  readonly outcome: Outcome;
  readonly answer: string | null;
  readonly format: AnswerFormat;
  readonly citations: readonly Citation[];
  readonly reason: string | null;
}

export interface LimitReached {
  readonly at: number;
  readonly limit: LimitName;
  readonly value: number;
  readonly call: string | null;
}

export interface Note {
  readonly at: number;
  readonly by: 'engine' | 'person';
  readonly text: string;
  readonly call: string | null;
  readonly turn: number | null;
  readonly guard: GuardName | null;
}

/**
 * `queued` has a reservation and no slot; `running` has a request out or runs a cell; `retrying`
 * waits before its next attempt; the rest are final. A call still open when the run ends is `cut`.
 */
export type CallStatus = 'queued' | 'running' | 'retrying' | 'finished' | 'failed' | 'cut';

/** Own usage and USD of a call, sub-calls not included; null USD is unknown, never free. */
export interface Spending {
  readonly usage: Usage;
  readonly costUsd: number | null;
}

export interface CallState {
  readonly id: string;
  readonly parent: string | null;
  /** Cell of the parent that asked for it. */
  readonly cell: string | null;
  readonly line: number | null;
  readonly kind: 'llm' | 'rlm';
  readonly asked: 'llm' | 'rlm';
  readonly depth: number;
  readonly model: string;
  readonly prompt: string;
  /** The call whose reply it takes. */
  readonly shares: string | null;
  /** Sub-calls and USD that a child and all below it may use; null where the log does not tell. */
  readonly share: { readonly calls: number; readonly usd: number } | null;
  readonly contextChars: number | null;
  readonly status: CallStatus;
  readonly startedAt: number;
  /** When its first request left, null while queued. */
  readonly sentAt: number | null;
  readonly endedAt: number | null;
  readonly turns: readonly TurnState[];
  /** Reply text of an `llm` call so far (its current attempt). Turns hold an `rlm` call's. */
  readonly text: string;
  /** The last 200 characters of `text`. Taken from there, while it grows, they would cost a copy of all of it each time. */
  readonly textEnd: string;
  readonly reasoning: string;
  /** What an `rlm` call returned. */
  readonly answer: string | null;
  readonly format: AnswerFormat;
  readonly finishReason: string | null;
  readonly failure: string | null;
  /** It was ended from outside, with whoever asked for it. */
  readonly cancelled: boolean;
  /** Own usage; null until the first reply is in. */
  readonly own: Spending | null;
  readonly retries: readonly Retry[];
  /** Every request that left for the model, in order: attempts of an `llm` call, turns of an `rlm` call. */
  readonly requests: readonly RequestState[];
  /** Sub-calls in start order. */
  readonly children: readonly string[];
}

export interface RequestState {
  readonly attempt: number;
  /** Turn of an `rlm` call, null for an `llm` call. */
  readonly turn: number | null;
  readonly sentAt: number;
  /** When its reply was complete, it failed, was voided by a retry, or was cut; null while in flight. */
  readonly endedAt: number | null;
}

export interface Retry {
  readonly at: number;
  readonly attempt: number;
  readonly waitMs: number;
  readonly reason: string;
}

export interface TurnState {
  readonly turn: number;
  /** Messages added to the conversation for this turn. */
  readonly messages: readonly Message[];
  readonly text: string;
  readonly reasoning: string;
  readonly finishReason: string | null;
  readonly startedAt: number;
  /** When the reply was complete. */
  readonly repliedAt: number | null;
  /** Cell this turn ran, if any. */
  readonly cell: string | null;
}

export interface CellState {
  readonly id: string;
  readonly call: string;
  readonly turn: number;
  readonly code: string;
  /** The person changed the model's code. */
  readonly edited: boolean;
  readonly printed: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Null while it runs, and where the run ended first. */
  readonly ok: boolean | null;
  readonly error: CellError | null;
  readonly cpuMs: number;
  readonly waitMs: number;
  /** What the model is shown of it; null while it runs. */
  readonly observation: string | null;
  readonly variables: readonly VariableChange[];
  /** Sub-calls this cell asked for, in start order. */
  readonly calls: readonly string[];
}

export interface VariableChange {
  readonly name: string;
  readonly kind: string;
  readonly size: number | null;
  readonly preview: string;
}
