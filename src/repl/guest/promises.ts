import type { Inspect } from './inspect.ts';
import type { Primordials } from './primordials.ts';

/**
 * What a cell forgot to await. A promise that is printed, returned or given to FINAL is waited for
 * at the end of the cell; one used as text or JSON throws a sentence that says what to write.
 */
export function makePromises(p: Primordials, inspect: Inspect) {
  type Settled = { readonly value: unknown; readonly failed: boolean };
  const settled = new p.WeakMap<object, Settled>();
  /** The call a promise of ours came from. */
  const makers = new p.WeakMap<object, string>();
  let waiting = 0;
  let failure: { readonly error: unknown } | null = null;
  /** Settlements of an earlier cell's leftovers must not count in this one. */
  let cell = 0;

  const isPromise = (value: unknown): value is Promise<unknown> =>
    typeof value === 'object' && value !== null && inspect.isA(p.prototypes.promise, value);

  function refuse(this: unknown): never {
    const maker = isPromise(this) ? p.weakGet(makers, this) : undefined;
    throw new p.TypeError(
      'this is a promise, not its value: ' +
        (maker === undefined
          ? 'write `await` before the async call that made it'
          : 'write `await ' + maker + '(...)`'),
    );
  }
  for (const key of [Symbol.toPrimitive, 'toJSON']) {
    p.define(p.prototypes.promise, key, refuse, false);
  }

  /**
   * Promises in `value`, to a depth and a number of entries (`room`) that stay cheap: whether there
   * are any, and those whose end is not known yet.
   */
  function promisesIn(value: unknown, room: number) {
    const found: Promise<unknown>[] = [];
    let any = false;
    function walk(value: unknown, depth: number) {
      if (typeof value !== 'object' || value === null) return;
      if (isPromise(value)) {
        any = true;
        const end = p.weakGet(settled, value);
        if (!end) found[found.length] = value;
        else if (depth > 0) walk(end.value, depth - 1);
      } else if (depth > 0 && isPlain(value)) {
        const keys = p.isArray(value) ? null : p.ownKeys(value);
        const length = keys ? keys.length : (value as readonly unknown[]).length;
        for (let i = 0; i < length && room-- > 0; i++) {
          const key = keys ? (keys[i] as PropertyKey) : i;
          const property = p.getOwnPropertyDescriptor(value, key);
          if (property && p.hasOwn(property, 'value')) walk(property.value, depth - 1);
        }
      }
    }
    walk(value, 4);
    return { any, unsettled: found };
  }

  /** Arrays and objects made by literals: what promises are gathered in. */
  function isPlain(value: object): boolean {
    if (p.isArray(value)) return true;
    const prototype = p.getPrototypeOf(value);
    return prototype === null || prototype === p.prototypes.object;
  }

  function watch(promise: Promise<unknown>, done: (end: Settled) => void) {
    const mine = cell;
    waiting += 1;
    const settle = (end: Settled) => {
      p.weakSet(settled, promise, end);
      if (mine !== cell) return;
      waiting -= 1;
      done(end);
    };
    p.then(
      promise,
      (value) => settle({ value, failed: false }),
      (error) => settle({ value: error, failed: true }),
    );
  }

  /**
   * Calls `done` when every promise in `value` has settled.
   * @returns false, without calling, when there is none to wait for.
   */
  function whenSettled(value: unknown, room: number, done: () => void): boolean {
    const found = promisesIn(value, room).unsettled;
    let left = found.length;
    for (let i = 0; i < found.length; i++) {
      watch(found[i] as Promise<unknown>, () => {
        left -= 1;
        // What a promise resolved to may hold further promises.
        if (left === 0 && !whenSettled(value, room, done)) done();
      });
    }
    return found.length > 0;
  }

  /**
   * `value` with settled promises replaced by what they became; a rejection by an Error. Where none
   * is among the first `room` entries it is `value` itself: a copy of a table would cost seconds.
   */
  function unwrap(value: unknown, room: number): unknown {
    return promisesIn(value, room).any ? replace(value, 4) : value;
  }

  function replace(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (isPromise(value)) {
      const end = p.weakGet(settled, value);
      if (!end) return value;
      if (!end.failed) return replace(end.value, depth - 1);
      if (inspect.kindOf(end.value) === 'Error') return end.value;
      const error = new p.Error(inspect.display(end.value));
      error.name = 'Rejected';
      return error;
    }
    if (depth === 0 || !isPlain(value)) return value;
    const isList = p.isArray(value);
    const copy = (isList ? [] : {}) as Record<PropertyKey, unknown>;
    let changed = false;
    if (isList) (copy as unknown as unknown[]).length = value.length;
    const keys = p.ownKeys(value);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as PropertyKey;
      const property = p.getOwnPropertyDescriptor(value, key);
      if (!property || !p.hasOwn(property, 'value')) return value;
      const inner = replace(property.value, depth - 1);
      if (inner !== property.value) changed = true;
      if (isList && key === 'length') continue;
      p.define(copy, key, inner, property.enumerable === true);
    }
    return changed ? copy : value;
  }

  return {
    isPromise,
    whenSettled,
    unwrap,
    /** Notes which call made `promise`, for the sentence about awaiting it. */
    name(promise: Promise<unknown>, maker: string) {
      p.weakSet(makers, promise, maker);
    },
    /** A promise nobody awaits: the cell waits for it, and its rejection is the cell's error. */
    float(value: unknown): unknown {
      if (isPromise(value)) {
        watch(value, (end) => {
          if (end.failed) failure ??= { error: end.value };
        });
      }
      return value;
    },
    fail(error: unknown) {
      failure ??= { error };
    },
    waiting: () => waiting,
    failure: () => failure,
    reset() {
      cell += 1;
      waiting = 0;
      failure = null;
    },
  };
}

export type Promises = ReturnType<typeof makePromises>;
