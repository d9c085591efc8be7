import type { ModelError } from '../../models/port.ts';
import type { Clock } from '../engine.ts';

export interface LimiterOptions {
  /** Requests in flight at once, as the person set it. */
  readonly slots: number;
  /** What holds it below that, and why. */
  readonly cap?: { readonly slots: number; readonly reason: string };
  readonly clock: Clock;
  /** The slots are others than before, or than was set. */
  readonly changed: (slots: number, reason: string) => void;
  /** Asks the person whether to try again where the endpoint is down: false to do without. */
  readonly decide: (message: string, signal: AbortSignal) => Promise<boolean>;
}

/** All requests of a run to its endpoint. */
export interface Limiter {
  /** Requests that were sent and have not settled, those without a slot included. */
  readonly inFlight: number;
  /** One ask: the attempts at one reply. */
  open(ask: AskOptions): Line;
}

export interface AskOptions {
  /** False where its requests need no slot: the root's own. They obey all else. */
  readonly needsSlot: boolean;
  /** Attempts that were used up before: those of a run that is gone on with. */
  readonly used: number;
}

export interface Line {
  /**
   * Runs `work`, one request, when it may go; it says `heard` when the reply begins.
   * @throws the abort reason of `signal`, if it aborts while waiting; ModelError where the endpoint
   * is down and the person declined to wait; else what `work` throws.
   */
  send<T>(work: (heard: () => void) => Promise<T>, signal: AbortSignal): Promise<T>;
  /**
   * Milliseconds to wait before the next attempt after `error`, or null to give up. Where the endpoint
   * is down, the person decides. @throws the abort reason.
   */
  again(error: ModelError, signal: AbortSignal): Promise<number | null>;
  /** No more attempts. */
  close(): void;
}
