import type { Model, PriceEstimate } from '../models/port.ts';
import type { Repl } from '../repl/port.ts';
import type { DocumentInfo, Fact } from '../trajectory/events.ts';
import type { RunSettings } from '../trajectory/settings.ts';

/** Everything a run touches besides its own arithmetic (design §1). */
export interface Ports {
  readonly model: Model;
  readonly price: PriceEstimate;
  readonly repl: Repl;
  readonly clock: Clock;
  /** Appends one fact to the log. */
  readonly emit: (fact: Fact) => void;
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
}
