import type MagicString from 'magic-string';
import type { AnyNode, ArrowFunctionExpression, BlockStatement } from 'acorn';

const NAME = '__s';

/** A variable of our own in one function of a cell, declared when it is first used. */
export class Temporary {
  readonly #declare: () => void;
  #declared = false;

  private constructor(declare: () => void) {
    this.#declare = declare;
  }

  /**
   * The variable for code in `child` of `node`, where `outer` is the one for `node` itself. There is
   * none at the top of a cell, where it would be global, nor where no statement can declare it.
   */
  static inside(
    text: MagicString,
    node: AnyNode,
    child: AnyNode,
    outer: Temporary | null,
  ): Temporary | null {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        if (child !== node.body) return null;
        const { body } = node;
        if (body.type === 'BlockStatement') return new Temporary(() => declareIn(text, body));
        if (node.type !== 'ArrowFunctionExpression' || node.params.at(-1)?.type === 'RestElement') {
          return null;
        }
        return new Temporary(() => addParameter(text, node));
      }
      case 'PropertyDefinition':
      case 'StaticBlock':
        return null;
      default:
        return outer;
    }
  }

  use(): string {
    if (!this.#declared) this.#declare();
    this.#declared = true;
    return NAME;
  }
}

function declareIn(text: MagicString, body: BlockStatement) {
  const directive = body.body.findLast((statement) => 'directive' in statement);
  // Before what has been put there already.
  text.prependLeft(directive?.end ?? body.start + 1, directive ? `;var ${NAME};` : `var ${NAME};`);
}

/** With a value of its own, it leaves the function's `length` as it was. */
function addParameter(text: MagicString, arrow: ArrowFunctionExpression) {
  const last = arrow.params.at(-1);
  const first = arrow.params[0];
  if (!first || !last) {
    text.appendLeft(text.original.indexOf('(', arrow.start) + 1, `${NAME} = 0`);
  } else if (text.original.slice(arrow.start, first.start).includes('(')) {
    text.appendLeft(last.end, `, ${NAME} = 0`);
  } else {
    text.appendLeft(first.start, '(');
    text.appendLeft(last.end, `, ${NAME} = 0)`);
  }
}
