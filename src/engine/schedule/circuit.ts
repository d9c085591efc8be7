import type { ModelError } from '../../models/port.ts';

/** So many faults one after the other, with nothing heard in between, and the endpoint is down. */
const DOWN_AFTER = 5;

export interface CircuitOptions {
  /** Asks the person whether to try again: false to do without. Rejects where the run is over. */
  readonly decide: (message: string, signal: AbortSignal) => Promise<boolean>;
  /** The person has decided, or the question was withdrawn. `ok` where requests may go again. */
  readonly settled: (ok: boolean) => void;
}

/**
 * Whether the endpoint can be reached at all. Closed, requests go freely. Probing, one goes at a
 * time until anything is heard: so it begins, and so it is after two faults in a row and after a
 * pause. Open, nothing goes until the person has decided.
 */
export interface Circuit {
  readonly isOpen: boolean;
  readonly isProbing: boolean;
  /** Faults in a row, those of requests that were in flight together counted as one. */
  readonly inARow: number;
  /** The last fault of an endpoint that is down. */
  readonly fault: ModelError | null;
  /** Times that the person let requests go on, and that they declined. */
  readonly approvals: number;
  readonly declines: number;
  /** The endpoint has answered something, if only with a refusal. */
  heard(): void;
  /** `request` failed so when `sent` had gone out. True where it is one more in a row. */
  failed(error: ModelError, request: number, sent: number): boolean;
  /**
   * A request has used up its attempts on such a fault; with `must` nothing goes without it. True
   * where that is for the person to decide, and `decided` tells.
   */
  exhausted(error: ModelError, must: boolean): boolean;
  /** Resolves when the circuit is not open. */
  decided(): Promise<void>;
  /** Nobody waits any more: the question is withdrawn. */
  withdraw(): void;
}

/** True for faults that say nothing of the request: the endpoint is dead, or broken, or overloaded. */
export function isDown({ fault }: ModelError): boolean {
  return fault === 'unreachable' || fault === 'unavailable';
}

export function createCircuit({ decide, settled }: CircuitOptions): Circuit {
  let isProbing = true;
  let inARow = 0;
  /** The last request that had gone out at the last fault that counted. */
  let countedAt = 0;
  let fault: ModelError | null = null;
  let approvals = 0;
  let declines = 0;
  /** Declined, and nothing heard since: nobody is asked again, requests fail by themselves. */
  let declined = false;
  let asking: { readonly done: Promise<void>; readonly withdraw: AbortController } | null = null;

  const settle = (answer: 'go' | 'decline' | 'withdrawn') => {
    asking = null;
    inARow = 0;
    if (answer === 'go') approvals++;
    if (answer === 'decline') declines++;
    declined = answer === 'decline';
    isProbing = !declined;
    settled(!declined);
  };

  const open = (error: ModelError) => {
    const withdraw = new AbortController();
    const done = decide(sentence(error, inARow), withdraw.signal).then(
      (ok) => settle(ok ? 'go' : 'decline'),
      () => settle('withdrawn'),
    );
    asking = { done, withdraw };
  };

  return {
    get isOpen() {
      return asking !== null;
    },
    get isProbing() {
      return isProbing;
    },
    get inARow() {
      return inARow;
    },
    get fault() {
      return fault;
    },
    get approvals() {
      return approvals;
    },
    get declines() {
      return declines;
    },
    heard() {
      inARow = 0;
      isProbing = false;
      declined = false;
    },
    failed(error, request, sent) {
      fault = error;
      if (request <= countedAt) return false;
      countedAt = sent;
      inARow++;
      if (declined) return true;
      if (inARow > 1) isProbing = true;
      if (inARow >= DOWN_AFTER && !asking) open(error);
      return true;
    },
    exhausted(error, must) {
      if (must && !declined && !asking) open(error);
      return asking !== null;
    },
    decided: () => asking?.done ?? Promise.resolve(),
    withdraw: () => asking?.withdraw.abort(new Error('Nobody waits for the endpoint any more.')),
  };
}

function sentence({ message }: ModelError, inARow: number): string {
  const times = inARow > 1 ? ` ${inARow} times in a row` : '';
  return `The model’s endpoint failed${times}, the last time so: ${message} Try again when it is back, or give up: then what waits for it fails.`;
}
