import { ModelError } from '../../models/port.ts';
import type { Controls } from '../engine.ts';
import { cell, runScript, type ScriptedRun } from './run-script.ts';
import type { Scripted } from './scripted-model.ts';

const paid = (text: string): Scripted => ({ text, costUsd: 0.001 });
const cells = (...codes: readonly string[]) => codes.map((code) => paid(cell(code)));
const finish = cell('FINAL("plum")');
/** Goes on from every stop, as far as `moves` say: the same whatever was logged before. */
const steering = (stop: (controls: Controls) => void, move: (controls: Controls, paused: string) => void): NonNullable<ScriptedRun['person']> =>
  (controls, event) => {
    if (event.type === 'run.started' || event.type === 'run.resumed') stop(controls);
    if (event.type === 'run.paused') queueMicrotask(() => move(controls, event.message));
  };

const earlier: ScriptedRun = {
  question: 'Before?',
  rlm: { 'Before?': cells('count = (await llm_query("before")).length', 'seed = SEED(); count += 1', 'FINAL("first")') },
  sub: (prompt) => paid(`<${prompt}>`),
};
const followed = (await runScript(earlier)).events;

const hung = { text: '', pieces: ['begun'], hangs: true };

const long = (name: string) => ({ name: `${name}.txt`, text: name.repeat(3_000) });
/** Reads three parts. */
const COMPACTION = {
  method: 'compaction',
  rlm: {},
  documents: [long('a'), long('b'), long('c')],
  latencyMs: 5,
  settings: { windowTokens: 2_000 },
} as const;
const summaries: NonNullable<ScriptedRun['sub']> = (prompt) => {
  const part = /^Context, part (\d) of/m.exec(prompt)?.[1];
  return part === undefined ? 'plum' : `- of part ${part}`;
};

