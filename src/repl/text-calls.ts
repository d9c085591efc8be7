import type MagicString from 'magic-string';
import type { AnyNode, CallExpression, Program, UnaryExpression } from 'acorn';
import { SmallTexts } from './small-texts.ts';
import { childrenOf } from './syntax.ts';
import { Temporary } from './temporary.ts';

/** Units from which a string is searched by the host; below, the engine itself is as fast. */
export const LARGE_UNITS = 32_768;
/** Methods of strings that the host runs faster than QuickJS does. */
const METHODS = new Set(
  'indexOf lastIndexOf includes search match matchAll split toLowerCase toUpperCase'.split(' '),
);

const isLarge = (text: string) => `${text}?.length >= ${LARGE_UNITS}`;

/**
 * Rewrites the calls that are slow on large strings such that a large receiver (`exec` and `test`:
 * argument) is handed to the host: what is called is chosen by a look at the length, and all else
 * stays as it was, order of evaluation, `this`, optional chaining and errors included. `typeof` of a
 * text that only the host holds becomes 'string'.
 *
 *     text.match(/a/g)   (text?.length >= 32768 ? __repl.on(text) : text).match(/a/g)
 */
export function rewriteTextCalls(text: MagicString, program: Program): void {
  new Rewriter(text, program).visit(program, null);
}

class Rewriter {
  readonly #text: MagicString;
  readonly #small: SmallTexts;
  /** Starts of statements before which a `(` would continue the line above. */
  readonly #guarded = new Set<number>();

  constructor(text: MagicString, program: Program) {
    this.#text = text;
    this.#small = new SmallTexts(program);
  }

  visit(node: AnyNode, temporary: Temporary | null, parent: AnyNode | null = null): void {
    this.#guard(node);
    const finish = this.#rewrite(node, temporary, parent);
    this.#small.within(node, () => {
      for (const child of childrenOf(node)) {
        this.visit(child, Temporary.inside(this.#text, node, child, temporary), node);
      }
    });
    finish?.();
  }

  /** @returns what is to be done after the inside of the node, if anything. */
  #rewrite(node: AnyNode, temporary: Temporary | null, parent: AnyNode | null): (() => void) | null {
    if (node.type === 'UnaryExpression' && node.operator === 'typeof') {
      return this.#rewriteTypeof(node, parent);
    }
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null;
    const { callee } = node;
    if (callee.computed || callee.property.type !== 'Identifier' || callee.object.type === 'Super') {
      return null;
    }
    // Where the chain has ended before, there is nothing to look at.
    if (!callee.optional && isChained(callee.object)) return null;
    const { name } = callee.property;
    const again = name === 'indexOf' && !callee.optional && !node.optional ? argumentsOf(this.#text.original, node) : null;
    if (again !== null && callee.object.type === 'Identifier' && !this.#small.isSmall(callee.object)) {
      const text = callee.object.name;
      return this.#around(node, `(${isLarge(text)} ? __repl.indexOf(${text}, ${again}) : `, ')');
    }
    if (METHODS.has(name) && !splitsAtText(node, name)) {
      return this.#rewriteReceiver(callee.object, temporary);
    }
    const [text] = node.arguments;
    const isSearch = (name === 'exec' || name === 'test') && node.arguments.length === 1;
    if (!isSearch || !text || callee.optional || node.optional) return null;
    if (text.type === 'SpreadElement' || this.#small.isSmall(text)) return null;
    return this.#rewriteArgument(node, callee.object, name, text, temporary);
  }

  #rewriteReceiver(object: AnyNode, temporary: Temporary | null): (() => void) | null {
    if (this.#small.isSmall(object)) return null;
    const twice = readTwice(object, temporary === null);
    if (twice !== null) {
      return this.#around(object, `(${isLarge(twice)} ? __repl.on(${twice}) : `, ')');
    }
    if (!temporary) return this.#around(object, '__repl.on((', '))');
    const name = temporary.use();
    return this.#around(object, `((${name} = (`, `))?.length >= ${LARGE_UNITS} ? __repl.on(${name}) : ${name})`);
  }

  #rewriteArgument(
    call: CallExpression,
    receiver: AnyNode,
    method: string,
    argument: AnyNode,
    temporary: Temporary | null,
  ): (() => void) | null {
    const again = sourceOf(this.#text.original, receiver);
    if (again !== null && argument.type === 'Identifier') {
      const { name } = argument;
      return this.#around(call, `(${isLarge(name)} ? __repl.${method}(${again}, ${name}) : `, ')');
    }
    const { original } = this.#text;
    if (again !== null) {
      const name = temporary?.use();
      const head = name === undefined ? `__repl.${method}(${again}, (` : `((${name} = (`;
      const tail =
        name === undefined
          ? '))'
          : `))?.length >= ${LARGE_UNITS} ? __repl.${method}(${again}, ${name}) : ${again}.${method}(${name}))`;
      const start = this.#opening(call.start, head);
      return this.#replaceAround(call, argument, start, tail);
    }
    const gap = original.slice(receiver.end, argument.start);
    if (gap.includes('/')) return null;
    const closing = ')'.repeat(gap.split(')').length - 1);
    this.#text.appendLeft(call.start, `__repl.${method}(`);
    this.#text.overwrite(receiver.end, argument.start, `${closing}, (${linesOf(gap)}`);
    this.#overwrite(argument.end, call.end, '))');
    return null;
  }

  /** Replaces what is before and after the one argument of a call. */
  #replaceAround(call: CallExpression, argument: AnyNode, head: string, tail: string): null {
    this.#overwrite(call.start, argument.start, head);
    this.#overwrite(argument.end, call.end, tail);
    return null;
  }

