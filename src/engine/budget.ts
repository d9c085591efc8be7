import type { PriceEstimate } from '../models/port.ts';
import type { BudgetView } from '../repl/port.ts';
import type { LimitName } from '../trajectory/events.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import { Account, type Share } from './account.ts';
import { limitSentence, shareSentence } from './limit-sentence.ts';
import type { SpentBefore } from './past-spending.ts';
import { createRequestPrices, type RequestSize } from './request-prices.ts';

/** Money put aside for one request. `settle` with what it really cost, once; 0 gives it all back. */
export interface Reservation {
  readonly ok: true;
  /**
   * Called when the request goes out, which may be long after it was reserved: what is known by now
   * to cost more is reserved, or the request refused. Null when it may go.
   */
  renew(): Refusal | null;
  settle(costUsd: number | null): void;
  /** In place of `settle`, where the sub-call never began: it is not counted either. */
  withdraw(): void;
}

export interface Refusal {
  readonly ok: false;
  readonly limit: LimitName;
  /** A sentence for the guest: whose limit, which, and what to do now. */
  readonly message: string;
}

/** What one `rlm` call may use: of the run all, of a child its share. */
export interface Budget {
  /** What it was given. */
  readonly share: Share;
  /**
   * Reserves one sub-call; with `size` the money of its one request too. Refused without effect
   * when that would go past a limit of the call or of one above it, or into what these keep for
   * their last turns.
   */
  reserveSubCall(size: RequestSize | null): Reservation | Refusal;
  /** Reserves the money of one turn of the call, which may use what was kept for its last. */
  reserveTurn(size: RequestSize): Reservation | Refusal;
  /** As a reservation, for a request that was under way when the page was closed: it is told when it goes out. */
  reserveAgain(size: RequestSize, of: 'turn' | 'sub-call'): Reservation;
  /**
   * Keeps the money of `last` aside, the call's next turn, and says whether `now` is still
   * affordable beside it. When not, the coming turn must be the last: the `usd` limit is reached.
   */
  planTurn(now: RequestSize, last: RequestSize): void;
  /** Keeps the money of `last` aside and says nothing: the turn before it was affordable once. */
  keepForLast(last: RequestSize): void;
  /** The budget of a child that begins, or had begun when the page was closed: half of what is left here. */
  ofChild(call: string): Budget;
  /** Marks a limit as reached; told once per limit, or per limit and call. */
  reach(limit: LimitName, value: number, call?: string): void;
  /** The limit after which the call has one turn left, or null. */
  readonly ending: 'usd' | 'seconds' | null;
  /** The limit that ended the call as a sentence: of its share, of one above, or of the run. */
  sentence(limit: 'turns' | 'usd' | 'seconds'): string;
  /** What is left; `turns` is the asking call's own. */
  view(turns: number): BudgetView;
}

export interface RunBudget extends Budget {
  /** Takes over what a run had spent and met before the page was closed on it. Once, before all else. */
  restore(past: SpentBefore): void;
}

/** What the budget tells of itself. */
export interface BudgetListener {
  readonly reached: (limit: LimitName, value: number, call: string | undefined) => void;
  /** The first time a model's price is unknown. */
  readonly priceUnknown: (model: string) => void;
}

/**
 * The meter of a run and of all its calls. Calls and money are reserved before dispatch (so that
 * many requests at once cannot all pass the same check) and settled with the real cost after. Each
 * child has a share of what its parent has (see `Account`).
 */
