import { RegExpParser, visitRegExpAST, type AST } from '@eslint-community/regexpp';

/** Repetitions from which a group counts as repeated without an end. */
const MANY = 10;
/** Alternatives of a repeated group that are compared with each other, at most. */
const MOST_ALTERNATIVES = 30;
/** Characters by which two sets are compared: Latin, Greek, Cyrillic, a few of the others. */
const PROBES = [...Array.from({ length: 0x500 }, (_, code) => String.fromCharCode(code)), '中', 'あ', '한', '—', '\u2028', '😀'];

/**
 * Whether an expression may take exponential time: nothing in this thread could stop it. True where a
 * repeated group holds a repetition or alternatives, unless one character that nothing else in it
 * matches begins or ends each round (`(,\d+)*`), or the alternatives differ in their first character.
 * Errs on the side of true.
 * @throws SyntaxError when the expression is none.
 */
export function isSlowPattern(source: string): boolean {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: true });
  let slow = false;
  visitRegExpAST(pattern, {
    onQuantifierEnter({ max, element }) {
      if (max < MANY || slow) return;
      if (element.type === 'Group' || element.type === 'CapturingGroup') slow = isAmbiguous(element);
    },
    onBackreferenceEnter() {
      slow = true;
    },
  });
  return slow;
}

function isAmbiguous(group: AST.Group | AST.CapturingGroup): boolean {
  const inside = leavesOf(group);
  const tooMany = inside.groups.some(({ alternatives }) => alternatives.length > MOST_ALTERNATIVES);
  if (inside.hasAssertion || tooMany) return true;
  if (inside.varies) {
    return !group.alternatives.every(({ elements }) =>
      [elements[0], elements.at(-1)].some(
        (end) => end?.type === 'Character' && inside.leaves.every((leaf) => leaf === end || areDistinct(leaf, end)),
      ),
    );
  }
  return inside.groups.some(({ alternatives }) => !beginDifferently(alternatives));
}

interface Leaves {
  /** What matches one character each. */
  readonly leaves: readonly AST.Element[];
  readonly groups: readonly (AST.Group | AST.CapturingGroup)[];
  /** Whether the number of characters it matches is open. */
  readonly varies: boolean;
  readonly hasAssertion: boolean;
}

function leavesOf(group: AST.Group | AST.CapturingGroup): Leaves {
  const leaves: AST.Element[] = [];
  const groups: (AST.Group | AST.CapturingGroup)[] = [];
  let varies = false;
  let hasAssertion = false;
  const look = (element: AST.Element) => {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        groups.push(element);
        for (const { elements } of element.alternatives) elements.forEach(look);
        break;
      case 'Quantifier':
        if (element.min !== element.max) varies = true;
        look(element.element);
        break;
      case 'Assertion':
        hasAssertion = true;
        break;
      default:
        leaves.push(element);
    }
  };
  look(group);
  return { leaves, groups, varies, hasAssertion };
}

function beginDifferently(alternatives: readonly AST.Alternative[]): boolean {
  if (alternatives.length === 1) return true;
  const firsts = alternatives.map(({ elements }) => elements[0]);
  return firsts.every(
    (first, index) => first !== undefined && firsts.slice(0, index).every((other) => other !== undefined && areDistinct(first, other)),
  );
}

/** Whether no character matches both; false where either is no single character. */
function areDistinct(a: AST.Element, b: AST.Element): boolean {
  if (a.type === 'Character' && b.type === 'Character') return a.value !== b.value;
  const [one, other] = [matcherOf(a), matcherOf(b)];
  if (one === null || other === null) return false;
  if (a.type === 'Character') return !other.test(String.fromCodePoint(a.value));
  if (b.type === 'Character') return !one.test(String.fromCodePoint(b.value));
  return !PROBES.some((char) => one.test(char) && other.test(char));
}

function matcherOf(element: AST.Element): RegExp | null {
  const isOne = element.type === 'Character' || element.type === 'CharacterSet' || element.type === 'CharacterClass';
  return isOne ? new RegExp(`^${element.raw}$`, 'u') : null;
}
