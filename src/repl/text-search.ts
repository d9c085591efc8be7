import { looksFar } from './looks-far.ts';
import { MatchPacker, pack, separatorOf } from './packed.ts';
import { findLastText, findText } from './texts/find.ts';
import { MATCH_LIMITS, eachMatch, matchStrings } from './texts/matches.ts';
import { eachLine, eachPiece } from './texts/pieces.ts';
import type { Packed, PackedBatch } from './packed.ts';
import type { HostText } from './texts/host-text.ts';
import type { MatchLimits } from './texts/matches.ts';

/** `flags` where `source` is a text to be found as it is. */
export const PLAIN = 'plain';
/** Characters that one batch of matches or lines may hold, about. */
const BATCH_UNITS = 4 * 2 ** 20;
/** Lines of one batch. */
const BATCH_LINES = 65_536;

/** A character that is nowhere in a text that is in memory. */
const separators = new WeakMap<HostText, string>();

function separatorIn(text: HostText): string | undefined {
  if (text.whole === null) return undefined;
  const known = separators.get(text);
  if (known !== undefined) return known;
  const found = separatorOf(text.whole);
  separators.set(text, found);
  return found;
}

/** Up to `most` occurrences of `needle` at or after `position`, overlapping ones too; -1 after the last. */
export function findBatch(text: HostText, needle: string, position: number, most: number): number[] {
  const places: number[] = [];
  let at = position;
  while (places.length < most) {
    const found = findText(text, needle, at);
    places.push(found);
    // An empty needle is found at the end again and again.
    if (found === -1 || found >= text.length) break;
    at = found + 1;
  }
  return places;
}

/** As `findBatch` in a text that is in memory. */
export function findPlaces(
  { whole }: HostText,
  needle: string,
  position: number,
  most: number,
): ArrayBuffer | null {
  if (whole === null) return null;
  const places = new Int32Array(most);
  let count = 0;
  for (let at = position; count < most; count += 1) {
    const found = whole.indexOf(needle, at);
    places[count] = found;
    if (found === -1) return places.buffer.slice(0, (count + 1) * Int32Array.BYTES_PER_ELEMENT);
    at = found + 1;
  }
  return places.buffer;
}

/** Where matches are in a text that is in memory, as `TextHost.matchPlaces` hands them over. */
export function matchPlaces(
  { whole }: HostText,
  source: string,
  flags: string,
  position: number,
  most: number,
): ArrayBuffer | null {
  if (whole === null || looksFar(source, flags)) return null;
  const expression = new RegExp(source, flags);
  const places = new Int32Array(most * 2 + 2);
  let count = 0;
  let isOver = false;
  expression.lastIndex = position;
  while (count < most * 2) {
    const match = expression.exec(whole);
    isOver = match === null;
    if (match === null) break;
    places[count] = match.index;
    places[count + 1] = expression.lastIndex;
    count += 2;
    if (match[0] === '') expression.lastIndex += emptyStep(whole, expression, expression.lastIndex);
  }
  places[count] = isOver ? whole.length : expression.lastIndex;
  places[count + 1] = isOver || expression.lastIndex > whole.length ? 1 : 0;
  return places.buffer.slice(0, (count + 2) * Int32Array.BYTES_PER_ELEMENT);
}

export const findLast = (text: HostText, needle: string, position: number): number =>
  findLastText(text, needle, position);

/** @throws SyntaxError when the host's engine does not know the expression. */
export function search(text: HostText, source: string, flags: string): number {
  const expression = new RegExp(source, flags.replace('g', ''));
  if (text.whole !== null) return text.whole.search(expression);
  let found = -1;
  eachMatch(text, withFlag(expression, 'g'), 0, (_match, index) => {
    found = index;
    return false;
  });
  return found;
}

/** All matches as texts, as `match` with /g; null where there is none. */
export function matchTexts(
  text: HostText,
  source: string,
  flags: string,
  limits = MATCH_LIMITS,
): Packed | null {
  const expression = new RegExp(source, flags);
  const texts =
    text.whole === null ? matchStrings(text, expression, limits) : (text.whole.match(expression) ?? []);
  return texts.length === 0 ? null : pack(texts, separatorIn(text));
}

