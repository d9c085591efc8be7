import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { reachOf } from './texts/regex-reach.ts';

/** Units that an engine may look at beside a match without being much slower for it. */
const NEAR_UNITS = 256;
const parser = new RegExpParser({ ecmaVersion: 2025 });

/**
 * Whether an expression may look at much more of a text than it matches, as `a(?=[^]*b)` does: a
 * slow engine that is told where its matches are is slow all the same.
 */
export function looksFar(source: string, flags: string): boolean {
  if (!/\(\?<?[=!]/.test(source)) return false;
  const isUnicode = /[uv]/.test(flags);
  let isFar = false;
  try {
    const pattern = parser.parsePattern(source, 0, source.length, {
      unicode: flags.includes('u'),
      unicodeSets: flags.includes('v'),
    });
    visitRegExpAST(pattern, {
      onAssertionEnter(node) {
        if (node.kind !== 'lookahead' && node.kind !== 'lookbehind') return;
        const { width, over, back } = reachOf(node.alternatives, isUnicode);
        if (!(width + over + back <= NEAR_UNITS)) isFar = true;
      },
    });
  } catch {
    // Newer than the parser.
    return true;
  }
  return isFar;
}
