import type { BudgetView, ContextDocument } from '../repl/port.ts';
import type { RunSettings } from '../trajectory/settings.ts';

/** All that the engine says to a root model. The offline model reads the labels of these texts. */

/** Sub-calls of a call: none, plain replies only, or child RLMs too. */
export type Reach = 'none' | 'plain' | 'recursive';

const NAMES = {
  context: `- \`context\`: what the question is about: one text, or an array of texts (the first message says which). Read-only. A very large text is lazy: it has the reading methods of a string (length, slice, indexOf, match, matchAll, …) and lines(), at full speed, but is never copied whole.
- \`documents\`: beside it, an array of { name, kind, chars, lines, pages?, lazy? }.
- \`grep(pattern, { limit, around, document, count })\`: fast search of the context with a string or RegExp; an array of the first 100 matches { document, index, line, text, before, after }; \`limit: Infinity\` for all, \`count: true\` for their number alone.`,
  queries: `- \`await llm_query(prompt)\`: one reply of a sub-model, as a string. It sees only that prompt: not the context, not this conversation, and it has no REPL. Put the task and the text to read into the prompt, and ask for a short answer in a fixed form.
- \`await llm_query_batched(prompts)\`: the replies in order, run in parallel. A failed one is an Error in its place (\`reply instanceof Error\`), never text.`,
  recursive: `- \`await rlm_query(question, context)\`: a child like you, with a REPL and turns of its own over that context (a text, a slice of one, or an array of them). Slow and dear: for a part that needs exploring by itself. For reading and extracting use llm_query.`,
  plainRlm: `- \`await rlm_query(question, context)\`: at this depth a plain sub-model reply over that context, the same as llm_query with the text in the prompt.`,
  rest: `- \`print(...)\` or \`console.log(...)\`: the only way to see anything, besides the value of a cell's last expression, which is shown too.
- \`SHOW_VARS()\`: the variables you made. \`budget()\`: what is left of calls, money, turns and time.
- \`FINAL(value)\`: ends with that answer. \`FINAL_VAR("name")\`: ends with a variable's value, of any length. \`answer = { content, ready: true }\` does the same; with \`ready: false\` it keeps a draft in case the turns run out.`,
};

const DELEGATE = `4. Code finds WHERE, sub-models understand WHAT. When one passage or a regular expression pins the answer, read it yourself and ask nobody. When meaning must be judged over much text, give it to sub-models in fat prompts: about 100,000 characters each, about 20 in a batch, several batches one after another if need be. Hundreds of prompts of one line each are the mistake to avoid: pack many items into each prompt, numbered. Every prompt carries the question and the data. Filter in code first when the data is more than that.
5. Keep results in variables and count, join and sort them in code. Do not retype them.`;

const ALONE = `4. There are no sub-models in this run: find, read and reckon in code and by looking at what you print.
5. Keep results in variables and count, join and sort them in code. Do not retype them.`;

/** The system prompt of an `rlm` call. Short, and the same for every turn, so that it is cached. */
export function systemPrompt(reach: Reach): string {
  const queries = {
    none: [],
    plain: [NAMES.queries, NAMES.plainRlm],
    recursive: [NAMES.queries, NAMES.recursive],
  }[reach];
  return `You are a Recursive Language Model. You answer a question about a context that may be far larger than you could read. The context is not in this conversation: it is a variable in a JavaScript REPL. You write code, turn by turn, to look at it${reach === 'none' ? '' : ', to hand parts of it to sub-models,'} and to build the answer.

In the REPL (JavaScript, ES2023, top-level await; your variables stay from turn to turn and may be declared again; there is no network, file or import):
${[NAMES.context, ...queries, NAMES.rest].join('\n')}

How to work:
1. Each turn, say in a sentence or two what you do next and why, then write ONE block that begins with \`\`\`repl and ends with \`\`\`, and stop there. It is run and you are shown what it printed, at most 20,000 characters of it (head and tail). Never write the output yourself: what follows the block is thrown away.
2. Look first: print the shape and a few short slices of the context before you plan.
3. Print little and to the point. Your own window is small; the variables are not.
${reach === 'none' ? ALONE : DELEGATE}
6. ${reach === 'none' ? 'A cell' : 'Always `await` a query. A cell'} that throws keeps the variables it had made: mend it and go on.
7. Check before you finish: print the candidate answer and what supports it, read that, and call FINAL in a later turn. Quote names, numbers and dates as the context has them. If the context does not hold the answer, say so; do not guess. The answer is a finished reply to the question, never a plan.

A finished turn looks like this:
I look at the size of the context and how it begins.
\`\`\`repl
print(documents);
print((Array.isArray(context) ? context[0] : context).slice(0, 500));
\`\`\``;
}

const LISTED_DOCUMENTS = 50;

const LAZY =
  'A lazy text has the read methods of a string and lines(). Search it with grep, match or matchAll, go through it with `for (const line of text.lines())`, slice pieces of up to 16,000,000 characters; it cannot be printed, joined or put into a prompt whole.';

