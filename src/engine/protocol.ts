import { findFinal, type FinalInText } from './final-in-text.ts';

/** What a root's reply asks for. */
export type ParsedReply =
  /** `kept` is the reply up to the end of the fence: what follows it leaves the history. */
  | { readonly kind: 'code'; readonly code: string; readonly kept: string }
  | FinalInText
  | { readonly kind: 'none'; readonly why: 'empty' | 'unclosed' | 'no-code' }
  /** Its only closed blocks are tagged with something the REPL does not run ('' is untagged). */
  | { readonly kind: 'none'; readonly why: 'other-language'; readonly language: string };

const CODE_TAGS: ReadonlySet<string> = new Set(['repl', 'js', 'javascript', 'ts', 'typescript']);

interface Line {
  readonly text: string;
  readonly from: number;
  /** End of the text, before the line break. */
  readonly to: number;
}

interface Opening {
  readonly indent: number;
  readonly mark: string;
  readonly tag: string;
}

/**
 * Reads one reply (design §4). The cell is the first closed fence tagged as JavaScript; in a reply
 * without code, `FINAL(…)` or `FINAL_VAR(…)` on a line of its own finishes, as in the paper. Fences
 * follow CommonMark: three or more backticks or tildes, closed by a line of at least as many and
 * nothing else, indented no more than three columns deeper, so that backticks inside code do not
 * end it.
 */
export function parseReply(reply: string): ParsedReply {
  if (reply.trim() === '') return { kind: 'none', why: 'empty' };
  const lines = splitLines(reply);
  const blocks: { readonly from: number; readonly to: number }[] = [];
  let otherLanguage: string | null = null;
  let unclosed = false;

  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) break;
    const opening = readOpening(line.text);
    if (!opening) continue;
    const isCode = CODE_TAGS.has(opening.tag);
    const end = findClosing(lines, i + 1, opening, isCode);
    const last = end === null ? undefined : lines[end];
    if (end === null || !last) {
      unclosed ||= isCode;
      continue;
    }
    if (isCode) {
      const code = reply.slice(lines[i + 1]?.from ?? last.from, last.from);
      return { kind: 'code', code: code.replace(/\r?\n$/, ''), kept: reply.slice(0, last.to) };
    }
    otherLanguage ??= opening.tag;
    blocks.push({ from: line.from, to: last.to });
    i = end;
  }

  if (unclosed) return { kind: 'none', why: 'unclosed' };
  const final = findFinal(reply, (at) => !blocks.some(({ from, to }) => from <= at && at < to));
  if (final) return final;
  if (otherLanguage !== null) return { kind: 'none', why: 'other-language', language: otherLanguage };
  return { kind: 'none', why: 'no-code' };
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= text.length; ) {
    const newline = text.indexOf('\n', from);
    const next = newline === -1 ? text.length : newline;
    const to = next > from && text[next - 1] === '\r' ? next - 1 : next;
    lines.push({ text: text.slice(from, to), from, to });
    from = next + 1;
  }
  return lines;
}

function readOpening(line: string): Opening | null {
  // The info string of a backtick fence holds no backtick, else it is inline code.
  const match = /^([ \t]*)(`{3,}(?!.*`)|~{3,})[ \t]*([^\s`{]*)/.exec(line);
  if (!match) return null;
  const [, indent = '', mark = '', tag = ''] = match;
  return { indent: indent.length, mark, tag: tag.toLowerCase() };
}

/**
 * Index of the line that closes `opening`, or null. A block that is not code is not held to be
 * closed when code opens inside it: the model forgot to close it.
 */
function findClosing(
  lines: readonly Line[],
  start: number,
  opening: Opening,
  isCode: boolean,
): number | null {
  for (let i = start; i < lines.length; i++) {
    const text = lines[i]?.text ?? '';
    const close = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/.exec(text);
    const [, indent = '', mark = ''] = close ?? [];
    if (mark.startsWith(opening.mark) && indent.length <= opening.indent + 3) return i;
    const inner = isCode ? null : readOpening(text);
    if (inner?.mark.startsWith(opening.mark) && CODE_TAGS.has(inner.tag)) return null;
  }
  return null;
}
