const OPENING = /^[ \t]*(?:`{3,}|~{3,})[ \t]*(?:repl|js|javascript|ts|typescript)\b[^\n`]*(?:\n|$)/gimu;
const CLOSING = /^[ \t]*(?:`{3,}|~{3,})[ \t]*\r?$/mu;

/** A reply, cut at the block that was run. The parts and their fences are the whole text. */
export interface ReplyParts {
  /** What was said before the block, and the block's opening fence. */
  readonly before: string;
  readonly code: string;
  /** The line that closes the block. */
  readonly close: string;
  /** What the model wrote after it: not run, and not in the history of the next turn. */
  readonly after: string;
}

/**
 * Finds the block in `text` that became the cell `code`; null where no block holds it, as for an
 * answer that stood in the text. The engine has decided what is run: this only finds it again.
 */
export function replyParts(text: string, code: string): ReplyParts | null {
  for (const opening of text.matchAll(OPENING)) {
    const from = opening.index + opening[0].length;
    if (!text.startsWith(code, from)) continue;
    const rest = text.slice(from + code.length);
    const closing = CLOSING.exec(rest);
    const end = closing ? closing.index + closing[0].length : rest.length;
    return {
      before: text.slice(0, from),
      code,
      close: rest.slice(0, end).trim(),
      after: rest.slice(end).replace(/^\r?\n/u, ''),
    };
  }
  return null;
}

/** The block of a reply that is still being written, as far as it has come; null before it opens. */
export function codeBeingWritten(text: string): string | null {
  // An `exec` would leave its place in the expression, from which every later search begins.
  const [opening] = text.matchAll(OPENING);
  if (!opening) return null;
  const rest = text.slice(opening.index + opening[0].length);
  const closing = CLOSING.exec(rest);
  return closing ? rest.slice(0, closing.index).replace(/\r?\n$/u, '') : rest;
}
