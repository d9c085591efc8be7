import { GAP_CHARS } from './search-forms.ts';
import { type Skeleton, foldedEqually, skeletonOf } from './fold.ts';
import { endsAtEdges } from './word-edge.ts';

/** Code units [from, to) of a window. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A way in which a passage may stand in a text, ready to be looked for by its first piece. */
export interface Pattern {
  /** What its first piece is found by: in the text, or in the skeleton of it. */
  readonly needle: string;
  /** Where the passage is, whose first piece was found at `at`; null where the rest is not as it should be. */
  match(window: SearchedText, at: number): Span | null;
}

export interface SearchedText {
  readonly text: string;
  /** Absent where only exact matches are looked for. */
  readonly skeleton: Skeleton | null;
}

/** Units that are looked for everywhere; the rest is compared where they are, and such a place is counted. */
const NEEDLE = 64;

/** Pieces in the text exactly as they are. @param words whether it ends at the edges of words. */
export function exactPattern(pieces: readonly string[], words: boolean): Pattern | null {
  const [needle = '', ...rest] = pieces;
  if (needle.length < 2) return null;
  return {
    needle: needle.slice(0, NEEDLE),
    match({ text }, at) {
      if (!text.startsWith(needle, at)) return null;
      let end = at + needle.length;
      for (const piece of rest) {
        const found = text.slice(end, end + GAP_CHARS + piece.length).indexOf(piece);
        if (found === -1) return null;
        end += found + piece.length;
      }
      return endsAtEdges(text, at, end, words) ? { from: at, to: end } : null;
    },
  };
}

/** Letters and digits that a piece needs for being told from others by them alone. */
const LEAST_FOLDED = 5;
/** Places at which a further piece is compared. */
const MOST_TRIES = 20;
/** Code units of a text in which a piece may stand, for each of the piece, and some more. */
const STRETCH = 4;
const ROOM = 600;

interface FoldedPiece {
  readonly core: string;
  readonly skeleton: string;
  readonly before: string;
  readonly after: string;
}

/** Pieces in the text but for what folding lets differ. */
export function foldedPattern(pieces: readonly string[], words: boolean): Pattern | null {
  const [first, ...rest] = pieces.map(foldedPiece);
  if (!first || first.skeleton.length < LEAST_FOLDED || rest.some(({ skeleton }) => skeleton === '')) return null;
  return {
    needle: first.skeleton.slice(0, NEEDLE),
    match({ text, skeleton }, at) {
      if (!skeleton?.text.startsWith(first.skeleton, at)) return null;
      const begin = spanOf(first, text, skeleton, at);
      if (!begin) return null;
      let end = begin.to;
      let next = at + first.skeleton.length;
      for (const piece of rest) {
        const found = nextSpan(piece, text, skeleton, next, end + GAP_CHARS);
        if (!found) return null;
        end = found.span.to;
        next = found.at + piece.skeleton.length;
      }
      return endsAtEdges(text, begin.from, end, words) ? { from: begin.from, to: end } : null;
    },
  };
}

function nextSpan(piece: FoldedPiece, text: string, skeleton: Skeleton, from: number, until: number): { at: number; span: Span } | null {
  const near = skeleton.text.slice(from, from + GAP_CHARS + piece.skeleton.length);
  let at = near.indexOf(piece.skeleton);
  for (let tries = 0; at !== -1 && tries < MOST_TRIES; tries++, at = near.indexOf(piece.skeleton, at + 1)) {
    if ((skeleton.places[from + at] ?? Infinity) > until) return null;
    const span = spanOf(piece, text, skeleton, from + at);
    if (span) return { at: from + at, span };
  }
  return null;
}

/** Signs beside a number or word that change what it means. */
const MEANS_BEFORE = /[-−–+±~$€£¥#@§<>≤≥]$/u;
const MEANS_AFTER = /^[%‰°$€£¥+#]/u;

function foldedPiece(piece: string): FoldedPiece {
  const [core = ''] = /[\p{L}\p{N}](?:.*[\p{L}\p{N}\p{M}])?/su.exec(piece) ?? [];
  const from = piece.indexOf(core);
  return { core, skeleton: skeletonOf(core).text, before: piece.slice(0, from), after: piece.slice(from + core.length) };
}

/** Where a piece whose skeleton begins at `at` is in the text; null where it differs in more than folding lets. */
function spanOf({ core, skeleton: { length }, before, after }: FoldedPiece, text: string, { places }: Skeleton, at: number): Span | null {
  const from = places[at];
  const last = places[at + length - 1];
  if (from === undefined || last === undefined || last - from > STRETCH * core.length + ROOM) return null;
  let to = last + 1;
  while (to < text.length && /\p{M}/u.test(text.charAt(to))) to++;
  if (!foldedEqually(text.slice(from, to), core)) return null;
  const start = beside(text.slice(Math.max(0, from - before.length), from), before) ? from - before.length : from;
  const end = beside(text.slice(to, to + after.length), after) ? to + after.length : to;
  if ((start === from && MEANS_BEFORE.test(before)) || (end === to && MEANS_AFTER.test(after))) return null;
  return { from: start, to: end };
}

const beside = (found: string, wanted: string): boolean => found !== '' && found.length === wanted.length && foldedEqually(found, wanted);
