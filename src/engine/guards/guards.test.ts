import { describe, expect, it } from 'vitest';
import type { GuardName } from '../../trajectory/events.ts';
import { ModelError } from '../../models/port.ts';
import { cell, runScript, type ScriptedRun } from '../testing/run-script.ts';

const look = cell('print("looked")');
const finish = cell('FINAL("plum")');

type Ran = Awaited<ReturnType<typeof runScript>>;
/** The notes of a guard, and whether the root's next message says the same. */
function told(run: Ran, guard: GuardName) {
  const notes = run.of('note.added').filter((note) => note.guard === guard);
  const messages = run.of('turn.started').filter(({ call }) => call === '0').map(({ messages: added }) => added.at(-1)?.content ?? '');
  return { notes, said: notes.map(({ text, turn }) => (messages[turn ?? 0] ?? '').includes(text) ? 1 : 0), messages };
}

describe('a plan as the answer', () => {
  it.each(['I will search for the word.', '<answer here>', 'TODO'])('is asked once to be confirmed, in code: %s', async (text) => {
    const run = await runScript({ rlm: { Q: [cell(`FINAL(${JSON.stringify(text)})`), finish] } });
    expect(told(run, 'plan-as-answer')).toMatchObject({ notes: [{ call: '0', turn: 1 }], said: [1] });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });

  it('is asked about as text too, and is the answer when it is given again', async () => {
    const run = await runScript({ rlm: { Q: ['FINAL(Let me look.)', 'FINAL(Let me look.)'] } });
    expect(told(run, 'plan-as-answer').said).toEqual([1]);
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'Let me look.' });
  });

  it('is not given again by `answer` that is still ready', async () => {
    const script = (again: string) => ({ rlm: { Q: [cell('answer = { content: "I will look.", ready: true }'), cell('print("I look")'), cell(again)] } });
    expect((await runScript(script('FINAL("plum")'))).end.answer).toBe('plum');
    expect((await runScript(script('answer.ready = true'))).end.answer).toBe('I will look.');
  });

  it('is taken in the last turn, and said in the log', async () => {
    const run = await runScript({ rlm: { Q: [cell('FINAL("TODO")')] }, settings: { maxTurns: 1 } });
    const text = 'The answer was taken in the last turn although it is in doubt: it looks like a placeholder, not like a finished reply to the question.';
    expect(told(run, 'plan-as-answer')).toMatchObject({ notes: [{ text }], said: [0] });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'TODO' });
  });

  it('is what there is where the turns run out before it is given again', async () => {
    const run = await runScript({ rlm: { Q: [cell('FINAL("TODO")'), look] }, settings: { maxTurns: 2 } });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'TODO', reason: expect.stringContaining('was in doubt and was not given again') });
  });

  it('is asked about in a child too, which goes on', async () => {
    const run = await runScript({
      rlm: { Q: [cell('FINAL(await rlm_query("C", "x"))')], C: ['FINAL(I will read it.)', 'FINAL(plum)'] },
      settings: { maxDepth: 2 },
    });
    expect(run.of('note.added').filter(({ guard }) => guard)).toMatchObject([{ call: '0.1', guard: 'plan-as-answer' }]);
    expect(run.end.answer).toBe('plum');
  });
});

describe('a variable that is not there', () => {
  it('is told with the names that are, and the nearest', async () => {
    const run = await runScript({ rlm: { Q: [cell('final_answer = "plum"; rows = 1'), 'FINAL_VAR(finalanswer)', finish] } });
    const { notes, said } = told(run, 'unknown-variable');
    expect(notes[0]?.text).toContain('There is no variable «finalanswer». Your variables: final_answer, rows. Did you mean FINAL_VAR("final_answer")?');
    expect(said).toEqual([1]);
  });

  it('is told where its name stands as the answer', async () => {
    const run = await runScript({ rlm: { Q: [cell('found = "plum"'), cell('FINAL("found")'), cell('FINAL_VAR("found")')] } });
    expect(told(run, 'unknown-variable').notes[0]?.text).toContain('FINAL_VAR("found")');
    expect(run.end.answer).toBe('plum');
  });
});

it('tells once that what was written after the block was thrown away', async () => {
  const reply = `${look}\nOutput: the word is pear.\nFINAL(pear)`;
  const run = await runScript({ rlm: { Q: [reply, `${reply} `, finish] } });
  expect(told(run, 'invented-output')).toMatchObject({ notes: [{ turn: 1 }], said: [1] });
  expect(run.end.answer).toBe('plum');
});

