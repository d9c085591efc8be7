import type { AnswerFormat } from '../trajectory/events.ts';
import type { Ports, RunRequest, Steering } from './engine.ts';
import type { Budget } from './budget.ts';
import type { Conversation } from './conversation.ts';
import type { Limiter } from './limiter.ts';
import type { CellRecords } from './cell-record.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import { onAbort } from './on-abort.ts';
import type { Past } from './past.ts';
import type { SubCallFacts } from './guards/sub-call-facts.ts';
import type { SharedCalls } from './shared-calls.ts';

/** What all calls of one run share. */
export interface Run {
  readonly request: RunRequest;
  readonly ports: Ports;
  /** Of the call at hand: the run's, or the share of a child. */
  readonly budget: Budget;
  /** Plain calls whose reply others may take. */
  readonly shared: SharedCalls;
  /** Sub-calls' requests in flight; the root's own need no slot. */
  readonly limiter: Limiter;
  /** What the log says of the cells: what their REPLs are rebuilt from. */
  readonly records: CellRecords;
  /** What the log says of the sub-calls: what guards look at. */
  readonly subCallFacts: SubCallFacts;
  /** How far the run got before the page was closed on it; null where it is a new one. */
  readonly past: Past | null;
  /** Ends in the log what the past left open below a call that ends now, and its cells. */
  readonly endOpen: (call: string) => void;
  /** What guests are told of the time: whole milliseconds since 1970, which never go back. */
  readonly wall: () => number;
  readonly steer: Steering;
  /** What the runs before it leave to its root; null where it follows none. */
  readonly conversation: Conversation | null;
  /** Ends everything at once: Stop, or the time limit with its grace. */
  readonly signal: AbortSignal;
  /** Ends sub-calls: `signal`, or the time limit, after which the root may still submit. */
  readonly subCallSignal: AbortSignal;
}

/** How a method ended. A stop is seen by the entry, whatever the method made of it. */
export type MethodResult =
  | { readonly kind: 'final'; readonly text: string; readonly format: AnswerFormat }
  /** `text` is the best answer there is, from a draft. */
  | { readonly kind: 'limit' | 'failed'; readonly text: string | null; readonly reason: string };

/** A way of answering (design §1). `settings` are those it runs under, where it narrows the person's. */
export interface Method {
  readonly settings?: (settings: RunSettings) => RunSettings;
  readonly answer: (run: Run) => Promise<MethodResult>;
}

/** Why a call was ended from outside; its message is a sentence for the log. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** `promise`, or the abort reason as soon as `signal` aborts, whatever the port does then. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason));
    void promise.then(resolve, reject).finally(forget);
  });
}

/** The sentence of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
