import { nextTask } from '../../base/next-task.ts';
import { decodeText } from '../decode.ts';
import type { SourceDocument } from '../document.ts';
import { eachWindow } from '../text-windows.ts';
import { createFirstPlaces, type FirstPlaces } from './first-places.ts';
import { skeletonOf, skeletonRoom } from './fold.ts';
import { type NeedleSearch, createNeedleSearch } from './needles.ts';
import type { Pattern } from './passage-match.ts';

/** Code units of a window, and those that two of them share: more than the longest passage takes. */
const WINDOW = 4 * 2 ** 20;
const SHARED = 48 * 1024;

/** Code units of a document that is read whole while those before it are searched, and how many are: each read waits for the browser. */
const SMALL = 256 * 1024;
const AHEAD = 8;

/** Comparisons of one passage that led nowhere, after which it is given up: a text made for that. */
const MOST_MISSES = 5_000;

export interface Wanted {
  readonly role: 'quote' | 'claim';
  /** Number of the document that it should be in. */
  readonly hint: number | null;
  readonly patterns: readonly Pattern[];
}

export interface PassSettings {
  /** Whether patterns are found in the skeleton of a text. */
  readonly folded: boolean;
  /** Code units of text that the pass may go through. */
  readonly mostChars: number;
  readonly signal: AbortSignal;
}

export interface PassResult {
  readonly places: FirstPlaces;
  /** Whether nothing was left out for which something could still be found. */
  complete(wanted: number): boolean;
}

/**
 * Looks for passages in all documents in one pass: documents that are hinted at first, none that
 * can change nothing any more. Ends with what it has where the signal aborts or the characters are
 * used up; a document that cannot be read is passed over.
 */
export async function findPassages(
  documents: readonly SourceDocument[],
  wanted: readonly Wanted[],
  { folded, mostChars, signal }: PassSettings,
): Promise<PassResult> {
  const places = createFirstPlaces(wanted);
  const misses = wanted.map(() => 0);
  const cut = new Set<number>();
  const room = skeletonRoom();
  const openIn = (document: number): number[] =>
    wanted.flatMap(({ patterns }, number) =>
      patterns.length > 0 && places.open(number, document) && (misses[number] ?? 0) <= MOST_MISSES ? [number] : [],
    );
  /** A passage may be all over a text: what comes after its first place, or a claim's second, is no news. */
  const isKnown = (each: number, document: number, at: number): boolean => {
    if (wanted[each]?.role === 'claim') return !places.open(each, document);
    const best = places.best(each);
    return best !== null && best.document === document && best.from <= at;
  };
  const searchFor = cachedSearch(wanted);
  let left = mostChars;
  const order = inOrder(documents.length, wanted);
  const textOf = readAhead(order, documents);

  for (const [turn, number] of order.entries()) {
    const document = documents[number];
    let open = openIn(number);
    if (!document || open.length === 0) continue;
    try {
      if (left < 0) throw new OutOfBudget();
      const small = textOf(turn);
      for await (const { text, from } of small ? wholeText(small, signal) : eachWindow(document, { chars: WINDOW, overlap: SHARED, signal })) {
        left -= text.length;
        if (left < 0) throw new OutOfBudget();
        const search = searchFor(open);
        const skeleton = folded ? skeletonOf(text, room) : null;
        let hit = false;
        search.scan(skeleton?.text ?? text, (needle, at) => {
          for (const { wanted: each, match } of search.of(needle)) {
            if ((misses[each] ?? 0) > MOST_MISSES || isKnown(each, number, from + (skeleton?.places[at] ?? at))) continue;
            const span = match({ text, skeleton }, at);
            if (span) {
              hit = true;
              places.add(each, { document: number, from: from + span.from, to: from + span.to });
            } else {
              misses[each] = (misses[each] ?? 0) + 1;
            }
          }
        });
        if (hit) open = openIn(number);
        if (open.length === 0) break;
      }
    } catch {
      for (const each of open) cut.add(each);
    }
  }
  return { places, complete: (each) => !cut.has(each) && (misses[each] ?? 0) <= MOST_MISSES };
}

/** The text of the document whose turn it is, where that is small; those after it are on their way from then on. */
function readAhead(order: readonly number[], documents: readonly SourceDocument[]): (turn: number) => Promise<string> | null {
  const coming = new Map<number, Promise<string>>();
  return (turn) => {
    for (let next = turn; next < Math.min(order.length, turn + AHEAD); next++) {
      const document = documents[order[next] ?? -1];
      if (!document || document.info.chars > SMALL || coming.has(next)) continue;
      const text = decodeText(document.text);
      // It may be that nobody asks for it.
      text.catch(() => undefined);
      coming.set(next, text);
    }
    const text = coming.get(turn) ?? null;
    // A turn that was passed over is not asked for any more.
    for (const at of coming.keys()) if (at <= turn) coming.delete(at);
    return text;
  };
}

/** As one window; messages get their turn as between windows. */
async function* wholeText(coming: Promise<string>, signal: AbortSignal): AsyncGenerator<{ readonly text: string; readonly from: number }, void, undefined> {
  signal.throwIfAborted();
  const text = await coming;
  await nextTask();
  signal.throwIfAborted();
  yield { text, from: 0 };
}

class OutOfBudget extends Error {
  override readonly name = 'OutOfBudget';
}

/** Documents that something is hinted to be in, then the others, each in their order. */
function inOrder(count: number, wanted: readonly Wanted[]): number[] {
  const hinted = new Set(wanted.flatMap(({ hint }) => (hint === null ? [] : [hint])));
  const all = Array.from({ length: count }, (_, number) => number);
  return [...all.filter((number) => hinted.has(number)), ...all.filter((number) => !hinted.has(number))];
}

interface PassageSearch extends NeedleSearch {
  /** Who looks for a needle. */
  of(needle: number): readonly { readonly wanted: number; readonly match: Pattern['match'] }[];
}

/** The search of the same passages is made once; a needle that several begin with is looked for once. */
function cachedSearch(wanted: readonly Wanted[]): (open: readonly number[]) => PassageSearch {
  let key = '';
  let made: PassageSearch | null = null;
  return (open) => {
    if (made && key === open.join()) return made;
    key = open.join();
    const owners = new Map<string, { wanted: number; match: Pattern['match'] }[]>();
    for (const number of open) {
      for (const { needle, match } of wanted[number]?.patterns ?? []) {
        const known = owners.get(needle);
        if (known) known.push({ wanted: number, match });
        else owners.set(needle, [{ wanted: number, match }]);
      }
    }
    const { scan } = createNeedleSearch([...owners.keys()]);
    const byNeedle = [...owners.values()];
    return (made = { scan, of: (needle) => byNeedle[needle] ?? [] });
  };
}
