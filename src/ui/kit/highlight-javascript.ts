import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/javascript';
import type { CodePiece } from './highlight.ts';

const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], class: 'keyword' },
  { tag: [tags.operatorKeyword, tags.self, tags.null, tags.bool], class: 'keyword' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], class: 'string' },
  { tag: tags.number, class: 'number' },
  { tag: tags.comment, class: 'comment' },
]);

const MODEL_CALLS = /\b(?:llm_query_batched|llm_query|rlm_query)\b/gu;

const ROLES: Readonly<Record<string, CodePiece['role']>> = {
  keyword: 'keyword',
  string: 'string',
  number: 'number',
  comment: 'comment',
};

/** JavaScript in pieces by role; calls of models stand out, inside code and nowhere else. */
export function highlightJavaScript(code: string): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  const put = (text: string, classes: string) => {
    const role = ROLES[classes] ?? 'plain';
    if (role !== 'plain') {
      pieces.push({ text, role });
      return;
    }
    let from = 0;
    for (const match of text.matchAll(MODEL_CALLS)) {
      if (match.index > from) pieces.push({ text: text.slice(from, match.index), role: 'plain' });
      pieces.push({ text: match[0], role: 'call' });
      from = match.index + match[0].length;
    }
    if (from < text.length) pieces.push({ text: text.slice(from), role: 'plain' });
  };
  highlightCode(code, parser.parse(code), highlighter, put, () => put('\n', ''));
  return pieces;
}
