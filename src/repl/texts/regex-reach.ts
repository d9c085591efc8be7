import type { AST } from '@eslint-community/regexpp';
import { isLeaf, leafWidth } from './regex-leaf.ts';

/** How much of a text an expression can depend on, in units; Infinity where nothing bounds it. */
export interface Reach {
  /** What it takes, in its own direction. */
  readonly width: number;
  /** What it looks at beyond what it takes. */
  readonly over: number;
  /** What it looks at in the other direction, before where it begins. */
  readonly back: number;
}

const NOTHING: Reach = { width: 0, over: 0, back: 0 };

/** The reach of any one of some parts. Never too little; often a little too much. */
export function reachOf(parts: readonly (AST.Alternative | AST.Element)[], unicode: boolean): Reach {
  const pending = new Set<AST.CapturingGroup>();

  const ofAlternatives = (nodes: readonly AST.Alternative[], backward: boolean): Reach =>
    nodes.map(({ elements }) => ofSequence(elements, backward)).reduce(widest, NOTHING);

  const ofSequence = (elements: readonly AST.Element[], backward: boolean): Reach =>
    elements
      .map((element) => ofElement(element, backward))
      .reduce((sum, next) => ({ ...widest(sum, next), width: sum.width + next.width }), NOTHING);

  const ofElement = (node: AST.Element, backward: boolean): Reach => {
    if (isLeaf(node)) return { ...NOTHING, width: leafWidth(node, unicode) };
    switch (node.type) {
      case 'Group':
        return ofAlternatives(node.alternatives, backward);
      case 'CapturingGroup': {
        // A group that refers to itself repeats what it was, which may be anything.
        if (pending.has(node)) return { width: Infinity, over: 0, back: 0 };
        pending.add(node);
        const reach = ofAlternatives(node.alternatives, backward);
        pending.delete(node);
        return reach;
      }
      case 'Quantifier': {
        const reach = ofElement(node.element, backward);
        return { ...reach, width: reach.width === 0 || node.max === 0 ? 0 : reach.width * node.max };
      }
      case 'Backreference': {
        const groups = Array.isArray(node.resolved) ? node.resolved : [node.resolved];
        const width = Math.max(...groups.map((group) => ofElement(group, backward).width));
        return { ...NOTHING, width };
      }
      case 'Assertion':
        return ofAssertion(node, backward);
    }
  };

  const ofAssertion = (node: AST.Assertion, backward: boolean): Reach => {
    if (node.kind !== 'lookahead' && node.kind !== 'lookbehind') return { width: 0, over: 1, back: 1 };
    const looksBack = node.kind === 'lookbehind';
    const inside = ofAlternatives(node.alternatives, looksBack);
    const along = inside.width + inside.over;
    return looksBack === backward
      ? { width: 0, over: along, back: inside.back }
      : { width: 0, over: inside.back, back: along };
  };

  return parts
    .map((part) => (part.type === 'Alternative' ? ofSequence(part.elements, false) : ofElement(part, false)))
    .reduce(widest, NOTHING);
}

const widest = (one: Reach, other: Reach): Reach => ({
  width: Math.max(one.width, other.width),
  over: Math.max(one.over, other.over),
  back: Math.max(one.back, other.back),
});