  #overwrite(from: number, to: number, content: string) {
    this.#text.overwrite(from, to, content + linesOf(this.#text.original.slice(from, to)));
  }

  #rewriteTypeof(node: UnaryExpression, parent: AnyNode | null): (() => void) | null {
    const { argument } = node;
    if (argument.type === 'Literal' || comparedWithOther(node, parent)) return null;
    if (argument.type === 'Identifier') {
      const { name } = argument;
      return this.#around(node, `(typeof ${name} === 'object' && __repl.isText(${name}) ? 'string' : `, ')');
    }
    this.#text.overwrite(node.start, node.start + 'typeof'.length, '__repl.typeOf(');
    return () => void this.#text.appendLeft(node.end, ')');
  }

  #around(node: AnyNode, head: string, tail: string): () => void {
    this.#text.appendLeft(node.start, this.#opening(node.start, head));
    return () => void this.#text.appendLeft(node.end, tail);
  }

  #opening(at: number, head: string): string {
    return head.startsWith('(') && this.#guarded.delete(at) ? `;${head}` : head;
  }

  /** Statements of a list may have a `;` before them. */
  #guard(node: AnyNode) {
    const isList =
      node.type === 'Program' || node.type === 'BlockStatement' || node.type === 'StaticBlock';
    const statements = isList ? node.body : node.type === 'SwitchCase' ? node.consequent : [];
    for (const statement of statements) {
      // Handed to a function by `transform.ts`.
      const isArgument = node.type === 'Program' && isCall(statement) && statement !== statements.at(-1);
      if (statement.type === 'ExpressionStatement' && !isArgument) this.#guarded.add(statement.start);
      if (statement.type === 'ExportDefaultDeclaration') this.#guarded.add(statement.declaration.start);
    }
  }
}

/** The source of two arguments that may stand twice, of which one is evaluated; null for any others. */
function argumentsOf(source: string, { arguments: [first, second, ...others] }: CallExpression): string | null {
  if (!first || !second || others.length > 0 || !isSimple(first) || !isSimple(second)) return null;
  const both = source.slice(first.start, second.end);
  return /[\n/()]/.test(both) ? null : both;
}

/** Names, texts and numbers, and sums of them: nothing in them is rewritten. */
function isSimple(node: AnyNode): boolean {
  switch (node.type) {
    case 'Identifier':
      return true;
    case 'Literal':
      return typeof node.value === 'string' || typeof node.value === 'number';
    case 'BinaryExpression':
      return /^[+-]$/.test(node.operator) && isSimple(node.left) && isSimple(node.right);
    case 'MemberExpression':
      return !node.computed && !node.optional && node.property.type === 'Identifier' && isSimple(node.object);
    default:
      return false;
  }
}

/** The source of a receiver that may stand twice, of which one is evaluated; null for any other. */
function sourceOf(source: string, node: AnyNode): string | null {
  if (node.type === 'Identifier' || node.type === 'ThisExpression') return source.slice(node.start, node.end);
  if (node.type === 'Literal') return 'regex' in node && node.regex ? source.slice(node.start, node.end) : null;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return null;
  const object = sourceOf(source, node.object);
  return object === null || node.optional ? null : `${object}.${node.property.name}`;
}

/** What may be read twice in place of `node`; elements of lists only where there is nothing better. */
function readTwice(node: AnyNode, orElement: boolean): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (!orElement || node.type !== 'MemberExpression' || !node.computed) return null;
  const { object, property } = node;
  if (object.type !== 'Identifier') return null;
  if (property.type === 'Identifier') return `${object.name}[${property.name}]`;
  const isIndex = property.type === 'Literal' && typeof property.value === 'number';
  return isIndex ? `${object.name}[${property.value}]` : null;
}

const isCall = (node: AnyNode): boolean =>
  node.type === 'ExpressionStatement' && node.expression.type === 'CallExpression';

/** Whether `node` is in an optional chain that has begun inside of it. */
function isChained(node: AnyNode): boolean {
  for (let at: AnyNode = node; ; ) {
    if (at.type === 'MemberExpression') {
      if (at.optional) return true;
      at = at.object;
    } else if (at.type === 'CallExpression') {
      if (at.optional) return true;
      at = at.callee;
    } else return false;
  }
}

/** A split at a given text, which the engine does best. */
function splitsAtText(call: CallExpression, method: string): boolean {
  const [separator] = call.arguments;
  const isText = separator?.type === 'Literal' && typeof separator.value === 'string';
  return method === 'split' && (isText || separator?.type === 'TemplateLiteral');
}

/** `typeof x === 'number'`: a text of the host is neither before nor after. */
function comparedWithOther(node: AnyNode, parent: AnyNode | null): boolean {
  if (parent?.type !== 'BinaryExpression' || !/^[!=]==?$/.test(parent.operator)) return false;
  const other = parent.left === node ? parent.right : parent.left;
  return other.type === 'Literal' && other.value !== 'string' && other.value !== 'object';
}

const linesOf = (source: string): string => '\n'.repeat(source.split('\n').length - 1);
