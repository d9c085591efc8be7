import type { Fact } from '../../trajectory/events.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import type { Clock, Steering } from '../engine.ts';
import { createLimiter, type Limiter } from '../limiter.ts';

/** Connections that a browser opens to one host over HTTP/1.1; over http:// there is no HTTP/2. */
const MOST_OVER_HTTP = 6;
const OVER_HTTP =
  `A browser opens ${MOST_OVER_HTTP} connections to an http:// address, so no more requests go out at once. ` +
  'For more, put HTTP/2 before the endpoint and use its https:// address.';

export interface RunLimiterOptions {
  readonly settings: RunSettings;
  readonly clock: Clock;
  readonly emit: (fact: Fact) => void;
  readonly decide: Steering['decide'];
  /** The end of the run. */
  readonly signal: AbortSignal;
}

/** The limiter of one run, which logs what it does to the parallelism and asks the person for what is theirs to say. */
export function createRunLimiter({ settings, clock, emit, decide, signal }: RunLimiterOptions): Limiter {
  return createLimiter({
    slots: settings.parallelSubCalls,
    ...(/^http:/i.test(settings.baseUrl.trim()) && { cap: { slots: MOST_OVER_HTTP, reason: OVER_HTTP } }),
    clock,
    changed: (slots, reason) => emit({ type: 'parallel.changed', slots, reason }),
    decide: (message, withdrawn) => decide('provider', message, AbortSignal.any([signal, withdrawn])),
  });
}
