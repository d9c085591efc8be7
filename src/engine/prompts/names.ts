/** Sub-calls of a call: none, plain replies only, or child RLMs too. */
export type Reach = 'none' | 'plain' | 'recursive';

const CONTEXT = `- \`context\`: what the question is about: one text, or an array of texts (the first message says which). Read-only. A very large text is lazy: it has the reading methods of a string (length, slice, indexOf, match, matchAll, …) and lines(), at full speed, but is never copied whole.
- \`documents\`: beside it, an array of { name, kind, chars, lines, pages?, lazy? }.
- \`grep(pattern, { limit, around, document, count })\`: fast search of the context with a string or RegExp; an array of the first 100 matches { document, index, line, text, before, after }; \`limit: Infinity\` for all, \`count: true\` for their number alone.`;

const HISTORY = `- \`history\`: the questions asked before in this conversation, with your answers: an array of { question, answer }, oldest first.`;

const QUERIES = `- \`await llm_query(prompt)\`: one reply of a sub-model, as a string. It sees only that prompt: not the context, not this conversation, and it has no REPL. Put the task and the text to read into the prompt, and ask for a short answer in a fixed form.
- \`await llm_query_batched(prompts)\`: the replies in order, run in parallel. A failed one is an Error in its place (\`reply instanceof Error\`), never text.`;

const CHILD = `- \`await rlm_query(question, context)\`: a child like you, with a REPL and turns of its own over that context (a text, a slice of one, or an array of them). Slow and dear: for a part that needs exploring by itself. For reading and extracting use llm_query.`;

const PLAIN_CHILD = `- \`await rlm_query(question, context)\`: at this depth a plain sub-model reply over that context, the same as llm_query with the text in the prompt.`;

const REST = `- \`print(...)\` or \`console.log(...)\`: the only way to see anything, besides the value of a cell's last expression, which is shown too.
- \`SHOW_VARS()\`: the variables you made. \`budget()\`: what is left of calls, money, turns and time.
- \`FINAL(value)\`: ends with that answer. \`FINAL_VAR("name")\`: ends with a variable's value, of any length. \`answer = { content, ready: true }\` does the same; with \`ready: false\` it keeps a draft in case the turns run out.`;

const BY_REACH: Readonly<Record<Reach, readonly string[]>> = {
  none: [],
  plain: [QUERIES, PLAIN_CHILD],
  recursive: [QUERIES, CHILD],
};

/** What stands in the REPL of a call with this reach, a line a name; `history` where it is a follow-up. */
export function namesOf(reach: Reach, history: boolean): string {
  return [CONTEXT, ...(history ? [HISTORY] : []), ...BY_REACH[reach], REST].join('\n');
}
