import { ModelError } from '../models/port.ts';
import { onAbort } from './on-abort.ts';
import { backoff, retryWait } from './retry.ts';
import { abortable } from './run.ts';
import { createCircuit, isDown } from './schedule/circuit.ts';
import { createHold } from './schedule/hold.ts';
import type { Limiter, LimiterOptions } from './schedule/limiter-port.ts';
import { createSlots } from './schedule/slots.ts';
import { createWaitingLine } from './schedule/waiting-line.ts';

export type { AskOptions, Limiter, LimiterOptions, Line } from './schedule/limiter-port.ts';

/** The first request of a connection has this long alone, milliseconds; then the others follow. */
const WARM_UP_MS = 3_000;
/** After a pause that the endpoint asked for, requests come back spread over this, milliseconds. */
const SPREAD_MS = 500;
const LONGEST_HOLD_MS = 120_000;

interface Waiting {
  readonly start: (request: number) => void;
  readonly fail: (error: ModelError) => void;
}

/**
 * A slot is held for one request in flight and by nothing that waits for others (a child RLM holds
 * none between its requests), so calls at any depth share one limiter without deadlock. A freed slot
 * passes on synchronously: no timer stands between two requests. Beyond counting slots it does what
 * docs/decisions/0008 says: one request first on a cold connection, fewer at once after a 429, none
 * before Retry-After is over, and a circuit for an endpoint that is down.
 */
export function createLimiter({ slots: set, cap, clock, changed, decide }: LimiterOptions): Limiter {
  const slots = createSlots(Math.min(set, cap?.slots ?? set));
  const circuit = createCircuit({ decide, settled });
  const hold = createHold(clock, dispatch);
  /** Requests that need no slot come first: the root, for which all the others work, sends them. */
  const free = createWaitingLine<Waiting>();
  const waiting = createWaitingLine<Waiting>();
  let lines = 0;
  let sent = 0;
  let inFlight = 0;
  let slotsTaken = 0;
  /** The one request that may be out while the circuit is probing, and since when. */
  let probe: { readonly request: number; readonly at: number } | null = null;
  /** Nobody sends before, milliseconds of the clock. */
  let heldUntil = 0;
  let probeAt = 0;
  /** Requests that still have to be spread out after a hold, and over how many that is. */
  let toSpread = 0;
  let refusals = 0;
  let toldCap = false;

  /** When the next request may go; Infinity: when another settles. */
  function nextAt(): number {
    if (!circuit.isProbing) return heldUntil;
    if (probe === null) return Math.max(heldUntil, probeAt);
    // A slow first reply must not keep the others waiting where nothing speaks against the endpoint.
    return circuit.inARow === 0 ? Math.max(heldUntil, probe.at + WARM_UP_MS) : Infinity;
  }

  function dispatch(): void {
    while (!circuit.isOpen) {
      const line = free.size > 0 ? free : waiting.size > 0 && slotsTaken < slots.now ? waiting : null;
      if (line === null) break;
      const now = clock.now();
      const at = nextAt();
      if (at > now) {
        if (at < Infinity) hold.until(at);
        else hold.cancel();
        return;
      }
      const next = line.shift();
      if (!next) break;
      if (line === waiting) slotsTaken++;
      start(next, now);
    }
    hold.cancel();
  }

  function start(next: Waiting, now: number): void {
    const request = ++sent;
    inFlight++;
    if (circuit.isProbing) probe = { request, at: now };
    if (toSpread > 0) {
      heldUntil = now + (clock.random() * SPREAD_MS) / slots.now;
      toSpread--;
    }
    next.start(request);
  }

  function settled(ok: boolean): void {
    probeAt = 0;
    const { fault } = circuit;
    if (!ok && fault) for (const each of [...free.clear(), ...waiting.clear()]) each.fail(givenUp(fault));
    dispatch();
  }

  const acquire = (needsSlot: boolean, signal: AbortSignal): Promise<number> => {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const line = needsSlot ? waiting : free;
      const forget = onAbort(signal, () => {
        line.leave(mine);
        reject(signal.reason);
        if (free.size + waiting.size === 0) hold.cancel();
      });
      const mine: Waiting = {
        start(request) {
          forget();
          resolve(request);
        },
        fail(error) {
          forget();
          reject(error);
        },
      };
      line.push(mine);
      dispatch();
      if (cap && !toldCap && set > cap.slots && slotsTaken >= cap.slots && waiting.size > 0) {
        toldCap = true;
        changed(cap.slots, cap.reason);
      }
    });
  };

  const release = (needsSlot: boolean, request: number) => {
    inFlight--;
    if (needsSlot) slotsTaken--;
    if (probe?.request === request) probe = null;
    dispatch();
  };

  const heard = () => {
    circuit.heard();
    dispatch();
  };

  const answered = (request: number, needsSlot: boolean) => {
    circuit.heard();
    refusals = 0;
    if (needsSlot && slots.answered(request)) {
      changed(slots.now, 'The endpoint answered a round of requests: one more at once.');
    }
  };

  const holdFor = (ms: number) => {
    heldUntil = Math.max(heldUntil, clock.now() + Math.min(ms, LONGEST_HOLD_MS) + (clock.random() * SPREAD_MS) / 2);
    toSpread = slots.now;
  };

  const failed = (error: ModelError, request: number) => {
    const isNews = isDown(error) && circuit.failed(error, request, sent);
    if (isNews && circuit.isProbing) probeAt = clock.now() + backoff(circuit.inARow, clock.random());
    if (isAnswer(error)) circuit.heard();
    const before = slots.now;
    const isRefusal = error.fault === 'rate-limited' && slots.refused(request, sent);
    if (isRefusal) refusals++;
    if (error.retryAfterMs !== null) holdFor(error.retryAfterMs);
    else if (isRefusal) holdFor(backoff(refusals, clock.random()));
    if (slots.now < before) changed(slots.now, 'The endpoint limits how fast it may be asked: half as many requests at once.');
  };

  return {
    get inFlight() {
      return inFlight;
    },
    open({ needsSlot, used: before }) {
      const { declines } = circuit;
      let { approvals } = circuit;
      let used = before;
      lines++;
      return {
        async send(work, signal) {
          const { fault } = circuit;
          if (circuit.declines !== declines && fault) throw givenUp(fault);
          const request = await acquire(needsSlot, signal);
          // What the person let go on begins anew.
          if (circuit.approvals !== approvals) used = 0;
          ({ approvals } = circuit);
          try {
            const result = await work(heard);
            answered(request, needsSlot);
            return result;
          } catch (error) {
            if (error instanceof ModelError) failed(error, request);
            throw error;
          } finally {
            release(needsSlot, request);
          }
        },
        async again(error, signal) {
          if (circuit.declines !== declines) return null;
          const waitMs = retryWait(error, ++used, clock.random());
          if (waitMs !== null || !isDown(error)) return waitMs;
          if (circuit.approvals === approvals && !circuit.exhausted(error, !needsSlot)) return null;
          await abortable(circuit.decided(), signal);
          return circuit.declines === declines ? 0 : null;
        },
        close() {
          lines--;
          if (lines === 0) circuit.withdraw();
        },
      };
    },
  };
}

/** True where the endpoint said so itself: a refusal by our own budget has no status. */
const isAnswer = (error: ModelError) =>
  !isDown(error) && error.fault !== 'cut' && (error.fault !== 'rejected' || error.status !== null);

const givenUp = ({ fault, message }: ModelError) => new ModelError(fault, message);
