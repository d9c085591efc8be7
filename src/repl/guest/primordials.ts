/**
 * The built-ins our guest code relies on, taken before any model-written code runs, so that a cell
 * that overwrites `Array.prototype.push` or `JSON` breaks only itself.
 *
 * Every function in this folder is GUEST CODE: `prelude.ts` turns it to source text and QuickJS
 * evaluates it. So each must be self-contained (no imports but types), and must use neither
 * `for…of`, spread nor array destructuring, which go through iterators a cell may have replaced.
 */
export function capturePrimordials() {
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } =
    Reflect;
  const bind = Function.prototype.bind;
  const call = Function.prototype.call;
  /** `method` as a function of its receiver. */
  const uncurry = bind.bind(call) as <This, Args extends readonly unknown[], Result>(
    method: (this: This, ...args: Args) => Result,
  ) => (self: This, ...args: Args) => Result;
  const getterOf = (prototype: object, name: PropertyKey) =>
    uncurry(getOwnPropertyDescriptor(prototype, name)?.get as (this: unknown) => unknown);
  const create = Object.create as (prototype: null) => Record<PropertyKey, unknown>;
  /** Defines a plain property; the descriptor has no prototype that a cell may have poisoned. */
  const define = (object: object, key: PropertyKey, value: unknown, enumerable: boolean) => {
    const descriptor = create(null);
    descriptor.value = value;
    descriptor.writable = true;
    descriptor.enumerable = enumerable;
    descriptor.configurable = true;
    return defineProperty(object, key, descriptor);
  };
  const typedArray = getPrototypeOf(Uint8Array.prototype) as object;
  type Next<Item> = (iterator: object) => { readonly done?: boolean; readonly value: Item };
  const nextOf = (iterator: object) => {
    const prototype = getPrototypeOf(iterator) as { next(this: unknown): unknown };
    return uncurry(prototype.next);
  };

  const noMatches = 'a'.matchAll(/b/g);
  const matchesPrototype = getPrototypeOf(noMatches) as object;
  const generatorNext = (getPrototypeOf(
    getPrototypeOf((function* none() {})()) as object,
  ) as { readonly next: unknown }).next;
  const setPrototypeOf = Reflect.setPrototypeOf;
  /** A generator as what `matchAll` returns: a loop that is left early does not end it. */
  const asMatches = <Item>(items: Generator<Item>): IterableIterator<Item> => {
    setPrototypeOf(items, matchesPrototype);
    define(items, 'next', generatorNext, false);
    return items;
  };

  return {
    apply,
    asMatches,
    construct,
    define,
    defineProperty,
    getOwnPropertyDescriptor,
    getPrototypeOf,
    ownKeys,
    freeze: Object.freeze,
    create,
    createFrom: Object.create as (prototype: object) => object,
    hasOwn: Object.hasOwn,
    isArray: Array.isArray,
    isView: ArrayBuffer.isView,
    isPrototypeOf: uncurry(Object.prototype.isPrototypeOf),
    isNaN: Number.isNaN,
    objectIs: Object.is,
    parse: JSON.parse,
    stringify: JSON.stringify as (value: unknown, change?: unknown, space?: number) => string | undefined,
    /** JSON of a string: no `toJSON` of the cell's is looked up for it. */
    quote: JSON.stringify as (text: string) => string,
    String,
    Error,
    RangeError,
    RegExp,
    Float64Array,
    Int32Array,
    Uint32Array,
    TypeError,
    Map,
    Set,
    WeakMap,
    WeakSet,
    Promise,
    promiseAll: Promise.all.bind(Promise) as (values: unknown[]) => Promise<unknown[]>,
    prototypes: {
      array: Array.prototype,
      date: Date.prototype,
      error: Error.prototype,
      map: Map.prototype,
      object: Object.prototype,
      promise: Promise.prototype,
      regExp: RegExp.prototype,
      set: Set.prototype,
      string: String.prototype,
      weakMap: WeakMap.prototype,
      weakSet: WeakSet.prototype,
      arrayBuffer: ArrayBuffer.prototype,
    },
    arrayJoin: uncurry(Array.prototype.join),
    charCodeAt: uncurry(String.prototype.charCodeAt),
    dateTime: uncurry(Date.prototype.getTime),
    dateIso: uncurry(Date.prototype.toISOString),
    execute: uncurry(RegExp.prototype.exec),
    functionText: uncurry(Function.prototype.toString),
    includes: uncurry(String.prototype.includes),
    indexOf: uncurry(String.prototype.indexOf),
    mapClear: uncurry(Map.prototype.clear),
    mapDelete: uncurry(Map.prototype.delete),
    mapEach: uncurry(Map.prototype.forEach),
    mapEntries: uncurry(Map.prototype.entries),
    mapNext: nextOf(new Map().entries()) as Next<readonly [unknown, unknown]>,
    mapGet: uncurry(Map.prototype.get),
    mapHas: uncurry(Map.prototype.has),
    mapSet: uncurry(Map.prototype.set),
    mapSize: getterOf(Map.prototype, 'size') as (map: unknown) => number,
    padEnd: uncurry(String.prototype.padEnd),
    regExpFlags: getterOf(RegExp.prototype, 'flags') as (expression: unknown) => string,
    regExpSource: getterOf(RegExp.prototype, 'source') as (expression: unknown) => string,
    repeat: uncurry(String.prototype.repeat),
    setAdd: uncurry(Set.prototype.add),
    setDelete: uncurry(Set.prototype.delete),
    setEach: uncurry(Set.prototype.forEach),
    setHas: uncurry(Set.prototype.has),
    setNext: nextOf(new Set().values()) as Next<unknown>,
    setSize: getterOf(Set.prototype, 'size') as (set: unknown) => number,
    setValues: uncurry(Set.prototype.values),
    slice: uncurry(String.prototype.slice),
    split: uncurry(
      String.prototype.split as (this: string, separator: string) => string[],
    ),
    symbolText: uncurry(Symbol.prototype.toString),
    then: uncurry(Promise.prototype.then),
    trim: uncurry(String.prototype.trim),
    trimEnd: uncurry(String.prototype.trimEnd),
    trimStart: uncurry(String.prototype.trimStart),
    trunc: Math.trunc,
    typedArrayLength: getterOf(typedArray, 'length') as (view: unknown) => number,
    arrayBufferLength: getterOf(ArrayBuffer.prototype, 'byteLength') as (buffer: unknown) => number,
    weakGet: uncurry(WeakMap.prototype.get),
    weakHas: uncurry(WeakMap.prototype.has),
    weakSetAdd: uncurry(WeakSet.prototype.add),
    weakSetHas: uncurry(WeakSet.prototype.has),
    weakSet: uncurry(WeakMap.prototype.set),
  };
}

export type Primordials = ReturnType<typeof capturePrimordials>;
