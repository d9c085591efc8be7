import type { Hint } from './answer-passage.ts';

/** Tells which document a piece of an answer names; null where it names none, or two may be meant. */
export type NamedDocument = (hint: Hint) => number | null;

/** Names without their ending that are shorter are words. */
const LEAST_STEM = 3;

/** @param names of the documents, with their folders where they have such. */
export function namedDocument(names: readonly string[]): NamedDocument {
  const owners = new Map<string, number | null>();
  const add = (name: string, owner: number): void => {
    const known = owners.get(name);
    owners.set(name, known === undefined || known === owner ? owner : null);
  };
  names.forEach((name, number) => {
    const whole = name.toLowerCase().trim();
    const base = whole.slice(whole.lastIndexOf('/') + 1);
    const stem = base.replace(/\.[^.]{1,8}$/u, '');
    for (const each of new Set([whole, base, ...(stem.length >= LEAST_STEM ? [stem] : [])])) if (each !== '') add(each, number);
  });
  const byLength = [...owners].toSorted(([a], [b]) => b.length - a.length);

  return ({ text, next }) => {
    const said = text.toLowerCase();
    let nearest = Infinity;
    let named: number | null = null;
    let taken: readonly [number, number] = [0, 0];
    for (const [name, owner] of byLength) {
      const at = next === 'start' ? said.indexOf(name) : said.lastIndexOf(name);
      if (at === -1 || !standsAlone(said, at, at + name.length)) continue;
      // A shorter name inside a longer one that was named is not named.
      if (at >= taken[0] && at + name.length <= taken[1]) continue;
      const distance = next === 'start' ? at : said.length - at - name.length;
      if (distance >= nearest) continue;
      nearest = distance;
      named = owner;
      taken = [at, at + name.length];
    }
    return named;
  };
}

function standsAlone(text: string, from: number, to: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text.charAt(from - 1)) && !/[\p{L}\p{N}]/u.test(text.charAt(to));
}
