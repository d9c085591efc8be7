import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../trajectory/settings.ts';
import { firstMessage, nudgeMessage, outputMessage, plainPrompt, systemPrompt, withTurnLine } from './prompts.ts';

const budget = { calls: 200, tokens: null, usd: 1, turns: 29, seconds: 1_800 };
const notes = { turn: 2, turns: 30, last: null, budget, settings: DEFAULT_SETTINGS };

describe('the system prompt', () => {
  it('is short, and begins as every RLM prompt does', () => {
    for (const reach of ['none', 'plain', 'recursive'] as const) {
      expect(systemPrompt(reach)).toMatch(/^You are a Recursive Language Model\b/);
      expect(systemPrompt(reach).length).toBeLessThan(6_000);
    }
  });

  it('renders', () => {
    expect(systemPrompt('plain')).toMatchInlineSnapshot(`
      "You are a Recursive Language Model. You answer a question about a context that may be far larger than you could read. The context is not in this conversation: it is a variable in a JavaScript REPL. You write code, turn by turn, to look at it, to hand parts of it to sub-models, and to build the answer.

      In the REPL (JavaScript, ES2023, top-level await; your variables stay from turn to turn and may be declared again; there is no network, file or import):
      - \`context\`: what the question is about: one text, or an array of texts (the first message says which). Read-only. A very large text is lazy: it has the reading methods of a string (length, slice, indexOf, match, matchAll, …) and lines(), at full speed, but is never copied whole.
      - \`documents\`: beside it, an array of { name, kind, chars, lines, pages?, lazy? }.
      - \`grep(pattern, { limit, around, document, count })\`: fast search of the context with a string or RegExp; an array of the first 100 matches { document, index, line, text, before, after }; \`limit: Infinity\` for all, \`count: true\` for their number alone.
      - \`await llm_query(prompt)\`: one reply of a sub-model, as a string. It sees only that prompt: not the context, not this conversation, and it has no REPL. Put the task and the text to read into the prompt, and ask for a short answer in a fixed form.
      - \`await llm_query_batched(prompts)\`: the replies in order, run in parallel. A failed one is an Error in its place (\`reply instanceof Error\`), never text.
      - \`await rlm_query(question, context)\`: at this depth a plain sub-model reply over that context, the same as llm_query with the text in the prompt.
      - \`print(...)\` or \`console.log(...)\`: the only way to see anything, besides the value of a cell's last expression, which is shown too.
      - \`SHOW_VARS()\`: the variables you made. \`budget()\`: what is left of calls, money, turns and time.
      - \`FINAL(value)\`: ends with that answer. \`FINAL_VAR("name")\`: ends with a variable's value, of any length. \`answer = { content, ready: true }\` does the same; with \`ready: false\` it keeps a draft in case the turns run out.

      How to work:
      1. Each turn, say in a sentence or two what you do next and why, then write ONE block that begins with \`\`\`repl and ends with \`\`\`, and stop there. It is run and you are shown what it printed, at most 20,000 characters of it (head and tail). Never write the output yourself: what follows the block is thrown away.
      2. Look first: print the shape and a few short slices of the context before you plan.
      3. Print little and to the point. Your own window is small; the variables are not.
      4. Code finds WHERE, sub-models understand WHAT. When one passage or a regular expression pins the answer, read it yourself and ask nobody. When meaning must be judged over much text, give it to sub-models in fat prompts: about 100,000 characters each, about 20 in a batch, several batches one after another if need be. Hundreds of prompts of one line each are the mistake to avoid: pack many items into each prompt, numbered. Every prompt carries the question and the data. Filter in code first when the data is more than that.
      5. Keep results in variables and count, join and sort them in code. Do not retype them.
      6. Always \`await\` a query. A cell that throws keeps the variables it had made: mend it and go on.
      7. Check before you finish: print the candidate answer and what supports it, read that, and call FINAL in a later turn. Quote names, numbers and dates as the context has them. If the context does not hold the answer, say so; do not guess. The answer is a finished reply to the question, never a plan.

      A finished turn looks like this:
      I look at the size of the context and how it begins.
      \`\`\`repl
      print(documents);
      print((Array.isArray(context) ? context[0] : context).slice(0, 500));
      \`\`\`"
    `);
  });

  it('tells of sub-calls only what the depth allows', () => {
    expect(systemPrompt('none')).not.toMatch(/llm_query|rlm_query|batch/);
    expect(systemPrompt('plain')).toMatch(/rlm_query.*plain sub-model reply/);
    expect(systemPrompt('recursive')).toMatch(/rlm_query.*a child like you/);
  });
});

