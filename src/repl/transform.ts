import { parse } from 'acorn';
import MagicString from 'magic-string';
import { rewriteTextCalls } from './text-calls.ts';
import type {
  ExportNamedDeclaration,
  ImportDeclaration,
  Program,
  ReturnStatement,
  Statement,
  VariableDeclaration,
} from 'acorn';

/** A cell as QuickJS runs it: a global script that may await. Line numbers are those of the cell. */
export interface Script {
  readonly code: string;
  /** True where the last statement is an expression whose value is shown, as a notebook does. */
  readonly echoes: boolean;
  /** What to do about a cell that cannot be parsed (it is unchanged, for the engine's own error). */
  readonly hint: string | null;
}

/** Names a cell may "import": they are there already. */
const HOST_NAMES = new Set(
  'print llm_query llm_query_batched rlm_query grep SHOW_VARS budget FINAL FINAL_VAR answer history search context documents'.split(
    ' ',
  ),
);

/**
 * A cell as `rewrite` makes it. Code that is nested too deep for that (a sum of thousands of lines,
 * say) is left with its calls as they are or, where even that is too much, as it is.
 */
export function transformCell(source: string): Script {
  for (const calls of [true, false]) {
    try {
      return rewrite(source, calls);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return { code: source, echoes: false, hint: null };
}

/**
 * Rewrites the top level of a cell so that cells of one REPL share their names (function bodies
 * and blocks are left alone, but for searches of large texts, see `text-calls.ts`):
 *
 * - `let`, `const` and `class` become `var`, so that a later cell may declare the name again;
 * - `return x`, also inside an `if`, ends the cell with `x` as its value;
 * - `export` goes; an `import` of names that are here anyway goes, any other throws when reached;
 * - a call whose value nobody takes is handed to `__repl.float`, which waits for its promise.
 *
 * @param calls whether calls that search texts are rewritten.
 * @throws RangeError where the code is nested too deep.
 */
function rewrite(source: string, calls: boolean): Script {
  let program: Program;
  try {
    program = parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
      allowImportExportEverywhere: true,
      allowHashBang: true,
    });
  } catch (error) {
    return { code: source, echoes: false, hint: hintFor(source, error) };
  }
  const text = new MagicString(source);
  const last = program.body.at(-1);
  for (const statement of program.body) {
    switch (statement.type) {
      case 'VariableDeclaration':
        declare(text, statement);
        break;
      case 'ClassDeclaration':
        text.appendLeft(statement.start, `var ${statement.id.name} = `);
        text.appendRight(statement.end, ';');
        break;
      case 'ImportDeclaration':
        importNames(text, statement);
        break;
      case 'ExportNamedDeclaration':
        exportNames(text, statement);
        break;
      case 'ExportDefaultDeclaration':
        text.remove(statement.start, statement.declaration.start);
        break;
      case 'ExpressionStatement':
        if (statement !== last && statement.expression.type === 'CallExpression') {
          text.appendLeft(statement.expression.start, '__repl.float(');
          text.appendRight(statement.expression.end, ')');
        }
        break;
      case 'ExportAllDeclaration':
        text.remove(statement.start, statement.end);
        break;
      default:
        for (const found of returnsIn(statement)) returnValue(text, found);
    }
  }
  if (calls) rewriteTextCalls(text, program);
  return { code: text.toString(), echoes: last !== undefined && isShown(last), hint: null };
}

/** The two slips that engines report least helpfully. */
function hintFor(source: string, error: unknown): string | null {
  const at = error instanceof SyntaxError && 'pos' in error ? Number(error.pos) : source.length;
  if (/\bawait\s+$/.test(source.slice(0, at))) {
    return '`await` stands at the top level or in an `async` function: make the function around it async';
  }
  const typed =
    /\b(interface|type|enum)\s+\w+\s*[={<]|[\w)\]}]\??\s*:\s*(string|number|boolean|any|unknown|void|Array<|Record<|Promise<|Map<|Set<)|\bas\s+(const|any|unknown|string|number)\b/;
  return typed.test(source) ? 'write plain JavaScript, without TypeScript types' : null;
}

/** A notebook shows the value of an expression, not of an assignment. */
function isShown(statement: Program['body'][number]): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const { type } = statement.expression;
  return type !== 'AssignmentExpression' && type !== 'UpdateExpression';
}

function declare(text: MagicString, declaration: VariableDeclaration) {
  const { kind, declarations } = declaration;
  const first = declarations[0];
  if (kind === 'var' || !first) return;
  text.overwrite(declaration.start, first.start, `var${gapBefore(text, declaration.start, first.start)}`);
  for (const { id, init, end } of declarations) {
    // `let x;` in a cell that runs again starts afresh.
    if (!init && id.type === 'Identifier') text.appendLeft(end, ' = undefined');
  }
}

/** What stands between `const` and the first name: kept, since it may hold line breaks. */
function gapBefore(text: MagicString, from: number, to: number): string {
  return text.original.slice(from, to).replace(/^(await\s+)?\w+/, '');
}

function importNames(text: MagicString, statement: ImportDeclaration) {
  const isHere = statement.specifiers.every(
    (specifier) => HOST_NAMES.has(specifier.local.name) && specifier.type === 'ImportSpecifier',
  );
  const lines = text.original.slice(statement.start, statement.end).replace(/[^\n]/g, '');
  const module = String(statement.source.value);
  const message = `there are no modules here, so ${JSON.stringify(module)} cannot be imported: write plain JavaScript`;
  text.overwrite(
    statement.start,
    statement.end,
    (isHere && statement.specifiers.length > 0
      ? ';'
      : `throw new Error(${JSON.stringify(message)});`) + lines,
  );
}

function exportNames(text: MagicString, statement: ExportNamedDeclaration) {
  const { declaration } = statement;
  if (!declaration) {
    text.remove(statement.start, statement.end);
    return;
  }
  text.remove(statement.start, declaration.start);
  if (declaration.type === 'VariableDeclaration') declare(text, declaration);
  if (declaration.type === 'ClassDeclaration') {
    text.appendLeft(declaration.start, `var ${declaration.id.name} = `);
    text.appendRight(declaration.end, ';');
  }
}

function returnValue(text: MagicString, { start, end, argument }: ReturnStatement) {
  if (!argument) {
    text.overwrite(start, end, 'throw __repl.returned();');
    return;
  }
  text.overwrite(start, start + 'return'.length, 'throw __repl.returned((');
  text.appendRight(argument.end, '))');
}

/** `return`s of the cell itself: those in no function. */
function returnsIn(statement: Statement): ReturnStatement[] {
  const found: ReturnStatement[] = [];
  const visit = (node: unknown) => {
    if (Array.isArray(node)) {
      node.forEach(visit);
    } else if (isNode(node)) {
      if (node.type === 'ReturnStatement') found.push(node as ReturnStatement);
      else if (!/Function|^Class/.test(node.type)) Object.values(node).forEach(visit);
    }
  };
  visit(statement);
  return found;
}

const isNode = (value: unknown): value is { readonly type: string } =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
