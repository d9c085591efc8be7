/**
 * How many requests may be in flight at once: halved when the endpoint refuses one as too many, one
 * more after each round that was answered (additive increase, multiplicative decrease). Requests
 * are known by their number, counted from 1 as they are sent.
 */
export interface Slots {
  readonly now: number;
  /**
   * `request` was refused when `sent` had gone out. What was in flight at the last halving does not
   * halve again. True where this refusal is news.
   */
  refused(request: number, sent: number): boolean;
  /** `request` was answered. True where there is one slot more for it. */
  answered(request: number): boolean;
}

/** @param most As many as there may ever be, and are at first. */
export function createSlots(most: number): Slots {
  let now = most;
  /** The last request that had gone out at the last halving. */
  let halvedAt = 0;
  let round = 0;
  return {
    get now() {
      return now;
    },
    refused(request, sent) {
      if (request <= halvedAt) return false;
      halvedAt = sent;
      round = 0;
      now = Math.max(1, Math.floor(now / 2));
      return true;
    },
    answered(request) {
      if (now >= most || request <= halvedAt) return false;
      round++;
      if (round < now) return false;
      round = 0;
      now++;
      return true;
    },
  };
}
