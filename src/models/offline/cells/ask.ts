import { js, literal } from './cell.ts';
import type { Turn } from './cell.ts';

/** Defines `ask(question, passages)` in the REPL: sub-models read, code checks what they quote. */
export const ASK_FUNCTION = js`
// One sub-call a passage, all at once. Returns the answers whose quote really stands in the text.
async function ask(question, passages) {
  const replies = await llm_query_batched(passages.map((passage) => \`Answer the question from the passage alone. Reply in this form:
ANSWER: <a few words>
CONFIDENCE: <0 to 100>
QUOTE: <the sentence that says so, copied exactly>
If the passage does not say it, reply NOT FOUND, then RELATED: <sentence> for a sentence that names what the answer may hang on.

Question: \${question}

Passage (\${documents[passage.document].name}, from line \${passage.line}):
"""
\${passage.text}
"""\`));
  const answers = [];
  const related = [];
  replies.forEach((reply, i) => {
    const { document, from, line } = passages[i];
    if (reply instanceof Error) {
      print(\`failed: \${reply.message}\`);
      return;
    }
    for (const [, sentence] of reply.matchAll(/^RELATED: (.+)$/gm)) related.push(sentence);
    const form = /^ANSWER: (.+)\n+CONFIDENCE: (\d+)\n+QUOTE: ([^]+)$/.exec(reply.trim());
    if (form === null) return; // NOT FOUND
    const [, answer, confidence, quote] = form;
    const at = texts[document].indexOf(quote, from);
    if (at < 0) {
      print(\`unsupported: \${answer} (its quote is not in the text)\`);
      return;
    }
    const breaks = texts[document].slice(from, at).split('\n').length - 1;
    answers.push({ answer, confidence: Number(confidence), quote, document: documents[document].name, line: line + breaks });
  });
  // The same answer from several passages is surer.
  const same = (a, b) => a.answer.toLowerCase() === b.answer.toLowerCase();
  for (const one of answers) one.votes = answers.filter((other) => same(one, other)).length;
  answers.sort((a, b) => b.confidence + 2 * b.votes - (a.confidence + 2 * a.votes));
  return { answers, related: [...new Set(related)] };
}`;

const SHOW = js`
print(\`answers: \${answers.length}\`);
for (const { answer, confidence, votes, document, line, quote } of answers.slice(0, 5)) {
  print('answer: ' + JSON.stringify({ answer, confidence, votes, document, line, quote: quote.slice(0, 300) }));
}
for (const sentence of related.slice(0, 8)) print('related: ' + JSON.stringify(sentence));`;

/** Turn 3: sub-models read the ranked passages. */
export function askTurn(question: string, passages: string): Turn {
  return {
    plan: `${passages} Code found where to read; what the passages say is for sub-models. Each gets the question and one passage and must quote; I keep only answers whose quote I find in the text again.`,
    code: js`
// ASK: let sub-models read the best passages, and check their quotes.
${ASK_FUNCTION}

const question = ${literal(question)};
let { answers, related } = await ask(question, passages);
${SHOW}`,
  };
}

export interface Bridge {
  readonly name: string;
  readonly question: string;
  readonly keywords: string;
}

/** A second pair of search and reading, for what the first one led to. */
export function followTurn(bridges: readonly Bridge[], plan: string): Turn {
  return {
    plan,
    code: js`
// FOLLOW: ask again with what the first passages named.
const steps = [
${bridges.map((bridge) => `  { question: ${literal(bridge.question)}, keywords: ${bridge.keywords} },`).join('\n')}
];
answers = [];
related = [];
for (const next of steps) {
  const found = await ask(next.question, rank(next.keywords, 5));
  for (const one of found.answers) answers.push({ ...one, question: next.question });
  related.push(...found.related);
}
answers.sort((a, b) => b.confidence - a.confidence);
${SHOW}`,
  };
}

/** Without sub-models the root reads the passages itself, so it must see them. */
export function readTurn(why: string): Turn {
  return {
    plan: `${why} So I print the best passages and read them myself.`,
    code: js`
// READ: show me the passages.
for (const { document, line, text } of passages) {
  print('passage: ' + JSON.stringify({ document: documents[document].name, line, text: text.slice(0, 1800) }));
}`,
  };
}
