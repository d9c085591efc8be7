import type { CellError } from '../trajectory/events.ts';

/** An error as the guest describes it. */
export interface GuestError {
  readonly name: string;
  readonly message: string;
  /** QuickJS's own: a line `    at name (file:line:column)` for each frame, innermost first. */
  readonly stack: string;
}

/** 1-based line of the innermost frame in `file`, if one is there. */
export function lineIn(stack: string, file: string): number | null {
  for (const frame of stack.split('\n')) {
    const at = frame.indexOf(`${file}:`);
    const line = at === -1 ? NaN : Number.parseInt(frame.slice(at + file.length + 1), 10);
    if (line >= 1) return line;
  }
  return null;
}

export const OUT_OF_MEMORY: GuestError = { name: 'InternalError', message: 'out of memory', stack: '' };
/** How the guest describes what the engine throws where there is no room even for an error. */
export const THROWN_NOTHING: readonly string[] = ['thrown: null', 'thrown: [unsupported type]'];

export function isOutOfMemory({ name, message }: GuestError): boolean {
  return name === OUT_OF_MEMORY.name && message === OUT_OF_MEMORY.message;
}

/** What the model is told of an error: what was thrown and where, and what helps where we know it. */
export function toCellError(
  error: GuestError,
  file: string,
  more: { readonly hint: string | null; readonly memoryBytes: number },
): CellError {
  const line = lineIn(error.stack, file);
  let { message } = error;
  if (error.name === 'SyntaxError' && more.hint) message += ` (${more.hint})`;
  if (isOutOfMemory(error)) {
    const megabytes = Math.round(more.memoryBytes / 2 ** 20);
    message += `: the REPL has ${megabytes} MB; set variables you no longer need to null`;
  }
  if (error.name === 'InternalError' && message === 'stack overflow') {
    message += ': recursion is limited to about 600 calls; use a loop and a list of what is left to do';
  }
  return { name: error.name, message, ...(line === null ? {} : { line }) };
}
