import type { PriceEstimate } from '../models/port.ts';
import type { BudgetView } from '../repl/port.ts';
import type { LimitName } from '../trajectory/events.ts';
import type { RunSettings } from '../trajectory/settings.ts';

/** Output tokens assumed of a reply that has not come yet. */
const EXPECTED_OUTPUT_TOKENS = 1_000;
const CHARS_PER_TOKEN = 4;

/** What a request may cost: its model and the characters of its prompt. */
export interface RequestSize {
  readonly model: string;
  readonly chars: number;
}

/** Money put aside for one request. `settle` with what it really cost, once; 0 gives it all back. */
export interface Reservation {
  readonly ok: true;
  /**
   * Called when the request goes out, which may be long after it was reserved: what is known by now
   * to cost more is reserved, or the request refused. Null when it may go.
   */
  renew(): Refusal | null;
  settle(costUsd: number | null): void;
}

export interface Refusal {
  readonly ok: false;
  readonly limit: LimitName;
  /** A sentence for the guest: which limit, and what to do now. */
  readonly message: string;
}

export interface Budget {
  /**
   * Reserves one sub-call; with `size` the money of its one request too. Refused without effect
   * when that would go past a limit or into what is kept for the root's last turn.
   */
  reserveSubCall(size: RequestSize | null): Reservation | Refusal;
  /** Reserves the money of one turn of a child. */
  reserveChildTurn(size: RequestSize): Reservation | Refusal;
  /** Reserves the money of one turn of the root, which may use what was kept for its last. */
  reserveRootTurn(size: RequestSize): Reservation | Refusal;
  /** As a reservation, for a request that was under way when the page was closed: it is told when it goes out. */
  reserveAgain(size: RequestSize, mayUseKept: boolean): Reservation;
  /** Takes over what a run had spent and met before the page was closed on it. Once, before all else. */
  restore(past: SpentBefore): void;
  /**
   * Keeps the money of `last` aside, the root's next turn, and says whether `now` is still
   * affordable beside it. When not, the coming turn must be the last: the `usd` limit is reached.
   */
  planRootTurn(now: RequestSize, last: RequestSize): void;
  /** Keeps the money of `last` aside and says nothing: the turn before it was affordable once. */
  keepForLast(last: RequestSize): void;
  /** Marks a limit as reached; told once per limit, or per limit and call. */
  reach(limit: LimitName, value: number, call?: string): void;
  /** The limit after which the root has one turn left, or null. */
  readonly ending: 'usd' | 'seconds' | null;
  /** What is left; `turns` is the asking call's own. */
  view(turns: number): BudgetView;
}

/** What a run had spent before it is gone on with. */
export interface SpentBefore {
  readonly subCalls: number;
  /** Requests that were answered, by call. */
  readonly calls: readonly { readonly requests: readonly RequestSize[]; readonly costUsd: number | null }[];
  readonly limits: readonly { readonly limit: LimitName; readonly call: string | null }[];
}

/** What the budget tells of itself. */
export interface BudgetListener {
  readonly reached: (limit: LimitName, value: number, call: string | undefined) => void;
  /** The first time a model's price is unknown. */
  readonly priceUnknown: (model: string) => void;
}

/**
 * The meter of a run: one for all its calls. Calls and money are reserved before dispatch (so that
 * many requests at once cannot all pass the same check) and settled with the real cost after.
 */