describe('an answer that is in a variable at the end', () => {
  it('is named to the model in the last turn', async () => {
    const run = await runScript({ rlm: { Q: [cell('result = "plum"; x = 1'), cell('FINAL_VAR("result")')] }, settings: { maxTurns: 2 } });
    const { notes, messages } = told(run, 'lost-draft');
    expect(messages[1]).toMatch(/this is your last turn.*\nYour variable result may hold it: FINAL_VAR\("result"\)\.$/);
    expect(notes).toMatchObject([{ call: '0', turn: 2, text: expect.stringContaining('result') }]);
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });

  it('is told to the person where no FINAL came', async () => {
    const run = await runScript({ rlm: { Q: [cell('summary = "plum"'), look] }, settings: { maxTurns: 2 } });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: null, reason: expect.stringContaining('these variables may hold one: summary.') });
  });

  it('is the draft where there is one, and the reason says so', async () => {
    const run = await runScript({ rlm: { Q: [cell('result = 1; answer = { content: "draft" }'), look] }, settings: { maxTurns: 2 } });
    expect(told(run, 'lost-draft').notes).toEqual([]);
    expect(run.end).toMatchObject({ answer: 'draft', reason: expect.stringContaining('The answer is the draft in `answer`.') });
  });

  it('is told where money ends the run too', async () => {
    const run = await runScript({
      rlm: { Q: [{ text: cell('answer = { content: "draft" }; await llm_query("a").catch(() => {})'), costUsd: 0.01 }, { text: look, costUsd: 0.01 }] },
      sub: () => ({ text: 'a', costUsd: 0.01 }),
      price: () => 0.01,
      settings: { budgetUsd: 0.025 },
    });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'draft', reason: expect.stringMatching(/^The budget of .*the draft in `answer`/) });
  });
});

describe('circles', () => {
  it('of the same error are told at the third, and at the sixth', async () => {
    const run = await runScript({ rlm: { Q: [...Array.from({ length: 7 }, () => cell('nope()')), finish] } });
    expect(told(run, 'same-error')).toMatchObject({ notes: [{ turn: 3 }, { turn: 6 }], said: [1, 1] });
  });

  it('of the same code are told at the third, twice at most', async () => {
    const run = await runScript({ rlm: { Q: [...Array.from({ length: 7 }, () => look), finish] } });
    expect(told(run, 'same-again')).toMatchObject({ notes: [{ turn: 3 }, { turn: 6 }], said: [1, 1] });
  });

  it('of the same prompt are told in the turn that asks again', async () => {
    const run = await runScript({ rlm: { Q: [cell('a = await llm_query("a?")'), cell('b = await llm_query("a?")'), finish] }, sub: () => 'a' });
    expect(told(run, 'same-again').notes).toMatchObject([{ turn: 2, text: expect.stringContaining('word for word') }]);
  });

  it('are none where a sub-call that failed is asked again', async () => {
    const sub = (_: string, attempt: number) => (attempt === 1 ? new ModelError('rejected', 'Too long for it.') : 'a');
    const run = await runScript({ rlm: { Q: [cell('await llm_query("a?").catch(() => {})'), cell('b = await llm_query("a?")'), finish] }, sub });
    expect(told(run, 'same-again').notes).toEqual([]);
  });
});

describe('errors as data', () => {
  const sub = (prompt: string) => (prompt === 'bad' ? new ModelError('rejected', 'The prompt is too long for this model.') : 'ok');
  const ask = cell('r = await llm_query_batched(["good", "bad"])');

  it('are told in a later prompt, in what is printed, and in the answer', async () => {
    const run = await runScript({
      rlm: { Q: [ask, cell('await llm_query("Join these: " + r.join("; "))'), cell('print("row | " + r.join(" | "))'), cell('FINAL(r.join())'), finish] },
      sub,
    });
    const { notes, said } = told(run, 'error-as-data');
    expect(notes.map(({ turn }) => turn)).toEqual([2, 3]);
    expect(said).toEqual([1, 1]);
    // Told often enough: the answer is taken.
    expect(run.end.answer).toContain('too long');
  });

  it('in the answer are asked about once', async () => {
    const run = await runScript({ rlm: { Q: [ask, cell('FINAL(r.join())'), cell('FINAL(r.filter((x) => !(x instanceof Error)).join())')] }, sub });
    expect(told(run, 'error-as-data').said).toEqual([1]);
    expect(run.end.answer).toBe('ok');
  });

  it('are not where they are filtered out', async () => {
    const run = await runScript({ rlm: { Q: [ask, cell('print(r.filter((x) => !(x instanceof Error)).join())'), finish] }, sub });
    expect(told(run, 'error-as-data').notes).toEqual([]);
  });
});

