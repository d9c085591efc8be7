import type { AnyNode, CallExpression, Expression, Pattern, Program } from 'acorn';
import { childrenOf } from './syntax.ts';

/** Methods of an array of parts that give an array of parts. */
const KEEPING = new Set('filter slice sort toSorted reverse toReversed map concat'.split(' '));
/** Methods whose first argument is called with the parts; `reduce` gives them as its second. */
const CALLING = new Set(
  'map filter forEach some every find findIndex findLast findLastIndex flatMap reduce'.split(' '),
);
/** Methods of strings whose results are short. */
const SHORT = new Set('charAt toFixed padStart padEnd toISOString'.split(' '));
/** Kinds of expressions that make short strings, or none. */
const NO_TEXTS = new Set<AnyNode['type']>([
  'Literal',
  'TemplateLiteral',
  'ArrayExpression',
  'ObjectExpression',
  'NewExpression',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassExpression',
]);
/** What variables of earlier cells that hold parts are called. */
const PART_NAMES = /^(lines|rows|words|tokens|sentences|paragraphs)$/i;

/**
 * Which expressions of a cell are evidently short strings: a call of a method on one is not worth a
 * look at its length. A wrong guess costs speed, never a result.
 */
export class SmallTexts {
  readonly #parts = new Set<string>();
  readonly #small: string[] = [];

  constructor(program: Program) {
    const collect = (node: AnyNode) => {
      if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
        if (this.#isParts(node.init)) this.#parts.add(node.id.name);
        else if (this.#isPart(node.init)) this.#small.push(node.id.name);
      }
      childrenOf(node).forEach(collect);
    };
    collect(program);
  }

  /** Runs `visit` for the inside of `node`, where its loop variable or its parameters are known. */
  within(node: AnyNode, visit: () => void): void {
    const names = namesOf(this.#partsIn(node));
    this.#small.push(...names);
    visit();
    this.#small.length -= names.length;
  }

  isSmall(node: AnyNode): boolean {
    if (NO_TEXTS.has(node.type)) return true;
    if (node.type === 'Identifier') return this.#small.includes(node.name);
    if (this.#isPart(node)) return true;
    if (node.type !== 'CallExpression') return false;
    const name = methodOf(node);
    if (name !== null && SHORT.has(name)) return true;
    return node.callee.type === 'MemberExpression' && this.isSmall(node.callee.object);
  }

  /** Patterns that a loop or a callback fills with parts. */
  #partsIn(node: AnyNode): (Pattern | null | undefined)[] {
    if (node.type === 'ForOfStatement') {
      if (node.left.type !== 'VariableDeclaration') return [];
      const id = node.left.declarations[0]?.id;
      if (this.#isParts(node.right)) return [id];
      const isEntries = node.right.type === 'CallExpression' && methodOf(node.right) === 'entries';
      if (!isEntries || id?.type !== 'ArrayPattern') return [];
      return this.#isParts(objectOf(node.right)) ? [id.elements[1]] : [];
    }
    if (node.type !== 'CallExpression') return [];
    const name = methodOf(node);
    const callback = node.arguments[0];
    const isCallback =
      callback?.type === 'ArrowFunctionExpression' || callback?.type === 'FunctionExpression';
    if (name === null || !CALLING.has(name) || !isCallback || !this.#isParts(objectOf(node))) return [];
    return [callback.params[name === 'reduce' ? 1 : 0]];
  }

  /** An element of an array of parts. */
  #isPart(node: AnyNode): boolean {
    return node.type === 'MemberExpression' && node.computed && this.#isParts(node.object);
  }

  /** An array of parts of a text. */
  #isParts(node: AnyNode | null): boolean {
    if (node?.type === 'Identifier') return this.#parts.has(node.name) || PART_NAMES.test(node.name);
    if (node?.type === 'LogicalExpression') return this.#isParts(node.left);
    if (node?.type === 'ChainExpression') return this.#isParts(node.expression);
    if (node?.type !== 'CallExpression') return false;
    const name = methodOf(node);
    if (name === 'split' || name === 'lines') return true;
    return name !== null && KEEPING.has(name) && this.#isParts(objectOf(node));
  }
}

const namesOf = (patterns: readonly (Pattern | null | undefined)[]): string[] =>
  patterns.flatMap((pattern) => (pattern?.type === 'Identifier' ? [pattern.name] : []));

function methodOf({ callee }: CallExpression): string | null {
  const isNamed =
    callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier';
  return isNamed && callee.property.type === 'Identifier' ? callee.property.name : null;
}

function objectOf(node: Expression): AnyNode | null {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression'
    ? node.callee.object
    : null;
}
