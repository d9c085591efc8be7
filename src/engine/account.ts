/** What a call may use, it and all calls below it: sub-calls, and USD. */
export interface Share {
  readonly calls: number;
  readonly usd: number;
}

/** Sums of money in USD are floating point: what differs by less is the same. */
const ROUNDING_USD = 1e-9;

/**
 * One account of a run's tree: the run's own, or the share of one child. Whatever is taken from an
 * account is taken from all above it too, so shares of siblings may overlap: a child never uses what
 * its parent has not put aside, and what it leaves is there for the others without being given back.
 */
export class Account {
  /** The child whose share it is; null for the run's own. */
  readonly call: string | null;
  readonly parent: Account | null;
  readonly maxCalls: number;
  /** USD that the owner keeps for its own last turn, out of reach of all below it. */
  keptUsd: () => number = () => 0;
  /** This one and all above it, the nearest first. */
  readonly #path: readonly Account[];
  #maxUsd: number;
  #calls = 0;
  #spentUsd = 0;
  #reservedUsd = 0;
  #open = 0;

  constructor(call: string | null, parent: Account | null, max: Share) {
    this.call = call;
    this.parent = parent;
    this.maxCalls = max.calls;
    this.#maxUsd = max.usd;
    this.#path = parent === null ? [this] : [this, ...parent.#path];
  }

  get maxUsd(): number {
    return this.#maxUsd;
  }

  /** Sub-calls begun, at any depth below the owner. */
  get calls(): number {
    return this.#calls;
  }

  get spentUsd(): number {
    return this.#spentUsd;
  }

  /** Put aside for requests that are under way. */
  get reservedUsd(): number {
    return this.#reservedUsd;
  }

  /**
   * The account of a child that begins: `share` where it is known, else half of what is left here,
   * a half call being a whole one.
   */
  open(call: string, share: Share | null): Account {
    const left = this.left();
    return new Account(call, this, share ?? { calls: Math.ceil(left.calls / 2), usd: left.usd / 2 });
  }

  /** Has the account cover its first request of `usd`, where those above it do. */
  raise(usd: number): void {
    if (this.parent === null || this.#open > 0 || this.#spentUsd > 0) return;
    if (this.#maxUsd < usd && this.parent.shortOf(usd, false) === null) this.#maxUsd = usd;
  }

  /** The nearest account that has no sub-call left, or null. */
  full(): Account | null {
    return this.#nearest((account) => account.#calls >= account.maxCalls);
  }

  /** The nearest account that does not cover `usd` more, or null. What others keep is never used. */
  shortOf(usd: number, mayUseKept: boolean): Account | null {
    return this.#nearest((account) => account.#free(mayUseKept && account === this) + ROUNDING_USD < usd);
  }

  countCall(count: 1 | -1): void {
    this.#each((account) => (account.#calls += count));
  }

  /** A request begins; `hold` puts money aside for it, `end` gives that back and spends what it cost. */
  begin(): void {
    this.#each((account) => account.#open++);
  }

  hold(usd: number): void {
    this.#each((account) => (account.#reservedUsd += usd));
  }

  end(heldUsd: number, costUsd: number): void {
    this.#each((account) => {
      account.#open--;
      // The last one out leaves nothing behind, not even what rounding made.
      account.#reservedUsd = account.#open === 0 ? 0 : account.#reservedUsd - heldUsd;
      account.#spentUsd += costUsd;
    });
  }

  /** What is left for sub-calls: of this account and of all above it the least. */
  left(): Share {
    const left = { calls: Infinity, usd: Infinity };
    this.#each((account) => {
      left.calls = Math.min(left.calls, account.maxCalls - account.#calls);
      left.usd = Math.min(left.usd, account.#free(false));
    });
    return { calls: Math.max(0, left.calls), usd: Math.max(0, left.usd) };
  }

  #free(mayUseKept: boolean): number {
    return this.#maxUsd - this.#spentUsd - this.#reservedUsd - (mayUseKept ? 0 : this.keptUsd());
  }

  #each(visit: (account: Account) => void): void {
    for (const account of this.#path) visit(account);
  }

  #nearest(is: (account: Account) => boolean): Account | null {
    return this.#path.find(is) ?? null;
  }
}
