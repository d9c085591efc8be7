const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `callback` once when `signal` aborts, at once if it has; returns how to take that back.
 * One listener serves any number of callbacks: a signal's own listeners are a list, and a thousand
 * queued sub-calls that each remove theirs would take quadratic time.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  let callbacks = waiting.get(signal);
  if (!callbacks) {
    const all = new Set<() => void>();
    signal.addEventListener('abort', () => all.forEach((each) => each()), { once: true });
    waiting.set(signal, all);
    callbacks = all;
  }
  const mine = () => callback();
  callbacks.add(mine);
  return () => void callbacks.delete(mine);
}
