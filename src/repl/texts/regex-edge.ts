import type { AST } from '@eslint-community/regexpp';
import { hasStrings, isLeaf, leafSource, leafWidth } from './regex-leaf.ts';
import { reachOf } from './regex-reach.ts';

/** Matches at the very end of what is searched with any flags; never inside a surrogate pair, as `(?![^])` does. */
const END = '$(?![\\n\\r\\u2028\\u2029])';

/** Any character with any flags; `[^]*` takes nothing with the flag `v` in some engines. */
const ANY = '[\\s\\S]';

/** An element in a place that the rewriting cannot do justice to. */
class NotRewritable extends Error {}

/**
 * An expression that tells whether the end of a window had a say in a match.
 *
 * Wherever the given expression would look at what comes after the window, this one goes to the
 * window's end instead and succeeds there. So, of all matches that begin in the window:
 * - one that ends before the window's end is a match of the given expression over the whole text,
 *   the same in every group;
 * - one that ends at the window's end may depend on what lies beyond: the search goes on from its
 *   beginning in another window;
 * - what neither finds is not there.
 *
 * Null for expressions that cannot be rewritten so (references to groups of any length).
 */
export function edgeSource(pattern: AST.Pattern, flags: string): string | null {
  try {
    return sourceOf(pattern.alternatives, { unicode: /[uv]/.test(flags), captures: true }, true);
  } catch (error) {
    if (error instanceof NotRewritable) return null;
    throw error;
  }
}

interface Mode {
  readonly unicode: boolean;
  /** False for a copy of a part that stands elsewhere too, where its groups have their numbers. */
  readonly captures: boolean;
}

/** @param atStart whether a match begins here: what is looked at first is inside the window. */
function sourceOf(alternatives: readonly AST.Alternative[], mode: Mode, atStart: boolean): string {
  return alternatives
    .map(({ elements }) => {
      let first = atStart;
      return elements
        .map((element) => {
          const source = elementSource(element, mode, first);
          first &&= element.type === 'Assertion' && isNear(element, mode);
          return source;
        })
        .join('');
    })
    .join('|');
}

function elementSource(node: AST.Element, mode: Mode, first: boolean): string {
  if (isLeaf(node)) {
    const source = leafSource(node, mode.unicode);
    if (hasStrings(node)) return orEnd(source, leafWidth(node, mode.unicode));
    return first ? source : `(?:${source}|${END})`;
  }
  switch (node.type) {
    case 'Group': {
      const modifiers = node.modifiers?.raw ?? '';
      return `(?${modifiers}:${sourceOf(node.alternatives, mode, first)})`;
    }
    case 'CapturingGroup': {
      const open = !mode.captures ? '(?:' : node.name === null ? '(' : `(?<${node.name}>`;
      return `${open}${sourceOf(node.alternatives, mode, first)})`;
    }
    case 'Quantifier':
      return quantifierSource(node, mode, first);
    case 'Backreference': {
      const { width } = reachOf([node], mode.unicode);
      if (!mode.captures || width === Infinity) throw new NotRewritable();
      return orEnd(node.raw, width);
    }
    case 'Assertion':
      return assertionSource(node, mode, first);
  }
}

function quantifierSource(node: AST.Quantifier, mode: Mode, first: boolean): string {
  const { element, min } = node;
  const times = node.raw.slice(element.raw.length);
  if (!isLeaf(element) || hasStrings(element)) return `(?:${elementSource(element, mode, false)})${times}`;
  const source = leafSource(element, mode.unicode);
  // The end stops a repetition as any other character does, and what follows succeeds there.
  if (min === 0 || (min === 1 && first)) return source + times;
  return min === 1 ? `(?:${source}${times}|${END})` : `(?:${source}|${END})${times}`;
}

function assertionSource(node: AST.Assertion, mode: Mode, first: boolean): string {
  if (first && isNear(node, mode)) return node.raw;
  // In a copy the groups of a part would be counted twice.
  if (!mode.captures && /\\[1-9k]|\((?!\?[:=!]|\?<[=!])/.test(node.raw)) throw new NotRewritable();
  const { over } = reachOf([node], mode.unicode);
  if (over !== Infinity) return orEnd(node.raw, over);
  if (node.kind !== 'lookahead') throw new NotRewritable();
  const copy = sourceOf(node.alternatives, { ...mode, captures: false }, false);
  return `(?:(?=(?:${copy})${END})${ANY}*${END}|${node.raw})`;
}

/** Whether an assertion looks at no more than the next character, which is there where a match begins. */
const isNear = (node: AST.Assertion, { unicode }: Mode): boolean => reachOf([node], unicode).over <= 1;

/** `source`, or the way to the end where fewer than `units` are left. */
function orEnd(source: string, units: number): string {
  return units <= 1 ? `(?:${END}|${source})` : `(?:(?!${ANY}{${units}})${ANY}*${END}|${source})`;
}