export function createBudget(
  settings: RunSettings,
  price: PriceEstimate,
  now: () => number,
  listener: BudgetListener,
): RunBudget {
  const reached = new Set<string>();
  const prices = createRequestPrices(price, listener.priceUnknown);
  const root = new Account(null, null, { calls: settings.maxSubCalls, usd: settings.budgetUsd });
  /** Of children that began before the page was closed. */
  const restored = new Map<string, Account>();

  const reach: Budget['reach'] = (limit, value, call) => {
    const key = limitKey(limit, call);
    if (reached.has(key)) return;
    reached.add(key);
    listener.reached(limit, value, call);
  };

  const refuse = (limit: 'depth' | 'seconds', value: number): Refusal => {
    reach(limit, value);
    return { ok: false, limit, message: limitSentence(limit, settings) };
  };
  const refuseBy = (account: Account, limit: 'subCalls' | 'usd'): Refusal => {
    reachOf(account, limit);
    return { ok: false, limit, message: sentenceOf(account, limit) };
  };
  const reachOf = ({ call, maxCalls, maxUsd }: Account, limit: 'subCalls' | 'usd') =>
    reach(limit, limit === 'usd' ? maxUsd : maxCalls, call ?? undefined);
  const sentenceOf = ({ call, maxCalls, maxUsd }: Account, limit: 'subCalls' | 'usd'): string =>
    call === null ? limitSentence(limit, settings) : shareSentence(limit, call, { calls: maxCalls, usd: maxUsd });

  const budgetOf = (account: Account): Budget => {
    const isRoot = account.parent === null;

    /** A reservation that holds nothing yet, and how to have it hold what its request may cost. */
    const open = (size: RequestSize | null, isTurn: boolean) => {
      let held = 0;
      let isOpen = true;
      account.begin();
      /** Reserves what the request is thought to cost now, beyond what is held for it already. */
      const hold = (): Refusal | null => {
        const more = Math.max(0, (size === null ? 0 : prices.estimate(size)) - held);
        const short = account.shortOf(more, isTurn);
        if (short) return refuseBy(short, 'usd');
        account.hold(more);
        held += more;
        return null;
      };
      const close = (costUsd: number) => {
        if (isOpen) account.end(held, costUsd);
        isOpen = false;
      };
      const reservation: Reservation = {
        ok: true,
        // The root's own turn was planned: it may go, whatever it turns out to cost.
        renew: () => (isOpen && !(isTurn && isRoot) ? hold() : null),
        settle(costUsd) {
          if (!isOpen) return;
          close(costUsd ?? 0);
          if (size !== null) prices.learn([size], costUsd);
        },
        withdraw() {
          if (isOpen && !isTurn) account.countCall(-1);
          close(0);
        },
      };
      return { hold, reservation };
    };

    const reserve = (size: RequestSize | null, isTurn: boolean): Reservation | Refusal => {
      const { hold, reservation } = open(size, isTurn);
      const refusal = hold();
      if (refusal) reservation.settle(0);
      return refusal ?? reservation;
    };

    const keepForLast = (last: RequestSize) => {
      account.keptUsd = () => prices.estimate(last);
    };

    return {
      get share() {
        return { calls: account.maxCalls, usd: account.maxUsd };
      },
      reserveSubCall(size) {
        if (reached.has('seconds')) return refuse('seconds', settings.maxSeconds);
        if (settings.maxDepth === 0) return refuse('depth', 0);
        const full = account.full();
        if (full) return refuseBy(full, 'subCalls');
        const reservation = reserve(size, false);
        if (reservation.ok) account.countCall(1);
        return reservation;
      },
      reserveTurn: (size) =>
        !isRoot && reached.has('seconds') ? refuse('seconds', settings.maxSeconds) : reserve(size, true),
      reserveAgain(size, of) {
        const isTurn = of === 'turn';
        if (isTurn) account.raise(prices.estimate(size));
        const { hold, reservation } = open(size, isTurn);
        if (isTurn && isRoot) hold();
        return reservation;
      },
      planTurn(nowSize, lastSize) {
        const usd = prices.estimate(nowSize);
        account.raise(usd);
        keepForLast(lastSize);
        if (account.shortOf(usd, false) === account) reachOf(account, 'usd');
      },
      keepForLast,
      ofChild: (call) => budgetOf(restored.get(call) ?? account.open(call, null)),
      reach,
      get ending() {
        if (isRoot && reached.has('seconds')) return 'seconds';
        return reached.has(limitKey('usd', account.call ?? undefined)) ? 'usd' : null;
      },
      sentence(limit) {
        if (limit !== 'usd') return limitSentence(limit, settings);
        for (let each: Account | null = account; each !== null; each = each.parent) {
          if (reached.has(limitKey('usd', each.call ?? undefined))) return sentenceOf(each, 'usd');
        }
        return limitSentence('usd', settings);
      },
      view(turns) {
        const { calls, usd } = account.left();
        return {
          calls: settings.maxDepth === 0 ? 0 : calls,
          tokens: null,
          usd: prices.unknown ? null : usd,
          turns,
          seconds: Math.max(0, settings.maxSeconds - now() / 1000),
        };
      },
    };
  };

  const restore = (past: SpentBefore) => {
    for (const { limit, call } of past.limits) reached.add(limitKey(limit, call ?? undefined));
    for (const { call, parent, kind, share, counts, requests, costUsd } of past.calls) {
      const above = (parent === null ? undefined : restored.get(parent)) ?? root;
      if (parent !== null && counts) above.countCall(1);
      const account = kind === 'rlm' && parent !== null ? above.open(call, share) : above;
      if (account !== above) restored.set(call, account);
      const [first] = requests;
      if (!first) continue;
      if (account !== above) account.raise(prices.estimate(first));
      account.begin();
      account.end(0, costUsd ?? 0);
      prices.learn(requests, costUsd);
    }
  };

  return Object.assign(budgetOf(root), { restore });
}

function limitKey(limit: LimitName, call: string | undefined): string {
  return call === undefined ? limit : `${limit} of ${call}`;
}
