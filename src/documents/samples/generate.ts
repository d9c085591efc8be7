import { type ChronicleOptions, harbourChronicle } from './harbour-chronicle.ts';
import { lighthousePapers } from './lighthouse-papers.ts';
import { type TicketOptions, supportTickets } from './support-tickets.ts';

/** What to write; for tickets, `bytes` is roughly what comes out, for the progress bar. */
export type Recipe =
  | ({ readonly kind: 'chronicle'; readonly name: string } & ChronicleOptions)
  | ({ readonly kind: 'tickets'; readonly name: string; readonly bytes: number } & TicketOptions)
  | { readonly kind: 'lighthouse'; readonly seed: string };

/** The recipes of the catalogue's samples, by id. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  chronicle: {
    kind: 'chronicle',
    name: 'the-salt-ledger.txt',
    seed: 'penmarrow',
    chars: 1_200_000,
  },
  'chronicle-complete': {
    kind: 'chronicle',
    name: 'the-salt-ledger-complete.txt',
    seed: 'penmarrow',
    chars: 40_000_000,
  },
  tickets: {
    kind: 'tickets',
    name: 'support-tickets.jsonl',
    seed: 'brindle',
    count: 4000,
    bytes: 2_800_000,
  },
  lighthouse: { kind: 'lighthouse', seed: 'skarholm' },
};

export interface GenerateOptions {
  readonly signal?: AbortSignal;
  /** Bytes written, out of about `total`; never falls, and ends with `done === total`. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How long to write before letting messages (a cancel, say) in. */
const SLICE_MS = 50;

/**
 * Writes the files of a recipe. The same recipe gives the same bytes on every machine.
 * @throws the reason of `signal` when it aborts.
 */
export async function generateFiles(
  recipe: Recipe,
  { signal, onProgress }: GenerateOptions = {},
): Promise<readonly File[]> {
  const collect = async (pieces: Iterable<string>, total: number): Promise<string[]> => {
    const parts: string[] = [];
    let done = 0;
    let until = performance.now() + SLICE_MS;
    for (const piece of pieces) {
      parts.push(piece);
      done += piece.length;
      if (performance.now() < until) continue;
      onProgress?.(Math.min(done, total), total);
      await new Promise((resume) => setTimeout(resume, 0));
      signal?.throwIfAborted();
      until = performance.now() + SLICE_MS;
    }
    onProgress?.(total, total);
    return parts;
  };

  signal?.throwIfAborted();
  switch (recipe.kind) {
    case 'chronicle': {
      const parts = await collect(harbourChronicle(recipe), recipe.chars);
      return [textFile(parts, recipe.name)];
    }
    case 'tickets': {
      const parts = await collect(supportTickets(recipe), recipe.bytes);
      return [textFile(parts, recipe.name)];
    }
    case 'lighthouse': {
      const papers = lighthousePapers(recipe.seed);
      const bytes = papers.reduce((sum, { text }) => sum + text.length, 0);
      onProgress?.(bytes, bytes);
      return papers.map(({ name, text }) => textFile([text], name));
    }
  }
}

const textFile = (parts: string[], name: string): File =>
  new File(parts, name, { type: 'text/plain' });
