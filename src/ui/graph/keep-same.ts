/**
 * Remembers a list: what is the same in the next one keeps its identity, and so does the list where
 * all of it is. A run changes several times a second and its graph seldom; what is not new is not
 * drawn again.
 */
export function createKeeper<T extends { readonly id: string }>(): (next: T[]) => T[] {
  let before: T[] = [];
  return (next) => {
    const byId = new Map(before.map((each) => [each.id, each]));
    const kept = next.map((each) => {
      const known = byId.get(each.id);
      return known !== undefined && isSame(known, each) ? known : each;
    });
    const isWhole = kept.length === before.length && kept.every((each, index) => each === before[index]);
    if (!isWhole) before = kept;
    return before;
  };
}

/** True where two plain values (objects, arrays, primitives) hold the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([name, value], index) => right[index]?.[0] === name && isSame(value, right[index][1]))
  );
}
