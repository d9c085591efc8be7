import type { DocumentInfo } from '../../trajectory/events.ts';
import { CITE_RULE } from '../prompts/cite-rule.ts';

/** What the REPL of a CodeAct run offers besides JavaScript. */
export type Tools = 'alone' | 'search' | 'sub-calls';

/** Passages that one search shows. */
export const SEARCH_RESULTS = 5;

const SUB_CALLS = `- \`await llm_query(prompt)\` in a block: one reply of another model, as a string. It sees only that prompt: put the task and the text to read into it. \`await llm_query_batched(prompts)\`: the replies in order, run in parallel; a failed one is an Error in its place.
`;

const SEARCH_ACT = `or a line of its own
SEARCH(words to look for)
which shows the ${SEARCH_RESULTS} passages that fit those words best (BM25), with document and line. `;

/** The system prompt of CodeAct (arXiv 2512.24601, appendix C.1), in words of our own. `schema` is the answer's, or ''. */
export function codeactPrompt(tools: Tools, schema: string): string {
  const search = tools === 'search';
  const where = search
    ? 'The documents are not in this conversation: you find passages of them by search.'
    : 'The context is in the first message; the REPL does not have it.';
  return `You answer a question in turns of THINK, ACT and ANSWER. ${where}

Each turn begins with
THINK: what you know, what is missing and what you do next, in a few sentences.
Then comes exactly one of these, and you stop there:
ACT: ${search ? `a search, as below, or ` : ''}ONE block of JavaScript that begins with \`\`\`repl and ends with \`\`\`${search ? `; a search is ${SEARCH_ACT.replace(/^or /, '')}` : '. '}The output is given to you in the next message; never write it yourself.
ANSWER: the finished answer to the question. It ends the conversation.

The REPL (JavaScript, ES2023, top-level await; no network, file or import):
- \`print(...)\` or a cell's last expression shows a value, at most 20,000 characters of it. Variables stay from turn to turn.
- Each block must run as it stands: real values in it, no placeholders.
${search ? `- \`search(query, { limit })\` in a block: the same passages as an array of { document, name, line, text }.\n` : ''}${tools === 'sub-calls' ? SUB_CALLS : ''}- Use code where counting, sorting or reckoning must be exact.

Quote names, numbers and dates as the text has them.${tools === 'search' ? ` ${CITE_RULE}` : ''} If the text does not hold the answer, say so; do not guess.${schema === '' ? '' : `\nThe answer must be JSON that satisfies this JSON Schema, after ANSWER: and nothing beside it, or as a value that a block gives to FINAL(value):\n${schema}`}

A finished turn looks like this:
THINK: The word must be counted exactly, so I count it in code.
ACT:
\`\`\`repl
const words = "error carrot mirror arrow".split(" ");
print(words.filter((word) => word.split("r").length - 1 === 2));
\`\`\``;
}

const LISTED_DOCUMENTS = 50;

/** The first message of a run that searches: the question, and the documents without their text. */
export function searchMessage(question: string, documents: readonly DocumentInfo[]): string {
  const listed = documents
    .slice(0, LISTED_DOCUMENTS)
    .map(({ name, chars }, index) => `${index}. ${JSON.stringify(name.slice(0, 200))}: ${chars.toLocaleString('en')} characters`);
  const more = documents.length - listed.length;
  if (more > 0) listed.push(`and ${more.toLocaleString('en')} more`);
  return `Question:\n${question}\n\nDocuments:\n${listed.join('\n')}`;
}

/** What follows a turn that acted. `variables` are all names that its cells have made. */
export function actOutput(observation: string, variables: readonly string[]): string {
  const shown = observation.trim() === '' ? '(It printed nothing.)' : observation.trimEnd();
  const made = variables.length === 0 ? '' : `\n\nYour variables: ${variables.join(', ')}.`;
  return `OUTPUT:\n${shown}${made}`;
}

/** The cell that a `SEARCH(query)` line runs. */
export function searchCell(query: string): string {
  return `for (const { document, line, text } of search(${JSON.stringify(query)}, { limit: ${SEARCH_RESULTS} })) {
  print(\`[\${documents[document]?.name ?? document}, line \${line}]\\n\${text}\\n\`);
}`;
}

export interface Slip {
  readonly why: 'empty' | 'unclosed' | 'no-code' | 'other-language' | 'empty-answer';
  readonly finishReason: string;
}

/** What a model is told whose reply neither acted nor answered. */
export function slipMessage({ why, finishReason }: Slip, tools: Tools): string {
  const acts = tools === 'search' ? 'one ```repl block or one SEARCH(...) line' : 'one ```repl block';
  const how = `Write THINK: and a sentence, then either ACT: with ${acts}, or ANSWER: with the answer.`;
  if (finishReason === 'length') return `Your reply was cut off at its length limit before it acted or answered. Think less. ${how}`;
  switch (why) {
    case 'empty':
      return `Your reply was empty (it ended with «${finishReason}»). ${how}`;
    case 'unclosed':
      return `Your block was not closed with \`\`\` on a line of its own, so nothing was run. ${how}`;
    case 'other-language':
      return `Your block was not run: the REPL runs JavaScript, in a block tagged repl. ${how}`;
    case 'empty-answer':
      return 'Your answer was empty, so it was not accepted. Write it after ANSWER: on the same line.';
    case 'no-code':
      return `Your reply held neither ACT nor ANSWER, so nothing happened. ${how}`;
  }
}

/** `body` with the turn, and the notice of the last one. */
export function withActLine(
  body: string,
  { turn, turns, last }: { readonly turn: number; readonly turns: number; readonly last: string | null },
): string {
  const end = last === null ? '' : ' This is your last turn: write ANSWER: with the best answer that you have.';
  return `${body}\n\nTurn ${turn} of ${turns}.${end}`;
}
