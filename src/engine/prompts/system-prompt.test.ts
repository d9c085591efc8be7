import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import { PROFILES } from './profiles.ts';
import { systemPrompt } from './system-prompt.ts';

const promptOf = (settings: Partial<RunSettings> = {}, depth = 0, history = false) => {
  const whole = { ...DEFAULT_SETTINGS, ...settings };
  return systemPrompt({ settings: whole, model: whole.rootModel, depth, history, listedTokens: null });
};

describe('the system prompt', () => {
  it('renders', () => {
    expect(promptOf().text).toMatchInlineSnapshot(`
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
      7. Check before you finish: print the candidate answer and what supports it, read that, and call FINAL in a later turn. Quote names, numbers and dates as the context has them. Cite what supports the answer: the exact words in quotation marks, then the document’s name in brackets, as in “…” [report.pdf]. Give no line numbers or offsets of your own. If the context does not hold the answer, say so; do not guess. The answer is a finished reply to the question, never a plan.

      A finished turn looks like this:
      I look at the size of the context and how it begins.
      \`\`\`repl
      print(documents);
      print((Array.isArray(context) ? context[0] : context).slice(0, 500));
      \`\`\`"
    `);
  });

  it('tells of sub-calls only what the depth allows', () => {
    expect(promptOf({ maxDepth: 0 }).text).not.toMatch(/llm_query|rlm_query|batch/);
    expect(promptOf({ maxDepth: 1 }).text).toMatch(/rlm_query.*plain sub-model reply/);
    expect(promptOf({ maxDepth: 2 }).text).toMatch(/rlm_query.*a child like you/);
    expect(promptOf({ maxDepth: 2 }, 1).text).toMatch(/rlm_query.*plain sub-model reply/);
  });

  it('names history only in a follow-up', () => {
    expect(promptOf().text).not.toContain('history');
    expect(promptOf({}, 0, true).text).toContain('\n- `history`: the questions asked before');
  });

  it('is that of the profile for each, filled in and short, and begins as every RLM prompt does', () => {
    for (const { id, only, template } of PROFILES) {
      const maxDepth = only === 'none' ? 0 : 2;
      const { profile, text, warning } = promptOf({ profile: id, maxDepth });
      expect(profile.id).toBe(id);
      expect(text).toMatch(/^You are a Recursive Language Model\b/);
      expect(text).toContain('- `context`: what the question is about');
      expect(text).toContain('at most 20,000 characters');
      expect(text).not.toContain('{{');
      expect(text.length).toBeLessThan(7_000);
      expect(template).toContain('{{names}}');
      expect(warning).toBeNull();
    }
  });

  it('tells a batching model to make few calls, and one with a small window how little it holds', () => {
    expect(promptOf({ profile: 'batching' }).text).toContain('For 1,000 lines to be judged that is 5 prompts of 200 numbered lines each');
    expect(promptOf({ profile: 'small-window' }).text).toMatch(/about 32,000 tokens[\s\S]*10,000 to 15,000 characters/);
    expect(promptOf({ maxDepth: 2 }).text).toContain('rlm_query(asked, half)');
  });
});

describe('a prompt that the person changed', () => {
  const changed = (template: string) => promptOf({ systemPrompts: { default: template, batching: 'not this' } });

  it('takes the place of its profile’s, with what is known filled in', () => {
    const { text, warning } = changed('Mine: {{ names }} {{observation}} {{unknown}} {{toString}} $& {{');
    expect(text).toMatch(/^Mine: - `context`/);
    expect(text.endsWith(' 20,000 {{unknown}} {{toString}} $& {{')).toBe(true);
    expect(warning).toBeNull();
  });

  it('works without the names, with a warning', () => {
    expect(changed('Just answer.')).toMatchObject({ text: 'Just answer.', warning: expect.stringContaining('{{names}}') });
  });
});
