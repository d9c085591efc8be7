/** A passage of a document. */
export interface FoundPassage {
  /** Number of the document. */
  readonly document: number;
  readonly from: number;
  readonly to: number;
}

/** Where what is looked for was found first, and whether it is enough. */
export interface FirstPlaces {
  /** Whether a further look in a document can change anything. */
  open(wanted: number, document: number): boolean;
  add(wanted: number, found: FoundPassage): void;
  /** In the document hinted at, else in the first document; null where in none. */
  best(wanted: number): FoundPassage | null;
  /** Whether it was found at one place only. */
  single(wanted: number): boolean;
}

interface Sought {
  readonly role: 'quote' | 'claim';
  /** Number of the document that it should be in. */
  readonly hint: number | null;
}

/** Quotes need their first place; claims need to be known to have no second one. */
export function createFirstPlaces(sought: readonly Sought[]): FirstPlaces {
  const best: (FoundPassage | undefined)[] = [];
  const others = new Set<number>();
  return {
    open(wanted, document) {
      const known = best[wanted];
      const { role, hint } = sought[wanted] ?? { role: 'quote', hint: null };
      if (!known) return true;
      if (role === 'claim') return !others.has(wanted);
      return known.document !== hint && (document === hint || document < known.document);
    },
    add(wanted, found) {
      const known = best[wanted];
      const hint = sought[wanted]?.hint;
      if (known && (known.document !== found.document || known.from !== found.from)) others.add(wanted);
      if (!known || comesBefore(found, known, hint ?? null)) best[wanted] = found;
    },
    best: (wanted) => best[wanted] ?? null,
    single: (wanted) => best[wanted] !== undefined && !others.has(wanted),
  };
}

function comesBefore(a: FoundPassage, b: FoundPassage, hint: number | null): boolean {
  if (a.document === b.document) return a.from < b.from || (a.from === b.from && a.to > b.to);
  if (a.document === hint || b.document === hint) return a.document === hint;
  return a.document < b.document;
}
