import { findFinal } from '../final-in-text.ts';
import { parseReply, type ParsedReply } from '../protocol.ts';

/** What a CodeAct reply asks for. */
export type ActReply =
  | ParsedReply
  | { readonly kind: 'answer'; readonly text: string }
  /** `kept` is the reply up to the end of the line. */
  | { readonly kind: 'search'; readonly query: string; readonly kept: string };

const ANSWER = /^[ \t>*#_]*ANSWER[*_]*:[*_]*/m;
const SEARCH = /^[ \t>*_-]*(?:\**ACT\**:\**[ \t]*)?`?SEARCH\((.*)\)`?[ \t;.]*$/m;
const FENCE = /^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t]*\1[`~]*[ \t]*$/gm;

/**
 * Reads one reply of a CodeAct model: the first of a block of code, a `SEARCH(…)` line where there
 * is a search, and `ANSWER:`, which reaches to the end. What follows an action is thrown away, as
 * the model cannot know its output yet.
 */
export function readActReply(reply: string, mayVary: { readonly search: boolean }): ActReply {
  // Words inside a block are not the model's own.
  const prose = reply.replaceAll(FENCE, (block) => block.replace(/[^\n]/g, ' '));
  const parsed = parseReply(reply);
  const code = parsed.kind === 'code' ? parsed.kept.length : Infinity;
  const answer = ANSWER.exec(prose);
  const search = mayVary.search ? SEARCH.exec(prose) : null;
  const answerAt = answer?.index ?? Infinity;
  const searchAt = search?.index ?? Infinity;
  if (search && searchAt < answerAt && searchAt < code) {
    return { kind: 'search', query: unquoted(search[1] ?? ''), kept: reply.slice(0, searchAt + search[0].length) };
  }
  if (answer && answerAt < code) return answerOf(reply.slice(answerAt + answer[0].length).trim());
  return parsed;
}

/** An answer that is a FINAL is that one. */
function answerOf(text: string): ActReply {
  const final = text.startsWith('FINAL') ? findFinal(text, (at) => at === 0) : null;
  return final ?? { kind: 'answer', text };
}

function unquoted(query: string): string {
  return query.trim().replace(/^(["'`])(.*)\1$/s, '$2').trim();
}