describe('the first message', () => {
  it('gives the measures of one text', () => {
    const documents = [{ name: 'kjv.txt', kind: 'text', chars: 4_300_000, lines: 100_182 }];
    expect(firstMessage('Who?', documents, true)).toMatchInlineSnapshot(`
      "Question:
      Who?

      Context:
      \`context\` is one text, 4,300,000 characters in all (roughly 1,075,000 tokens).
      0. "kjv.txt" (text): 4,300,000 characters, 100,182 lines"
    `);
  });

  it('says which texts are lazy, and what can be done with those', () => {
    const text = { name: 'a.log', kind: 'text', chars: 10, lines: 1 };
    const message = firstMessage('Who?', [text, { ...text, lazy: true }], false);
    expect(message).toContain('\n0. "a.log" (text): 10 characters, 1 line\n1. "a.log" (text): 10 characters, 1 line, lazy\n');
    expect(message).toMatch(/\nA lazy text has .* lines\(\)\. .* slice pieces .* cannot be printed/);
    expect(firstMessage('Who?', [text], true)).not.toContain('lazy');
  });

  it('gives those of an array, the first fifty of it', () => {
    const documents = Array.from({ length: 53 }, (_, index) => ({
      name: `report "${index}"\n.pdf`,
      kind: 'pdf',
      chars: 1,
      lines: 1,
      pages: 2,
    }));
    const message = firstMessage('How many?', documents, false);
    expect(message).toContain('`context` is an array of 53 texts, 53 characters in all (roughly 14 tokens).');
    expect(message).toContain('49. "report \\"49\\"\\n.pdf" (pdf): 1 character, 1 line, 2 pages\nand 3 more');
    expect(message).not.toContain('50. ');
  });
});

describe('the turn line', () => {
  it('ends each message', () => {
    expect(withTurnLine('Body', notes)).toBe('Body\n\nTurn 2 of 30.');
    expect(withTurnLine('Body', { ...notes, turn: 1 })).toMatch(/\nTurn 1 of 30\.\nYou have seen nothing/);
  });

  it('says what is low', () => {
    const low = { calls: 20, tokens: null, usd: 0.05, turns: 1, seconds: 100.7 };
    expect(withTurnLine('Body', { ...notes, budget: low })).toContain(
      'Little is left: 20 of 200 sub-calls, 0.0500 of 1.00 USD, 100 of 1,800 seconds.\nTurn 2',
    );
  });

  it.each([
    ['turns', 'The turns are used up'],
    ['usd', 'The budget is used up'],
    ['seconds', 'The time is used up'],
  ] as const)('says that the turn is the last: %s', (last, because) => {
    expect(withTurnLine('Body', { ...notes, last })).toContain(`${because}: this is your last turn.`);
  });
});

describe('the output message', () => {
  it('shows the observation and the names of variables', () => {
    expect(outputMessage('42\n', ['a', 'b'])).toBe('Output of your cell:\n42\n\nYour variables: a, b.');
    expect(outputMessage('', [])).toMatch(/^Output of your cell:\n\(It printed nothing/);
  });
});

it('nudges by what was wrong', () => {
  expect(nudgeMessage({ why: 'empty', finishReason: 'content_filter' })).toContain('«content_filter»');
  expect(nudgeMessage({ why: 'cut' })).toContain('cut off at its length limit');
  expect(nudgeMessage({ why: 'unclosed' })).toContain('not closed');
  expect(nudgeMessage({ why: 'other-language', language: 'python' })).toContain('«python»');
  expect(nudgeMessage({ why: 'no-code' })).toContain('no block to run');
  expect(nudgeMessage({ why: 'empty-final' })).toContain('Your answer was empty');
});

it('says in a plain prompt when the context did not fit', () => {
  expect(plainPrompt('Q', 'abc', 3)).toBe('Question:\nQ\n\nContext:\nabc');
  expect(plainPrompt('Q', 'abc', 1_000)).toContain('its first 3 of 1,000 characters');
});
