import { markerEnd } from './marker-end.ts';

/**
 * Folding: what may differ between a passage and a quotation of it. Case, kinds of quotation mark and
 * dash, ligatures, full-width and other forms of one sign, composed and decomposed accents, white
 * space and line ends, hyphens at them, soft hyphens, and the line that begins a page.
 *
 * Two steps, both in time proportional to the text. The skeleton, letters and digits alone, finds
 * where a quotation may stand; there `foldedEqually` compares it with all that its signs mean.
 */
export interface Skeleton {
  readonly text: string;
  /** Where the sign that each unit came from begins in the text. */
  readonly places: Int32Array;
}

const DROPPED = 0;
const SEVERAL = 0xffff;
const EQUALS = 61;

/** What each code unit becomes; made when first needed. */
let table: Uint16Array | null = null;
const several = new Map<number, readonly number[]>();

function unitsOf(unit: number): readonly number[] {
  if ((unit & 0xf800) === 0xd800) return [unit];
  const plain = String.fromCharCode(unit).toLowerCase().normalize('NFKD').toLowerCase().replace(/ς/g, 'σ');
  return Array.from(plain.replace(/[^\p{L}\p{N}]/gu, ''), (sign) => sign.charCodeAt(0));
}

function makeTable(): Uint16Array {
  const made = new Uint16Array(0x10000);
  for (let unit = 0; unit < made.length; unit++) {
    const units = unitsOf(unit);
    if (units.length > 1) several.set(unit, units);
    made[unit] = units.length > 1 ? SEVERAL : (units[0] ?? DROPPED);
  }
  // It may begin a marker line, which is looked at apart.
  made[EQUALS] = SEVERAL;
  return made;
}

/** Room that a text of `length` may need, so that it can be used again. */
export interface SkeletonRoom {
  units: Uint16Array<ArrayBuffer>;
  places: Int32Array<ArrayBuffer>;
}

export const skeletonRoom = (): SkeletonRoom => ({ units: new Uint16Array(1024), places: new Int32Array(1024) });

/** @param room is grown where needed; the skeleton's places are good until it is used again. */
export function skeletonOf(text: string, room: SkeletonRoom = skeletonRoom()): Skeleton {
  table ??= makeTable();
  const folds = table;
  let { units, places } = ensureRoom(room, 0, text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const fold = folds[unit] ?? DROPPED;
    if (fold === SEVERAL) {
      if (unit === EQUALS) at = Math.max(at, markerEnd(text, at) - 1);
      for (const each of several.get(unit) ?? []) {
        units[length] = each;
        places[length++] = at;
      }
      ({ units, places } = ensureRoom(room, length, text.length - at));
      continue;
    }
    // What is dropped is written too, and written over: a branch would be guessed wrong too often.
    units[length] = fold;
    places[length] = at;
    length += fold === DROPPED ? 0 : 1;
  }
  return { text: DECODER.decode(units.subarray(0, length)), places: places.subarray(0, length) };
}

/** Units that one sign becomes at most. */
const MOST_SEVERAL = 20;

/** Room for `more` units after the first `used`, and for those of one sign. */
function ensureRoom(room: SkeletonRoom, used: number, more: number): SkeletonRoom {
  const wanted = used + more + MOST_SEVERAL;
  if (wanted > room.units.length) {
    room.units = grown(room.units, new Uint16Array(Math.ceil(1.2 * wanted)));
    room.places = grown(room.places, new Int32Array(room.units.length));
  }
  return room;
}

/** Lone surrogates become U+FFFD in both of what is compared. */
const DECODER = new TextDecoder('utf-16le', { ignoreBOM: true });

function grown<T extends Uint16Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Whether two passages are the same but for what folding lets differ. */
export const foldedEqually = (a: string, b: string): boolean => a === b || folded(a) === folded(b);

/** A passage without what folding lets differ. */
export function folded(text: string): string {
  return withoutMarkers(text)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/ς/g, 'σ')
    .replace(/\u00ad[ \t]*\r?\n\s*/g, '')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[‐‑‒–—―−﹘﹣]/g, '-')
    .replace(/["“”„‟«»‹›‘’‚‛`´′″]/g, "'")
    .replace(/'{2,}/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/ ?-+ ?/g, '-')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, '')
    .trim();
}

function withoutMarkers(text: string): string {
  if (!text.includes('=== ')) return text;
  let kept = '';
  let from = 0;
  for (let at = text.indexOf('==='); at !== -1; at = text.indexOf('===', Math.max(at + 1, from))) {
    const end = markerEnd(text, at);
    if (end === 0) continue;
    kept += text.slice(from, at);
    from = end;
  }
  return kept + text.slice(from);
}