/** Up to `most` matches from `position` on, as repeated calls of `exec` with /g or /y find them. */
export function matchBatch(
  text: HostText,
  source: string,
  flags: string,
  position: number,
  most: number,
  limits = MATCH_LIMITS,
): PackedBatch {
  const expression = withFlag(new RegExp(source, flags), 'g');
  const packer = new MatchPacker();
  let start = position;
  const add = (match: RegExpExecArray, index: number): boolean => {
    packer.add(match, index, start);
    const end = index + match[0].length;
    start = match[0] === '' ? end + emptyStep(text, expression, end) : end;
    return packer.count < most && packer.units < BATCH_UNITS;
  };
  let isOver = true;
  if (text.whole === null) {
    const visit = (match: RegExpExecArray, index: number) => (isOver = add(match, index));
    eachMatch(text, expression, position, visit, limits);
  } else {
    const { whole } = text;
    for (;;) {
      expression.lastIndex = start;
      const match = expression.exec(whole);
      if (!match) break;
      if (add(match, match.index)) continue;
      isOver = false;
      break;
    }
  }
  return packer.finish(start, isOver || start > text.length, separatorIn(text));
}

/** How far the next search begins from an empty match: past a whole character with /u or /v. */
function emptyStep(text: Pick<HostText, 'slice'>, expression: RegExp, end: number): number {
  if (!expression.unicode && !expression.flags.includes('v')) return 1;
  return /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(end, end + 2)) ? 2 : 1;
}

const withFlag = (expression: RegExp, flag: string): RegExp =>
  expression.flags.includes(flag) ? expression : new RegExp(expression, expression.flags + flag);

/** Parts of a text, `limit` of them at most, as `split` makes them. */
export function splitTexts(
  text: HostText,
  source: string,
  flags: string,
  limit: number,
  limits = MATCH_LIMITS,
): Packed {
  if (flags === PLAIN) {
    const parts: string[] = [];
    if (limit === 0) return pack(parts);
    if (source === '') return pack(text.slice(0, Math.min(limit, text.length)).split(''));
    eachPiece(text, source, (part) => parts.push(part) < limit, limits.window);
    return pack(parts);
  }
  // Whether a split goes from place to place is its own matter.
  const expression = new RegExp(source, flags.replace(/[gy]/g, ''));
  if (text.whole !== null) {
    // With a limit of more than 31 bits V8 looks at every place by itself.
    const parts = text.whole.split(expression, limit < 2 ** 30 ? limit : undefined);
    return pack(parts, separatorIn(text));
  }
  return pack(splitFile(text, withFlag(expression, 'g'), limit, limits));
}

const PAIR = /^[\ud800-\udbff][\udc00-\udfff]$/;

function splitFile(
  text: HostText,
  expression: RegExp,
  limit: number,
  limits: MatchLimits,
): (string | undefined)[] {
  const parts: (string | undefined)[] = [];
  const byCodePoints = expression.unicode || expression.flags.includes('v');
  let from = 0;
  if (limit === 0 || (text.length === 0 && expression.test(''))) return parts;
  eachMatch(text, expression, 0, (match, index) => {
    const end = index + match[0].length;
    if (index >= text.length) return false;
    // Nothing between the last separator and an empty one.
    if (end === from) return true;
    // `split` goes by code points where the expression does, and never looks between the halves of a pair.
    if (byCodePoints && PAIR.test(text.slice(index - 1, index + 1))) return true;
    parts.push(text.slice(from, index), ...match.slice(1));
    from = end;
    return parts.length < limit;
  }, limits);
  if (parts.length < limit) parts.push(text.slice(from, text.length));
  return parts.slice(0, limit);
}

/** Lines from the one that begins at `position` on, and where the next batch begins or -1. */
export function lineBatch(
  text: HostText,
  position: number,
  { window }: Pick<MatchLimits, 'window'> = MATCH_LIMITS,
): { lines: Packed; next: number } {
  const lines: string[] = [];
  let units = 0;
  let next = -1;
  eachLine(text.range(position, text.length), (line, from) => {
    if (lines.length >= BATCH_LINES || units > BATCH_UNITS) {
      next = position + from;
      return false;
    }
    lines.push(line);
    units += line.length;
    return true;
  }, window);
  return { lines: pack(lines, '\n'), next };
}