/** Runs of every kind, each with one ending whatever interrupts it; prompts differ from each other. */
export const RESUMED_SCRIPTS: Readonly<Record<string, ScriptedRun>> = {
  'cells that print and remember': {
    rlm: { Q: cells('x = 1; print("one"); print("x".repeat(3000))', 'x += 1; print(x)', 'y = x * 10; nope()', 'FINAL(x + "," + y)') },
  },
  'sub-calls one after the other, some in the same cell': {
    rlm: { Q: cells('a = await llm_query("a"); print(a); b = await llm_query(a + "b"); print(b)', 'c = await llm_query(b + "c")', 'FINAL(c)') },
    sub: (prompt) => ({ text: `<${prompt}>`, pieces: ['<', `${prompt}>`], costUsd: 0.01 }),
    latencyMs: 10,
  },
  'a batch with retries and a failure, two at once': {
    rlm: { Q: cells('r = await llm_query_batched(["a", "b", "c", "d", "e"]); print(r.map(String).join())', 'FINAL(r.map(String).join("; "))', 'FINAL(r.map(String).join(" and "))') },
    sub(prompt, attempt) {
      if (prompt === 'b' && attempt < 3) return new ModelError('rate-limited', 'Busy.', { retryAfterMs: 2_000 });
      if (prompt === 'c') return { text: '', pieces: ['half'], thenFails: new ModelError('rejected', 'Too long.') };
      return paid(prompt.toUpperCase());
    },
    latencyMs: 10,
    settings: { parallelSubCalls: 2 },
  },
  'replies that come in another order than they were asked for': {
    rlm: {
      Q: cells(
        'order = []; await Promise.all(["s", "t", "u"].map(async (q) => { order.push(await llm_query(q)); order.push(await llm_query(q + q)); }))',
        'print(order.join()); FINAL(order.toSorted().join())',
      ),
    },
    sub: (prompt, attempt) => (prompt === 's' && attempt === 1 ? new ModelError('cut', 'The stream broke.') : paid(prompt)),
    latencyMs: 10,
  },
  'children at depth two': {
    rlm: {
      Q: cells('r = await Promise.all([rlm_query("A", "x"), rlm_query("B", ["y", "z"]), llm_query("leaf")])', 'FINAL(r.join("+"))'),
      A: cells('k = await llm_query("of A"); print(k)', 'FINAL(k + await rlm_query("A1", context + "!"))'),
      A1: cells('print(context)', 'FINAL(context + await llm_query("of A1"))'),
      B: [...cells('n = context.length'), 'FINAL(n)'],
    },
    sub: (prompt) => paid(`<${prompt}>`),
    latencyMs: 7,
    settings: { maxDepth: 3, parallelSubCalls: 2 },
  },
  'an rlm_query at the depth limit': {
    rlm: { Q: cells('r = [await rlm_query("one?"), await rlm_query("two?", "text")]', 'FINAL(r.join())') },
    sub: (prompt) => paid(String(prompt.length)),
    latencyMs: 5,
  },
  'a child that ends with a draft, and one that fails': {
    rlm: {
      Q: cells(
        'a = await rlm_query("A", "x").catch(String)',
        'b = await rlm_query("B", "x").catch(String)',
        'FINAL(a + " " + b)',
        'FINAL(a + " and " + b)',
      ),
      A: cells('answer = { content: "half" }', '1', '2', '3'),
      B: [...cells('answer = { content: "some" }'), new ModelError('refused', 'The key is not accepted.')],
    },
    settings: { maxDepth: 2, maxTurns: 4 },
  },
  'root turns that are retried': {
    rlm: { Q: [new ModelError('rate-limited', 'Busy.'), ...cells('x = 1'), { text: '', pieces: ['held'], thenFails: new ModelError('cut', 'Broke.') }, ...cells('FINAL(x)')] },
  },
  'a root that is given up': {
    rlm: { Q: [...cells('answer = { content: "so far" }'), new ModelError('refused', 'The key is not accepted.')] },
  },
  'turns that run out': {
    rlm: { Q: cells('answer = { content: "draft" }; await llm_query("a")', '1', '2') },
    sub: () => paid('ok'),
    settings: { maxTurns: 3 },
  },
  'sub-calls that run out': {
    rlm: { Q: cells('r = await llm_query_batched(["a", "b", "c", "d"]); print(r.map(String).join())', 'r.push(await llm_query("e").catch(String))', 'FINAL(r.map(String).join("; "))', 'FINAL(r.map(String).join("; "))') },
    sub: (prompt) => paid(prompt),
    settings: { maxSubCalls: 2 },
    latencyMs: 5,
  },
  'money that runs out': {
    rlm: { Q: [{ text: cell('r = []; for (i of [1, 2, 3, 4, 5, 6, 7, 8]) r.push(await llm_query("p" + i).catch(() => "no"))'), costUsd: 0.01 }, { text: cell('FINAL(r.join())'), costUsd: 0.01 }] },
    sub: () => ({ text: 'ok', costUsd: 0.01 }),
    price: () => 0.01,
    settings: { budgetUsd: 0.0601 },
  },
  'time that runs out': {
    rlm: { Q: cells('a = await llm_query("a"); r = await llm_query_batched(["hang"]); print(String(r[0]))', 'FINAL(a)') },
    sub: (prompt) => (prompt === 'hang' ? hung : paid('plum')),
    settings: { maxSeconds: 100 },
    latencyMs: 500,
  },
  'time that runs out over a child in the middle of a cell': {
    rlm: {
      Q: cells('r = await rlm_query("A", "x").catch(String); print(r)', 'FINAL("plum")'),
      A: cells('x = 1', 'print("asked"); print(String(await llm_query("hang").catch(String)))', 'FINAL("never")'),
    },
    sub: () => hung,
    settings: { maxSeconds: 100, maxDepth: 2 },
    latencyMs: 500,
  },
  'time that runs out in the last turn too': {
    rlm: { Q: [...cells('answer = { content: "draft" }; await llm_query("a")'), hung] },
    sub: () => paid('ok'),
    settings: { maxSeconds: 100 },
  },
  'a last turn that does not submit': {
    rlm: { Q: cells('answer = { content: "draft" }; await llm_query("hang").catch(() => {})', 'print("more")', 'FINAL("too late")') },
    sub: () => hung,
    settings: { maxSeconds: 100 },
  },
  nudges: {
    rlm: { Q: [paid('Let me think.'), paid(''), ...cells('word = "plum"'), paid('```python\n1\n```'), ...cells('FINAL(" ")'), paid('FINAL(word)')] },
  },
  'replies without code to the end': { rlm: { Q: [paid('a'), paid('b'), paid('c'), paid('d')] } },
  'cells that meet the CPU limit': { rlm: { Q: cells('x = 1; SPIN()', 'x += 1; SPIN()', 'FINAL(x)') } },
  'a REPL that is lost': {
    rlm: { Q: cells('x = await llm_query("a")', 'x = 2; print("lost"); await llm_query("b"); await LOSE()', 'x += "!"', 'await LOSE()', 'FINAL(x)') },
    sub: (prompt) => paid(prompt),
    latencyMs: 5,
  },
  'a REPL that is lost for good': {
    rlm: { Q: [...cells('answer = { content: "draft" }'), ...cells(...Array.from({ length: 4 }, () => 'await LOSE()'))] },
  },
  'sub-calls that nobody waits for': {
    rlm: { Q: [paid(cell('p = llm_query("later")')), paid(cell('print(await p)')), paid(finish)] },
    sub: (prompt) => paid(prompt),
    latencyMs: 10,
  },
  'a follow-up': {
    question: 'After?',
    rlm: { 'After?': cells('print(count, history[0].answer); count = await llm_query("n" + count)', 'await LOSE()', 'FINAL(count + history.length)') },
    sub: (prompt) => paid(`<${prompt}>`),
    before: [{ run: 'r1', log: followed }],
    latencyMs: 5,
  },
  'steps, with a cell that is changed': {
    rlm: { Q: cells('x = await llm_query("a")', 'x = "never"', 'FINAL(x)') },
    sub: (prompt) => paid(`<${prompt}>`),
    person: steering(
      (controls) => controls.step(),
      (controls, paused) => controls.step(paused.includes('turn 2') ? 'x += await llm_query("changed")' : undefined),
    ),
    latencyMs: 5,
  },
  'a pause before every turn': {
    rlm: { Q: cells('x = 1', 'x += await llm_query("a")', 'FINAL(x)') },
    sub: (prompt) => paid(prompt),
    person: steering((controls) => controls.pause(), (controls) => (controls.goOn(), controls.pause())),
  },
  'a person as the root, who takes longer than the run may': {
    rlm: { Q: [cell('x = await llm_query("a")'), cell('FINAL(x)')].map((text) => ({ text, latencyMs: 200_000 })) },
    sub: (prompt) => paid(prompt),
    settings: { rootBy: 'person', maxSeconds: 100 },
  },
  'sub-calls that share a reply while it is in flight': {
    rlm: {
      Q: cells('r = await Promise.all(["s", "t", "s", "bad", "bad", "s"].map((p) => llm_query(p).catch(String))); print(r.join())', 'r.push(await llm_query("s"))', 'FINAL(r.join())'),
    },
    sub: (prompt, attempt) => (prompt === 'bad' ? new ModelError('rejected', 'Too long.') : attempt === 1 && prompt === 't' ? new ModelError('cut', 'Broke.') : paid(`<${prompt}>`)),
    settings: { reuse: 'in-flight', parallelSubCalls: 2, maxSubCalls: 4 },
    latencyMs: 10,
  },
  'sub-calls that share the replies of the run, in a child too': {
    rlm: {
      Q: cells('a = await llm_query("s"); r = await Promise.all([llm_query("s"), rlm_query("A", "x"), llm_query("u")])', 'FINAL(a + r.join() + await llm_query("u"))'),
      A: cells('b = await Promise.all([llm_query("s"), llm_query("u")]); FINAL(b.join())'),
    },
    sub: (prompt) => paid(`<${prompt}>`),
    settings: { reuse: 'run', maxDepth: 2, maxSubCalls: 3 },
    latencyMs: 10,
  },
  'shares of sub-calls that run out': {
    rlm: {
      Q: cells('r = [await rlm_query("A", "x"), await rlm_query("B", "x")]', 'FINAL(r.join("; "))'),
      A: cells('r = await llm_query_batched(["1", "2", "3"]); print(r.map(String).join())', 'FINAL(r.map(String).join() + budget().calls)'),
      B: cells('r = await llm_query_batched(["4", "5", "6"])', 'FINAL(r.map(String).join() + budget().calls)'),
    },
    sub: (prompt) => paid(prompt),
    settings: { maxDepth: 2, maxSubCalls: 5 },
    latencyMs: 5,
  },
  'shares of money that run out': {
    rlm: {
      Q: [cell('r = [await rlm_query("A", "x").catch(String)]'), cell('FINAL(r.join())')].map((text) => ({ text, costUsd: 0.01 })),
      A: [cell('n = 0; for (i of [1, 2, 3, 4, 5, 6, 7, 8, 9]) { await llm_query("p" + i); n++ }'), cell('FINAL(n)')].map((text) => ({ text, costUsd: 0.01 })),
    },
    sub: () => ({ text: 'ok', costUsd: 0.01 }),
    price: () => 0.01,
    settings: { maxDepth: 2, budgetUsd: 0.1401 },
    latencyMs: 5,
  },
  'a share of money whose last turn does not submit': {
    rlm: {
      Q: [cell('r = [await rlm_query("A", "x").catch(String)]'), cell('FINAL(r.join())')].map((text) => ({ text, costUsd: 0.01 })),
      A: [cell('answer = { content: "draft" }; for (i of [1, 2, 3, 4, 5, 6, 7, 8, 9]) await llm_query("p" + i)'), cell('1'), cell('FINAL("too late")')].map((text) => ({ text, costUsd: 0 })),
    },
    sub: () => ({ text: 'ok', costUsd: 0.01 }),
    price: () => 0.01,
    settings: { maxDepth: 2, budgetUsd: 0.1401 },
    latencyMs: 5,
  },
  'prices that are learned': {
    rlm: { Q: [{ text: cell('r = await llm_query_batched(["a", "b", "c"]); print(r.join())'), costUsd: 0.002 }, { text: finish, costUsd: 0.001 }] },
    sub: () => ({ text: 'ok', costUsd: 0.001 }),
    price: () => null,
    settings: { rootModel: 'big', subModel: 'small' },
    latencyMs: 3,
  },
  'the base model': {
    method: 'base',
    rlm: {},
    sub: (prompt) => (prompt.includes('plum') ? { text: 'plum', pieces: ['pl', 'um'], costUsd: 0.001 } : 'no'),
    latencyMs: 5,
  },
  'the base model over a context that is cut': {
    method: 'base',
    rlm: {},
    documents: [long('a'), long('b')],
    sub: () => paid('plum'),
    settings: { windowTokens: 1_000, overflow: 'truncate' },
  },
  'the base model over a context that is refused': {
    method: 'base',
    rlm: {},
    documents: [long('a')],
    settings: { windowTokens: 1_000 },
  },
  CodeAct: {
    method: 'codeact',
    rlm: { Q: [...cells('n = 6 * 7; print(n)'), paid('Hm.'), ...cells('nope()', 'await LOSE()', 'm = n + 1'), paid('ANSWER: FINAL_VAR(m)')] },
  },
  'CodeAct with sub-calls': {
    method: 'codeact-subcalls',
    rlm: { Q: [...cells('a = await llm_query_batched(["a", "b"]); print(a.join())', 'b = await rlm_query("C", "x")'), paid('ANSWER: done')], C: cells('FINAL(context)') },
    sub: (prompt) => paid(prompt),
    latencyMs: 5,
    settings: { maxDepth: 2 },
  },
  'CodeAct with search': {
    method: 'codeact-bm25',
    rlm: { Q: [paid('ACT:\nSEARCH(secret word)'), ...cells('hits = search("plum"); print(hits.length)'), paid('ANSWER: plum')] },
  },
  compaction: { ...COMPACTION, sub: summaries },
  'compaction with sub-calls that run out': { ...COMPACTION, sub: summaries, settings: { windowTokens: 2_000, maxSubCalls: 1 } },
  'compaction with money that runs out': {
    ...COMPACTION,
    sub: (prompt, attempt) => ({ text: String(summaries(prompt, attempt)), costUsd: 0.4 }),
    price: () => 0.4,
  },
  'compaction with time that runs out': {
    ...COMPACTION,
    sub: (prompt, attempt) => (prompt.includes('part 2 of 3') ? hung : summaries(prompt, attempt)),
    settings: { windowTokens: 2_000, maxSeconds: 100 },
  },
  'compaction with a retry, and a summary that fails': {
    ...COMPACTION,
    sub: (prompt, attempt) => {
      if (prompt.includes('part 2 of 3')) return new ModelError('rejected', 'Too long.');
      return attempt === 1 ? new ModelError('cut', 'Broke.') : '- of part 1';
    },
  },
  'guards that hold what looks like no answer, and tell of slips': {
    question: 'What is the secret word?',
    rlm: {
      'What is the secret word?': [
        ...cells('final_result = "pl" + "um"; print(await llm_query("Sum up the following text in a word."))'),
        paid(`${cell('nope()')}\nOutput:\nplum`),
        ...cells('nope()', 'nope()', 'FINAL_VAR("finalresult")', 'answer = { content: "I will look for the word.", ready: true }', 'print("I look")'),
        paid('FINAL(final_result)'),
      ],
    },
    sub: () => ({ text: '', finishReason: 'length', costUsd: 0.001 }),
    latencyMs: 3,
  },
  'short sub-calls past the number at which the person is asked': {
    rlm: { Q: cells('r = await Promise.all([1, 2, 3, 4, 5].map((n) => llm_query("p" + n))); print(r.join())', 'r.push(await llm_query("p6")); FINAL(r.join())') },
    sub: (prompt) => paid(prompt),
    settings: { askAbove: 2 },
    latencyMs: 5,
  },
  'an answer that does not satisfy its schema': {
    rlm: { Q: cells('FINAL("plum")', 'FINAL(["plum"])', 'FINAL(JSON.stringify({ word: "plum" }))') },
    settings: { answerSchema: '{"type":"object","required":["word"]}' },
  },
};
