/** First come, first served; leaving from anywhere costs the same however many wait. */
export interface WaitingLine<T> {
  readonly size: number;
  push(item: T): void;
  /** The first, who waits no longer. */
  shift(): T | undefined;
  /** `item` waits no longer; nothing where it did not wait. */
  leave(item: T): void;
  /** All, who wait no longer. */
  clear(): T[];
}

export function createWaitingLine<T>(): WaitingLine<T> {
  const waiting = new Set<T>();
  // A set's own iterator walks over what was taken from its front; the order is kept apart from it.
  let order: T[] = [];
  let head = 0;
  const reset = () => {
    order = [];
    head = 0;
  };
  return {
    get size() {
      return waiting.size;
    },
    push(item) {
      waiting.add(item);
      order.push(item);
    },
    shift() {
      while (head < order.length) {
        const item = order[head++];
        if (item === undefined || !waiting.delete(item)) continue;
        if (waiting.size === 0) reset();
        return item;
      }
      reset();
      return undefined;
    },
    leave(item) {
      if (waiting.delete(item) && waiting.size === 0) reset();
    },
    clear() {
      const all = [...waiting];
      waiting.clear();
      reset();
      return all;
    },
  };
}
