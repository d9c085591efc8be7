import { onAbort } from './on-abort.ts';
import { Cancelled } from './run.ts';

/** The sub-calls one REPL session has asked for and that still run. */
export interface Scope {
  readonly signal: AbortSignal;
  track<T>(work: Promise<T>): Promise<T>;
  /** Ends what still runs, and resolves when all of it has settled. */
  close(reason: string): Promise<void>;
}

/** A scope that also ends when `parent` aborts. */
export function openScope(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const pending = new Set<Promise<unknown>>();
  const unfollow = onAbort(parent, () => controller.abort(parent.reason));
  return {
    signal: controller.signal,
    track(work) {
      const forget = () => void pending.delete(settled);
      const settled: Promise<void> = work.then(forget, forget);
      pending.add(settled);
      return work;
    },
    async close(reason) {
      controller.abort(new Cancelled(reason));
      unfollow();
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
