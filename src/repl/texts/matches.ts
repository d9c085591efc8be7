import type { HostText } from './host-text.ts';
import { type SearchWindow, nextWindow } from './search-window.ts';
import { searchPlan } from './search-plan.ts';
import { SEARCH_WINDOW, firstSize, largerSize } from './window-size.ts';

/** Gets a match and where it begins in the text; returning false ends the search. */
export type VisitMatch = (match: RegExpExecArray, index: number) => boolean | void;

/** Gets each window of a text in a file before it is searched; they are in order, and may overlap. */
export type VisitWindow = (text: string, base: number) => void;

export interface MatchLimits {
  /** Units searched at a time. */
  readonly window: number;
  /** Units that one window may grow to for a match that is longer than usual. */
  readonly widest: number;
}

export const MATCH_LIMITS: MatchLimits = { window: SEARCH_WINDOW, widest: 64 * 2 ** 20 };

/**
 * All matches from the unit `from` on, as repeated `exec` of the expression with /g finds them in the
 * whole text (with /y: until the first that does not begin where the last ended). The expression
 * itself, and its `lastIndex`, are left as they are.
 *
 * For a text in a file `match.index` is that in the text, as for a whole string, but `match.input` is
 * empty, and what the match holds does not keep the window it was found in alive.
 *
 * @throws SearchTooWide where a match may depend on more of a file than fits in memory.
 * @throws the text's reader's error, and what `visit` throws.
 */
export function eachMatch(
  text: HostText,
  expression: RegExp,
  from: number,
  visit: VisitMatch,
  limits = MATCH_LIMITS,
  onWindow?: VisitWindow,
): void {
  const searched = repeatable(expression);
  if (text.whole !== null) {
    searchIn({ text: text.whole, base: 0, until: Infinity }, searched, Math.max(0, from), visit);
    return;
  }
  const plan = searchPlan(searched);
  const detached: VisitMatch = (match, index) => visit(detach(match, index), index);
  let at = Math.max(0, from);
  let size = firstSize(limits.window);
  while (at <= text.length) {
    const window = nextWindow(text, plan, at, size, limits);
    onWindow?.(window.text, window.base);
    const expression = window.edge ? plan.edge : searched;
    const next = searchIn(window, expression ?? searched, at, detached);
    if (next === null) return;
    // Where nothing was gained, a match may be longer than the window.
    size = next === at ? size * 2 : largerSize(size, limits.window);
    at = next;
  }
}

/** All matches from the start, as `String.prototype.match` gives them with /g; none is []. */
export function matchStrings(text: HostText, expression: RegExp, limits = MATCH_LIMITS): string[] {
  if (text.whole !== null) {
    const { source, flags } = expression;
    return text.whole.match(new RegExp(source, flags.includes('g') ? flags : `${flags}g`)) ?? [];
  }
  const found: string[] = [];
  eachMatch(text, expression, 0, ([match]) => void found.push(match), limits);
  return found;
}

/** The same expression with a `lastIndex` of its own. */
function repeatable({ source, flags }: RegExp): RegExp {
  return new RegExp(source, flags.includes('y') ? flags : `${flags.replace('g', '')}g`);
}

/**
 * Visits the matches that begin at `at` or later in a window's own part. Returns where the search
 * goes on in the text: `at` itself where the first match needs more than the window; null where the
 * search has ended.
 */
function searchIn(window: SearchWindow, expression: RegExp, at: number, visit: VisitMatch): number | null {
  const { text, base, until } = window;
  const unicode = expression.unicode || expression.flags.includes('v');
  const end = window.edge === true ? text.length : -1;
  let next = at - base;
  for (;;) {
    expression.lastIndex = next;
    const match = next + base < until ? expression.exec(text) : null;
    if (match === null) {
      const ended = until === Infinity || (expression.sticky && next + base < until);
      return ended ? null : Math.max(next + base, until);
    }
    const index = match.index + base;
    if (index >= until) return Math.max(next + base, until);
    const after = expression.lastIndex;
    if (after === end) return Math.max(at, index);
    next = match[0] === '' ? afterEmpty(text, after, unicode) : after;
    if (visit(match, index) === false) return null;
  }
}

/** One character further, as the language goes on after an empty match. */
function afterEmpty(text: string, index: number, unicode: boolean): number {
  const isPair = unicode && (text.codePointAt(index) ?? 0) > 0xffff;
  return index + (isPair ? 2 : 1);
}

/** Strings up to this length are copies anyway. */
const COPIED = 12;

/** A match with copies of its strings, which would else keep all of the window in memory. */
function detach(match: RegExpExecArray, index: number): RegExpExecArray {
  match.index = index;
  match.input = '';
  for (let at = 0; at < match.length; at++) {
    const found = match[at];
    if (found !== undefined && found.length > COPIED) match[at] = copyOf(found);
  }
  const { groups } = match;
  if (groups) {
    for (const [name, found] of Object.entries(groups)) {
      if (found !== undefined && found.length > COPIED) groups[name] = copyOf(found);
    }
  }
  return match;
}

/** The same units in memory of their own: a joined string is laid out anew when it is cut. */
export const copyOf = (text: string): string => ` ${text}`.slice(1);