export function createBudget(
  settings: RunSettings,
  price: PriceEstimate,
  now: () => number,
  listener: BudgetListener,
): Budget {
  const reached = new Set<string>();
  /** USD a token that replies of a model without a listed price turned out to cost, at most. */
  const learned = new Map<string, number>();
  const unpriced = new Set<string>();
  const told = new Set<string>();
  let calls = 0;
  let spent = 0;
  let reserved = 0;
  /** The root's last turn, for which money is kept aside; its price may be learned meanwhile. */
  let lastTurn: RequestSize | null = null;
  const kept = () => (lastTurn === null ? 0 : estimate(lastTurn));

  const reach: Budget['reach'] = (limit, value, call) => {
    const key = limitKey(limit, call);
    if (reached.has(key)) return;
    reached.add(key);
    listener.reached(limit, value, call);
  };

  const estimate = ({ model, chars }: RequestSize): number => {
    const input = Math.ceil(chars / CHARS_PER_TOKEN);
    const listed = price(model, input, EXPECTED_OUTPUT_TOKENS);
    if (listed !== null) return listed;
    const rate = learned.get(model);
    if (rate !== undefined) return rate * (input + EXPECTED_OUTPUT_TOKENS);
    unpriced.add(model);
    if (!told.has(model)) {
      told.add(model);
      listener.priceUnknown(model);
    }
    return 0;
  };

  /** What replies cost teaches for the next request, where no list tells. */
  const learn = (model: string, sizes: readonly RequestSize[], costUsd: number) => {
    const tokens = sizes.map(({ chars }) => Math.ceil(chars / CHARS_PER_TOKEN) + EXPECTED_OUTPUT_TOKENS);
    const rate = costUsd / tokens.reduce((sum, each) => sum + each, 0);
    learned.set(model, Math.max(rate, learned.get(model) ?? 0));
    unpriced.delete(model);
  };

  const fits = (usd: number) => spent + reserved + usd <= settings.budgetUsd;

  const refuse = (limit: LimitName, value: number, message: string): Refusal => {
    reach(limit, value);
    return { ok: false, limit, message };
  };

  const refuseSeconds = () => refuse('seconds', settings.maxSeconds, limitSentence('seconds', settings));

  /** A reservation that holds nothing yet, and how to have it hold what its request may cost. */
  const open = (size: RequestSize | null, mayUseKept: boolean) => {
    let held = 0;
    let isOpen = true;
    /** Reserves what the request is thought to cost now, beyond what is held for it already. */
    const hold = (): Refusal | null => {
      const more = Math.max(0, (size === null ? 0 : estimate(size)) - held);
      if (!fits(more + (mayUseKept ? 0 : kept()))) {
        return refuse('usd', settings.budgetUsd, limitSentence('usd', settings));
      }
      reserved += more;
      held += more;
      return null;
    };
    const reservation: Reservation = {
      ok: true,
      renew: () => (isOpen && !mayUseKept ? hold() : null),
      settle(costUsd) {
        if (!isOpen) return;
        isOpen = false;
        reserved -= held;
        spent += costUsd ?? 0;
        // Nothing is what a failed request is settled with, and teaches nothing.
        if (size !== null && costUsd !== null && costUsd > 0) learn(size.model, [size], costUsd);
      },
    };
    return { hold, reservation };
  };

  const reserve = (size: RequestSize | null, mayUseKept: boolean): Reservation | Refusal => {
    const { hold, reservation } = open(size, mayUseKept);
    return hold() ?? reservation;
  };

  return {
    reserveSubCall(size) {
      if (reached.has('seconds')) return refuseSeconds();
      if (settings.maxDepth === 0) return refuse('depth', 0, limitSentence('depth', settings));
      if (calls >= settings.maxSubCalls) {
        return refuse('subCalls', settings.maxSubCalls, limitSentence('subCalls', settings));
      }
      const reservation = reserve(size, false);
      if (reservation.ok) calls++;
      return reservation;
    },
    reserveChildTurn: (size) => (reached.has('seconds') ? refuseSeconds() : reserve(size, false)),
    reserveRootTurn: (size) => reserve(size, true),
    reserveAgain(size, mayUseKept) {
      const { hold, reservation } = open(size, mayUseKept);
      if (mayUseKept) hold();
      return reservation;
    },
    restore(past) {
      calls = past.subCalls;
      for (const { limit, call } of past.limits) reached.add(limitKey(limit, call ?? undefined));
      for (const { requests, costUsd } of past.calls) {
        spent += costUsd ?? 0;
        const model = requests[0]?.model;
        if (model !== undefined && costUsd !== null && costUsd > 0) learn(model, requests, costUsd);
      }
    },
    keepForLast(last) {
      lastTurn = last;
    },
    planRootTurn(nowSize, lastSize) {
      lastTurn = lastSize;
      if (!fits(estimate(nowSize) + kept())) reach('usd', settings.budgetUsd);
    },
    reach,
    get ending() {
      if (reached.has('seconds')) return 'seconds';
      return reached.has('usd') ? 'usd' : null;
    },
    view: (turns) => ({
      calls: settings.maxDepth === 0 ? 0 : settings.maxSubCalls - calls,
      tokens: null,
      usd: unpriced.size > 0 ? null : Math.max(0, settings.budgetUsd - spent - reserved - kept()),
      turns,
      seconds: Math.max(0, settings.maxSeconds - now() / 1000),
    }),
  };
}

function limitKey(limit: LimitName, call: string | undefined): string {
  return call === undefined ? limit : `${limit} of ${call}`;
}

/** What a limit of the run means, for the guest and the log: one sentence. */
export function limitSentence(
  limit: 'turns' | 'subCalls' | 'usd' | 'seconds' | 'depth',
  settings: RunSettings,
): string {
  switch (limit) {
    case 'turns':
      return `The limit of ${settings.maxTurns} turns is reached.`;
    case 'subCalls':
      return `The limit of ${settings.maxSubCalls} sub-calls is reached: work with what you have, in code.`;
    case 'usd':
      return `The budget of ${settings.budgetUsd.toFixed(2)} USD does not cover another request.`;
    case 'seconds':
      return `The time limit of ${settings.maxSeconds} seconds is reached.`;
    case 'depth':
      return 'The depth limit is 0: this run makes no sub-calls.';
  }
}
