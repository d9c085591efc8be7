/** Time that a run waits for the person, which does not count as the run's. */
export interface Waits {
  /** Milliseconds so far; those of a wait that goes on are among them. */
  ms(): number;
  /** Begins a wait and returns how to end it. What overlaps counts once. */
  begin(): () => void;
  /** Resolves when nothing waits any more; null where nothing does. */
  over(): Promise<void> | null;
}

/**
 * @param now milliseconds of the run's clock.
 * @param before milliseconds that were waited before the run was gone on with.
 */
export function createWaits(now: () => number, before = 0): Waits {
  let ended = before;
  let since: number | null = null;
  let open = 0;
  let listeners: (() => void)[] = [];

  return {
    ms: () => ended + (since === null ? 0 : now() - since),
    begin() {
      open++;
      since ??= now();
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        if (--open > 0) return;
        ended += now() - (since ?? now());
        since = null;
        const told = listeners;
        listeners = [];
        for (const tell of told) tell();
      };
    },
    over: () => (open === 0 ? null : new Promise((resolve) => listeners.push(resolve))),
  };
}
