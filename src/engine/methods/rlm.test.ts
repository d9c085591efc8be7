import { describe, expect, it } from 'vitest';
import type { Message } from '../../trajectory/events.ts';
import { cell, runScript } from '../testing/run-script.ts';

const look = cell('print("looked")');
const finish = cell('FINAL("plum")');

/** The conversation that the last request of a run held. */
function lastMessages(run: Awaited<ReturnType<typeof runScript>>): readonly Message[] {
  return run.model.requests.at(-1)?.messages ?? [];
}

describe('the conversation', () => {
  it('begins with the prompt and the measures, and none of the text', async () => {
    const text = `Nobody knows that ${'the secret word is plum. '.repeat(40)}`;
    const run = await runScript({
      question: 'What is the secret word?',
      rlm: { 'What is the secret word?': [finish] },
      documents: [{ name: 'secret.txt', text }],
    });
    const [system, user] = lastMessages(run);
    expect(system?.content).toMatch(/^You are a Recursive Language Model/);
    expect(user?.content).toMatch(/^Question:\nWhat is the secret word\?\n\nContext:\n`context` is one text/);
    expect(user?.content).toContain('"secret.txt" (text): 1,018 characters, 1 line');
    expect(user?.content).toContain('\nTurn 1 of 30.\n');
    const sent = lastMessages(run).map(({ content }) => content).join('\n');
    for (let at = 0; at + 12 <= text.length; at++) {
      const piece = text.slice(at, at + 12);
      if (!'What is the secret word?'.includes(piece)) expect(sent).not.toContain(piece);
    }
  });

  it('shows each output, and logs only the messages that were added', async () => {
    const run = await runScript({ rlm: { Q: [cell('x = 6 * 7; print(x)'), finish] } });
    expect(run.of('turn.started').map(({ messages }) => messages.map(({ role }) => role))).toEqual([
      ['system', 'user'],
      ['assistant', 'user'],
    ]);
    expect(lastMessages(run).at(-1)?.content).toBe(
      'Output of your cell:\n42\n\nYour variables: x.\n\nTurn 2 of 30.',
    );
    expect(run.of('turn.started').flatMap(({ messages }) => messages)).toEqual(lastMessages(run));
  });

  it('keeps an invented output in the log and out of the history', async () => {
    const reply = `${look}\nOutput: the word is pear.\n\`\`\`repl\nFINAL("pear")\n\`\`\``;
    const run = await runScript({ rlm: { Q: [reply, finish] } });
    expect(run.of('call.text')[0]?.text).toContain('pear');
    expect(lastMessages(run).map(({ content }) => content).join()).not.toContain('pear');
    expect(lastMessages(run)[2]).toEqual({ role: 'assistant', content: look });
    expect(run.end.answer).toBe('plum');
  });

  it('shows at most 20,000 characters of an output and logs all of it', async () => {
    const run = await runScript({ rlm: { Q: [cell('print("x".repeat(1e6))'), finish] } });
    const [first] = run.of('cell.finished');
    expect(first?.observation.length).toBeLessThanOrEqual(20_000);
    expect(first?.observation.includes('1000001 characters')).toBe(true);
    const shown = lastMessages(run).at(-1)?.content ?? '';
    expect(shown.includes(first?.observation.trimEnd() ?? '?')).toBe(true);
    expect(run.of('cell.printed').reduce((sum, { text }) => sum + text.length, 0)).toBe(1_000_001);
  });

  it('shows what was printed before an error, and goes on', async () => {
    const run = await runScript({ rlm: { Q: [cell('print("before"); nope()'), finish] } });
    expect(run.of('cell.finished')[0]).toMatchObject({
      ok: false,
      error: { name: 'ReferenceError', line: 1 },
      observation: 'before\nReferenceError: nope is not defined (line 1 of your code)',
    });
    expect(run.end.outcome).toBe('answered');
  });

  it('logs the variables that a cell changed', async () => {
    const run = await runScript({ rlm: { Q: [cell('a = 1; b = [2]'), cell('a = 3; FINAL(a)')] } });
    expect(run.of('variable.changed').map(({ cell: id, name, preview }) => [id, name, preview])).toEqual([
      ['0:1', 'a', '1'],
      ['0:1', 'b', '[2]'],
      ['0:2', 'a', '3'],
    ]);
  });

  it('streams text and reasoning in few events', async () => {
    const pieces = [...look];
    const run = await runScript({ rlm: { Q: [{ text: look, pieces, reasoning: 'Hm.' }, finish] } });
    expect(run.of('call.reasoned').map(({ text }) => text)).toEqual(['Hm.']);
    const [first, second] = run.of('call.text');
    expect((first?.text ?? '') + (second?.text ?? '')).toBe(look);
    expect(run.of('call.text')).toHaveLength(3);
  });

  it('logs the text of a model that does not stream', async () => {
    const run = await runScript({ rlm: { Q: [{ text: finish, pieces: [] }] } });
    expect(run.of('call.text').map(({ text }) => text)).toEqual([finish]);
  });
});