it('tells that a prompt holds no data', async () => {
  const ask = (prompt: string) => cell(`print(await llm_query(${JSON.stringify(prompt)}))`);
  const run = await runScript({
    rlm: { Q: [ask('Who is in the text above?'), ask('Who is in this text?\n\nAda Lovelace, born in 1815.'), finish] },
    sub: () => 'a',
  });
  expect(told(run, 'no-data')).toMatchObject({ notes: [{ turn: 1 }], said: [1] });
});

describe('replies of sub-models that are cut', () => {
  it.each([
    ['at their length', { text: 'half of', finishReason: 'length' }],
    ['to nothing', { text: '', reasoning: 'Hm.', finishReason: 'length' }],
    ['to nothing, as if they were whole', { text: ' ' }],
  ])('%s, are told', async (_, reply) => {
    const run = await runScript({ rlm: { Q: [cell('r = await llm_query_batched(["a", "b"])'), finish] }, sub: (prompt) => (prompt === 'a' ? reply : 'whole') });
    const { notes, said } = told(run, 'cut-reply');
    expect(notes[0]?.text).toContain('(2), 1 came back empty or cut off');
    expect(said).toEqual([1]);
  });

  it('are none where they are whole, shared or of children', async () => {
    const run = await runScript({
      rlm: { Q: [cell('r = [await llm_query("a"), await llm_query("a"), await rlm_query("C", "x")]'), finish], C: [finish] },
      sub: () => 'whole',
      settings: { maxDepth: 2, reuse: 'run' },
    });
    expect(told(run, 'cut-reply').notes).toEqual([]);
  });
});

it('shows a model that writes no code a whole reply with its own question, from the second time on', async () => {
  const run = await runScript({ question: 'Which secret word is hidden?', rlm: { 'Which secret word is hidden?': ['Hm.', 'Let me think.', finish] } });
  const { notes, messages } = told(run, 'no-code');
  expect(notes.map(({ turn }) => turn)).toEqual([1, 2]);
  expect(messages[1]).not.toContain('grep(');
  expect(messages[2]).toContain('print(grep(/secret|word|hidden/i, { limit: 10, around: 200 }));');
});

describe('an answer that must satisfy a schema', () => {
  const settings = { answerSchema: '{"type":"object","required":["word"]}' };
  const right = cell('FINAL(JSON.stringify({ word: "plum" }))');

  it('is told in the first message, and what is wrong with it, until it does', async () => {
    const run = await runScript({ rlm: { Q: [finish, right] }, settings });
    const { notes, said, messages } = told(run, 'answer-schema');
    expect(messages[0]).toContain('The answer must satisfy this JSON Schema');
    expect(messages[0]).toContain(settings.answerSchema);
    expect(notes).toHaveLength(1);
    expect(said).toEqual([1]);
    expect(run.end).toMatchObject({ outcome: 'answered', answer: '{"word":"plum"}' });
  });

  it('is taken as it is after three times, with a note that only the log has', async () => {
    const run = await runScript({ rlm: { Q: [finish, 'FINAL(plum)', finish, finish] }, settings });
    expect(told(run, 'answer-schema').said).toEqual([1, 1, 1, 0]);
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });

  it('is taken in the last turn', async () => {
    const run = await runScript({ rlm: { Q: [finish] }, settings: { ...settings, maxTurns: 1 } });
    expect(told(run, 'answer-schema').said).toEqual([0]);
    expect(run.end.answer).toBe('plum');
  });

  it('is the root’s alone', async () => {
    const script: ScriptedRun = { rlm: { Q: [cell('x = await rlm_query("C", "x"); FINAL(JSON.stringify({ word: x }))')], C: [finish] }, settings: { ...settings, maxDepth: 2 } };
    const run = await runScript(script);
    expect(run.end.answer).toBe('{"word":"plum"}');
    expect(run.of('turn.started')[1]?.messages[1]?.content).not.toContain('Schema');
  });
});
