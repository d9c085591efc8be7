import type { Primordials } from './primordials.ts';

/**
 * Takes away what a cell has put where nothing can go on: a `then` that every object has, elements
 * that every array has, descriptors' fields that every object has. Other additions to prototypes
 * stay: they are the cell's own affair.
 */
export function makeHeal(p: Primordials) {
  // Run before any code of a cell: these are still the engine's own.
  const { deleteProperty, getPrototypeOf, isExtensible, setPrototypeOf } = Reflect;
  const fields = p.create(null);
  const names = 'then toJSON value get set writable enumerable configurable'.split(' ');
  for (let i = 0; i < names.length; i++) fields[names[i] as string] = true;
  const { object, array, promise } = p.prototypes;
  /** As the engine made them: every `await` of a promise goes through these. */
  const kept = p.create(null);
  kept.then = promise.then;
  kept.constructor = promise.constructor;

  const isPoison = (key: PropertyKey) => typeof key === 'string' && (fields[key] === true || key === '' + +key);

  /** @returns what it took away, and what it could not, as text; '' where there was nothing. */
  return function heal(): { readonly healed: string; readonly spoiled: string } {
    let healed = '';
    let spoiled = '';
    const tell = (undone: boolean, what: string) => {
      if (undone) healed += (healed === '' ? '' : ', ') + what;
      else spoiled += (spoiled === '' ? '' : ', ') + what;
    };
    const look = (prototype: object, name: string) => {
      const keys = p.ownKeys(prototype);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        if (isPoison(key)) tell(deleteProperty(prototype, key), name + key);
      }
    };
    look(object, 'Object.prototype.');
    look(array, 'Array.prototype.');
    for (const key in kept) {
      const now = p.getOwnPropertyDescriptor(promise, key);
      if (now && p.hasOwn(now, 'value') && now.value === kept[key]) continue;
      tell(p.define(promise, key, kept[key], false), 'Promise.prototype.' + key);
    }
    if (getPrototypeOf(array) !== object) tell(setPrototypeOf(array, object), 'the prototype of Array.prototype');
    if (!isExtensible(globalThis)) tell(false, 'globalThis, which takes no new variables');
    return { healed, spoiled };
  };
}

export type Heal = ReturnType<typeof makeHeal>;