describe('nudges', () => {
  it.each([
    ['prose', 'Let me think about it.', 'no block to run'],
    ['nothing', '', 'Your reply was empty (it ended with «stop»)'],
    ['python', '```python\nprint(1)\n```', 'tagged «python»'],
    ['an unclosed block', '```repl\nprint(1', 'not closed'],
    ['a cut reply', { text: 'Let me think and', finishReason: 'length' }, 'cut off at its length limit'],
    ['a cut block', { text: '```repl\nprint(1', finishReason: 'length' }, 'cut off at its length limit'],
    ['an empty final', 'FINAL( )', 'Your answer was empty'],
  ])('answer %s', async (_, reply, nudge) => {
    const run = await runScript({ rlm: { Q: [reply, finish] } });
    expect(lastMessages(run).at(-1)?.content).toContain(nudge);
    expect(lastMessages(run).at(-1)?.content).toMatch(/\n\nTurn 2 of 30\.$/);
    expect(lastMessages(run).at(-2)?.role).toBe('assistant');
    expect(lastMessages(run).at(-2)?.content).not.toBe('');
    expect(run.of('note.added')).toMatchObject([{ by: 'engine', call: '0', turn: 1 }]);
    expect(run.of('cell.started')).toHaveLength(1);
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });

  it('end the run after three that did not help', async () => {
    const run = await runScript({ rlm: { Q: ['a', 'b', 'c', 'd', finish] } });
    expect(run.of('turn.started')).toHaveLength(4);
    expect(run.of('note.added')).toHaveLength(3);
    expect(run.end).toMatchObject({ outcome: 'failed', answer: null });
    expect(run.end.reason).toContain('no code in 4 replies in a row');
  });

  it('are counted anew after code', async () => {
    const run = await runScript({ rlm: { Q: ['a', 'b', 'c', look, 'd', finish] } });
    expect(run.end.outcome).toBe('answered');
  });

  it('run a cut reply all the same where its block is whole', async () => {
    const run = await runScript({
      rlm: { Q: [{ text: `${finish}\nAnd so`, finishReason: 'length' }] },
    });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });
});

describe('finishing', () => {
  it.each([
    ['FINAL in code', cell('FINAL("plum")')],
    ['FINAL_VAR in code', cell('word = "plum"; FINAL_VAR("word")')],
    ['answer', cell('answer = { content: "plum", ready: true }')],
    ['FINAL, and then a throw', cell('FINAL("plum"); nope()')],
    ['FINAL as text', 'I know it.\n\nFINAL(plum)'],
  ])('is done by %s', async (_, reply) => {
    const { end, of } = await runScript({ rlm: { Q: [reply] } });
    expect(end).toMatchObject({ outcome: 'answered', answer: 'plum' });
    expect(of('call.finished').at(-1)).toMatchObject({ call: '0', answer: 'plum' });
  });

  it('looks up FINAL_VAR as text in the REPL', async () => {
    const { end, of } = await runScript({ rlm: { Q: [cell('word = "plum"'), 'FINAL_VAR(word)'] } });
    expect(end).toMatchObject({ outcome: 'answered', answer: 'plum' });
    expect(of('cell.started')[1]).toMatchObject({ cell: '0:2', code: 'FINAL_VAR("word")' });
  });

  it('shows the error of FINAL_VAR with a name that is not there', async () => {
    const run = await runScript({ rlm: { Q: ['FINAL_VAR(word)', finish] } });
    expect(lastMessages(run).at(-1)?.content).toContain('There is no variable word');
    expect(run.end.outcome).toBe('answered');
  });

  it('takes the value where FINAL as text names a variable, and says so', async () => {
    const { end, of } = await runScript({ rlm: { Q: [cell('word = "plum"'), 'FINAL(word)'] } });
    expect(end.answer).toBe('plum');
    expect(of('note.added')[0]?.text).toContain('names a variable');
  });

  it.each(['FINAL("  ")', 'answer = { content: "", ready: true }'])('refuses %s', async (code) => {
    const run = await runScript({ rlm: { Q: [cell(code), cell('FINAL("plum")')] } });
    expect(run.of('turn.started')[1]?.messages.at(-1)?.content).toContain('Your answer was empty');
    expect(run.end.answer).toBe('plum');
  });

  it('brings a long answer through whole', async () => {
    const { end } = await runScript({ rlm: { Q: [cell('big = "x".repeat(5e6); FINAL_VAR("big")')] } });
    expect(end.answer).toHaveLength(5_000_000);
  });
});
