import type { HostText } from './host-text.ts';
import type { IsCut } from './regex-cuts.ts';
import type { SearchPlan } from './search-plan.ts';
import { SearchTooWide } from './search-too-wide.ts';
import { windowEnd } from './window-size.ts';

/** A part of a text in which all matches that begin in [at, until) can be decided. */
export interface SearchWindow {
  readonly text: string;
  /** Where `text` begins in the whole. */
  readonly base: number;
  /** Matches that begin from here on belong to the next window; Infinity in the last one. */
  readonly until: number;
  /** Whether the expression of `SearchPlan.edge` is to be used: what may depend on the end is not decided. */
  readonly edge?: true;
}

interface Limits {
  readonly window: number;
  readonly widest: number;
}

/** Seen beside what an expression needs, so that no end of a window is taken for an end of the text. */
const MARGIN = 2;

/**
 * The window from `at` on, of about `size` units.
 * @throws SearchTooWide where none of at most `widest` units can decide anything.
 */
export function nextWindow(
  text: HostText,
  plan: SearchPlan,
  at: number,
  size: number,
  limits: Limits,
): SearchWindow {
  if (plan.ahead <= limits.window && plan.behind <= limits.window) {
    return boundedWindow(text, plan, at, size);
  }
  const base = plan.behind <= limits.window ? Math.max(0, at - plan.behind - MARGIN) : baseAtCut(text, plan, at, limits);
  const end = size <= limits.window ? windowEnd(at, size) : at + Math.min(size, limits.widest);
  const wanted = Math.min(text.length, end);
  const units = text.slice(base, wanted);
  if (wanted === text.length) return { text: units, base, until: Infinity };
  // With the other way to go on, a cut that is far from the end is not worth looking for.
  const near = plan.edge ? units.length - Math.max(8, units.length >> 4) : 0;
  const cut = plan.isCut ? lastCut(units, plan.isCut, Math.max(at - base, near)) : -1;
  if (cut !== -1) return { text: units.slice(0, cut + 1), base, until: base + cut + 1 };
  if (size > limits.widest) throw new SearchTooWide(limits.widest);
  if (plan.edge) {
    const whole = withoutTornPair(units);
    return { text: whole, base, until: base + whole.length, edge: true };
  }
  return nextWindow(text, plan, at, size * 2, limits);
}

/** Expressions that look only so far: windows that overlap by as much. */
function boundedWindow(text: HostText, plan: SearchPlan, at: number, size: number): SearchWindow {
  const base = Math.max(0, at - plan.behind - MARGIN);
  const end = windowEnd(at, size);
  if (end >= text.length) return { text: text.slice(base, text.length), base, until: Infinity };
  const units = text.slice(base, end + plan.ahead + MARGIN);
  // The next window does not begin inside a surrogate pair.
  const torn = isPairAt(units, end - base - 1);
  return { text: units, base, until: torn ? end + 1 : end };
}

/** Where what stands before `at` need not be seen, as nothing looks back across it. */
function baseAtCut(text: HostText, { isCut }: SearchPlan, at: number, { window, widest }: Limits): number {
  for (let size = window; ; size *= 2) {
    const base = Math.max(0, at - size);
    if (base === 0 && at <= widest) {
      const cut = isCut ? lastCut(text.slice(0, at), isCut, 0) : -1;
      return Math.max(0, cut);
    }
    const cut = isCut ? lastCut(text.slice(base, at), isCut, 0) : -1;
    if (cut !== -1) return base + cut;
    if (size >= widest) throw new SearchTooWide(widest);
  }
}

/** The last character in [from, length) at which a text can be cut, or -1. */
function lastCut(text: string, isCut: IsCut, from: number): number {
  for (let at = text.length - 1; at >= from; at--) {
    if (isCut(text.charCodeAt(at))) return at;
  }
  return -1;
}

const isPairAt = (text: string, at: number): boolean => at >= 0 && (text.codePointAt(at) ?? 0) > 0xffff;

/** Without the first half of a pair at the very end, whose other half is not here. */
const withoutTornPair = (text: string): string =>
  (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800 ? text.slice(0, -1) : text;