/** The first user message: the question, and the context's measures without a word of its text. */
export function firstMessage(
  question: string,
  documents: readonly ContextDocument[],
  single: boolean,
): string {
  const chars = documents.reduce((sum, document) => sum + document.chars, 0);
  const type = single ? '`context` is one text' : `\`context\` is an array of ${count(documents.length, 'text')}`;
  const listed = documents.slice(0, LISTED_DOCUMENTS).map((document, index) => {
    const pages = document.pages === undefined ? '' : `, ${count(document.pages, 'page')}`;
    const lazy = document.lazy === true ? ', lazy' : '';
    const size = `${count(document.chars, 'character')}, ${count(document.lines, 'line')}${pages}${lazy}`;
    return `${index}. ${JSON.stringify(document.name.slice(0, 200))} (${document.kind}): ${size}`;
  });
  const more = documents.length - listed.length;
  if (more > 0) listed.push(`and ${figure(more)} more`);
  if (documents.some(({ lazy }) => lazy)) listed.push(LAZY);
  return `Question:
${question}

Context:
${type}, ${count(chars, 'character')} in all (roughly ${count(Math.ceil(chars / 4), 'token')}).
${listed.join('\n')}`;
}

/** What a model is told at the end of each of its messages. */
export interface TurnNotes {
  readonly turn: number;
  readonly turns: number;
  /** Why this is the last turn, where it is. */
  readonly last: 'turns' | 'usd' | 'seconds' | null;
  readonly budget: BudgetView;
  readonly settings: RunSettings;
}

const LAST_BECAUSE = {
  turns: 'The turns are used up',
  usd: 'The budget is used up',
  seconds: 'The time is used up',
};

/** `body`, with the turn, what is left where it is little, and the notice of the last turn. */
export function withTurnLine(body: string, notes: TurnNotes): string {
  const { turn, turns, last } = notes;
  const lines = [body, '', ...lowBudget(notes), `Turn ${turn} of ${turns}.`];
  if (turn === 1 && last === null) {
    lines.push('You have seen nothing of the context yet: look at it first, do not answer yet.');
  }
  if (last !== null) {
    lines.push(
      `${LAST_BECAUSE[last]}: this is your last turn. Finish now, with FINAL or FINAL_VAR in one block, giving the best answer that your results allow.`,
    );
  }
  return lines.join('\n');
}

/** A line for each thing of which a tenth or less is left. */
function lowBudget({ budget, settings }: TurnNotes): string[] {
  const left: string[] = [];
  if (settings.maxDepth > 0 && budget.calls <= settings.maxSubCalls / 10) {
    left.push(`${figure(budget.calls)} of ${count(settings.maxSubCalls, 'sub-call')}`);
  }
  if (budget.usd !== null && settings.budgetUsd > 0 && budget.usd <= settings.budgetUsd / 10) {
    left.push(`${budget.usd.toFixed(4)} of ${settings.budgetUsd.toFixed(2)} USD`);
  }
  if (budget.seconds <= settings.maxSeconds / 10) {
    left.push(`${figure(Math.floor(budget.seconds))} of ${count(settings.maxSeconds, 'second')}`);
  }
  return left.length === 0 ? [] : [`Little is left: ${left.join(', ')}.`];
}

/** What a model is told of the cell it ran. `variables` are all names it has made so far. */
export function outputMessage(observation: string, variables: readonly string[]): string {
  const shown = observation === '' ? '(It printed nothing. Only print(...) and the last expression show anything.)' : observation;
  const made = variables.length === 0 ? '' : `\n\nYour variables: ${variables.join(', ')}.`;
  return `Output of your cell:\n${shown.trimEnd()}${made}`;
}

/** What was wrong with a reply that brought neither code nor an answer. */
export type Nudge =
  | { readonly why: 'empty'; readonly finishReason: string }
  | { readonly why: 'cut' | 'unclosed' | 'no-code' | 'empty-final' }
  | { readonly why: 'other-language'; readonly language: string };

export function nudgeMessage(nudge: Nudge): string {
  const how =
    'Write a sentence of plan, then one block that begins with ```repl and ends with ```; or finish with FINAL(...) in such a block.';
  switch (nudge.why) {
    case 'empty':
      return `Your reply was empty (it ended with «${nudge.finishReason}»). ${how}`;
    case 'cut':
      return `Your reply was cut off at its length limit before it held a whole block, so nothing was run. Think less and write a shorter block. ${how}`;
    case 'unclosed':
      return `Your block was not closed with \`\`\` on a line of its own, so nothing was run. ${how}`;
    case 'no-code':
      return `Your reply held no block to run and no FINAL, so nothing happened. ${how}`;
    case 'empty-final':
      return `Your answer was empty, so it was not accepted. Print what you want to answer, look at it, then finish with it.`;
    case 'other-language':
      return `Your block was tagged «${nudge.language || 'nothing'}» and was not run: the REPL runs JavaScript, in a block tagged repl. ${how}`;
  }
}

/** Most characters of context that a plain reply in place of a child is given. */
export const PLAIN_CONTEXT_LIMIT = 400_000;

/** The prompt of an `rlm_query` that is one plain reply; `chars` is the whole context's length. */
export function plainPrompt(question: string, text: string, chars: number): string {
  const cut =
    text.length < chars
      ? `\n\n(The context below is its first ${figure(text.length)} of ${count(chars, 'character')}; the rest did not fit.)`
      : '';
  return `Question:\n${question}${cut}\n\nContext:\n${text}`;
}

function figure(value: number): string {
  return value.toLocaleString('en');
}

function count(value: number, noun: string): string {
  return `${figure(value)} ${noun}${value === 1 ? '' : 's'}`;
}
