import { CLOSING, grouped, js } from './cell.ts';
import type { Turn } from './cell.ts';

/** Turn 2 of a summary: parts spread over everything, each summed up by a sub-model. */
export function summaryTurn(): Turn {
  return {
    plan: 'A summary has to see the whole, not one passage. I cut parts from evenly spread places, and sub-models pick the most telling sentences of each.',
    code: js`
// SUMMARY: evenly spread parts, each summed up on its own.
const PARTS = 10;
const PART = 6000;
const parts = [];
if (texts.length > 1) {
  // Several documents: the beginnings of evenly spread ones.
  const some = Math.min(PARTS, texts.length);
  for (let i = 0; i < some; i += 1) {
    const document = Math.floor((i * texts.length) / some);
    parts.push({ document, text: texts[document].slice(0, PART) });
  }
} else {
  const some = Math.max(1, Math.min(PARTS, Math.ceil(size / PART)));
  for (let i = 0; i < some; i += 1) {
    const from = Math.floor((i * Math.max(0, size - PART)) / Math.max(1, some - 1));
    const text = texts[0].slice(from, from + PART);
    // Begin and end with whole lines or sentences.
    const start = from === 0 ? 0 : Math.max(0, text.search(/\n|[.!?] /) + 1);
    parts.push({ document: 0, text: text.slice(start, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('. ') + 1, start + 200)) });
  }
}
const replies = await llm_query_batched(parts.map(({ text }) => \`Summarize the text in \${parts.length > 3 ? 'one sentence' : 'three sentences'}.

Text:
"""
\${text}
"""\`));
const points = replies.flatMap((reply, i) => (reply instanceof Error || reply.trim() === '' ? [] : [{ point: reply.trim(), document: documents[parts[i].document].name }]));
print(\`points: \${points.length} of \${parts.length} parts\`);
for (const { point } of points) print(\`- \${point.slice(0, 160)}\`);`,
  };
}

export function summaryFinish(): Turn {
  return {
    plan: 'Each part gave its most telling sentences. I put them in the order of the text and say how they were chosen.',
    code: js`
// FINISH: the sentences in order, and an honest word on how they were chosen.
const listed = points.map(({ point, document }) => \`- \${point}\${documents.length > 1 ? \` (\${document})\` : ''}\`);
FINAL(\`An extractive summary: the sentences below are the text's own, picked by word frequency from \${parts.length} evenly spread parts of \${${grouped('size')}} characters.

\${listed.join('\n')}

${CLOSING}\`);`,
  };
}
