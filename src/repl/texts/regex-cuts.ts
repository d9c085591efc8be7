import { type AST, visitRegExpAST } from '@eslint-community/regexpp';
import { type RegexLeaf, hasStrings, leafSource } from './regex-leaf.ts';

/** Says of a code unit whether no match, and nothing a match looks at, can go across it. */
export type IsCut = (unit: number) => boolean;

/**
 * The characters that no part of an expression takes: the text may be cut behind each of them and
 * searched in pieces. The engine itself is asked, so that its rules of case and of classes hold.
 * Null where the expression is not understood so.
 */
export function cutsOf(pattern: AST.Pattern, flags: string): IsCut | null {
  const unicode = /[uv]/.test(flags);
  const sources = new Set<string>();
  let known = true;
  let modified = false;
  const add = (leaf: RegexLeaf): void => {
    if (!isElement(leaf)) return;
    if (hasStrings(leaf)) known = false;
    sources.add(leafSource(leaf, unicode));
  };
  visitRegExpAST(pattern, {
    onCharacterEnter: add,
    onCharacterClassEnter: add,
    onCharacterSetEnter: add,
    onExpressionCharacterClassEnter: add,
    onModifiersEnter: () => {
      modified = true;
    },
  });
  if (!known) return null;

  // Where a part has flags of its own, the dot counts as taking everything.
  const own = flags.replace(/[^iuvs]/g, '');
  const asked = modified && !own.includes('s') ? `${own}s` : own;
  const taken = new RegExp(sources.size === 0 ? '(?!)' : [...sources].join('|'), asked);
  const answers = new Uint8Array(0x10000);
  return (unit) => {
    const known = answers[unit];
    if (known) return known === 1;
    const character = String.fromCharCode(unit);
    const isCut =
      (unit & 0xf800) !== 0xd800 &&
      // A letter could be taken in its other case, by a reference to what was found before.
      character.toLowerCase() === character.toUpperCase() &&
      !taken.test(character);
    answers[unit] = isCut ? 1 : 2;
    return isCut;
  };
}

/** Not the parts of a class, which are asked about with their class. */
function isElement(leaf: RegexLeaf): boolean {
  const type = leaf.parent?.type;
  return type === 'Alternative' || type === 'Quantifier';
}
