import type { Keyword } from '../keywords.ts';
import { CLOSING, grouped, js, literal } from './cell.ts';
import type { Turn } from './cell.ts';
import { inTemplate } from './finish.ts';
import { RANK_FUNCTION } from './rank.ts';

/** Turn 2 of a list over prose: more passages than for one fact, read for every item they hold. */
export function listTurn(question: string, keywords: readonly Keyword[]): Turn {
  return {
    plan: 'A list may be spread over the whole text. I gather more passages than for a single fact, and sub-models name every item that each of them holds, with its sentence.',
    code: js`
// LIST: read the passages that speak of it for every item they name.
${RANK_FUNCTION}

const keywords = ${literal(keywords)};
${keywords.length === 0 ? 'const passages = texts.flatMap((text, document) => Array.from({ length: Math.min(12, Math.ceil(text.length / 6000)) }, (_, i) => ({ document, line: 0, text: text.slice(i * 6000, i * 6000 + 6000) }))).slice(0, 24);' : 'const passages = rank(keywords, 24);'}
for (const { word, found } of keywords) print(\`keyword: \${word} \${found}\`);
const replies = await llm_query_batched(passages.map((passage) => \`List every item that the passage names and the question asks for, one a line: - <item> | <its sentence>
Reply NONE if there is none.

Question: ${inTemplate(question)}

Passage:
"""
\${passage.text}
"""\`));
// The union, each item once; what a sub-model made up is not in its passage and is dropped.
const items = new Map();
replies.forEach((reply, i) => {
  if (reply instanceof Error) {
    print(\`failed: \${reply.message}\`);
    return;
  }
  for (const [, item, quote] of reply.matchAll(/^- ([^|\n]+?)(?: \| (.*))?$/gm)) {
    if (passages[i].text.replace(/\s+/g, ' ').includes(item) && !items.has(item.toLowerCase())) {
      items.set(item.toLowerCase(), { item, quote: quote ?? item, document: documents[passages[i].document].name });
    }
  }
});
print(\`items: \${items.size} from \${passages.length} passages\`);
for (const { item, quote } of [...items.values()].slice(0, 12)) print(\`- \${item}: \${quote.slice(0, 120)}\`);`,
  };
}

export function listFinish(): Turn {
  return {
    plan: 'The items stand in their passages. I finish with the whole list.',
    code: js`
// FINISH: every item, with the sentence that names it.
const listed = [...items.values()].slice(0, 100).map(({ item, quote, document }) => \`- **\${item}**\${quote === item ? '' : \`: “\${quote.length > 200 ? \`\${quote.slice(0, 200)}…\` : quote}”\`} [\${document}]\`);
FINAL(\`\${items.size} found in the \${passages.length} passages that speak of it:

\${listed.join('\n')}

${CLOSING}\`);`,
  };
}

/** Things of a fixed form (addresses, dates, links): one search finds them all. */
export function patternTurn(what: string, pattern: RegExp): Turn {
  return {
    plan: `Every ${what} has a form that a regular expression knows, so one search of the whole text lists them.`,
    code: js`
// PATTERN: all of them, each once, with how often and where first.
const found = grep(${literal(pattern)}, { limit: Infinity, around: 0 });
const items = new Map();
for (const { text, line, document } of found) {
  const item = items.get(text) ?? { item: text, count: 0, line, document: documents[document].name };
  item.count += 1;
  items.set(text, item);
}
print(\`items: \${items.size} in \${found.length} places\`);
print([...items.values()].slice(0, 10));`,
  };
}

export function patternFinish(): Turn {
  return {
    plan: 'The samples have the right form. I finish with the list.',
    code: js`
// FINISH: the list, most frequent first.
const listed = [...items.values()].sort((a, b) => b.count - a.count).slice(0, 200);
FINAL(\`**\${${grouped('items.size')}}** different ones in \${${grouped('found.length')}} places:

\${listed.map(({ item, count, line, document }) => \`- \${item} (\${${grouped('count')}}×, first in \${document}, line \${line})\`).join('\n')}

${CLOSING}\`);`,
  };
}
