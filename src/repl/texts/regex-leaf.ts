import type { AST } from '@eslint-community/regexpp';

/** What takes characters of the text by itself: a character, a class, an escape or a dot. */
export type RegexLeaf = AST.Character | AST.CharacterClass | AST.CharacterSet | AST.ExpressionCharacterClass;

export function isLeaf(node: AST.Element): node is RegexLeaf {
  return (
    node.type === 'Character' ||
    node.type === 'CharacterClass' ||
    node.type === 'CharacterSet' ||
    node.type === 'ExpressionCharacterClass'
  );
}

/** Longest sequence of emoji, in units, and more; there is no longer string in a property. */
const LONGEST_EMOJI = 64;

/** Whether a leaf may match several characters, as only a class with the flag `v` does. */
export const hasStrings = (leaf: RegexLeaf): boolean =>
  /\\q\{|\\p\{(?:Basic_Emoji|Emoji_Keycap_Sequence|RGI_)/.test(leaf.raw);

/** Units that a leaf takes at most. */
export function leafWidth(leaf: RegexLeaf, unicode: boolean): number {
  // A string in a class is written with at least as many units as it matches.
  if (hasStrings(leaf)) return LONGEST_EMOJI + leaf.raw.length;
  return unicode ? 2 : 1;
}

/** A source for a leaf that means the same in any surroundings. */
export function leafSource(leaf: RegexLeaf, unicode: boolean): string {
  if (leaf.type !== 'Character') return leaf.raw;
  const hex = leaf.value.toString(16);
  return unicode ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
