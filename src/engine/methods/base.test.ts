import { describe, expect, it } from 'vitest';
import { ModelError } from '../../models/port.ts';
import { runScript, type ScriptedRun } from '../testing/run-script.ts';

/** A window of 4,000 characters, of which 1,000 tokens' quarter is kept: 3,000 characters for the prompt. */
const SMALL = { windowTokens: 1_000 };
const AROUND = 'Answer the question from the context below. If the context does not hold the answer, say so.\n\nQuestion:\nQ\n\nContext:\n'.length;
const FITTING = 3_000 - AROUND;

const base = (script: Partial<ScriptedRun>) => runScript({ method: 'base', rlm: {}, sub: () => 'plum', ...script });
const document = (chars: number, name = 'a.txt') => ({ name, text: '0123456789'.repeat(Math.ceil(chars / 10)).slice(0, chars) });

describe('a context that fits', () => {
  it('goes with the question into one message, and the reply is the answer', async () => {
    const run = await base({ sub: () => ({ text: ' plum\n', costUsd: 0.02 }) });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
    expect(run.model.requests).toHaveLength(1);
    const [message, ...more] = run.model.requests[0]?.messages ?? [];
    expect(more).toEqual([]);
    expect(message?.role).toBe('user');
    expect(message?.content).toMatch(/\n\nQuestion:\nQ\n\nContext:\nThe secret word is plum\.$/);
    expect(run.of('call.started')).toMatchObject([{ call: '0', kind: 'rlm', prompt: 'Q', contextChars: 24 }]);
    expect(run.of('turn.started')).toMatchObject([{ turn: 1, messages: [message] }]);
    expect(run.of('call.finished')).toMatchObject([{ call: '0', costUsd: 0.02, answer: 'plum' }]);
    expect(run.repl.opened).toBe(run.repl.closed);
  });

  it('names its documents where there are several', async () => {
    const run = await base({ documents: [document(12), { name: 'b.md', text: 'bee' }] });
    expect(run.model.requests[0]?.messages[0]?.content).toMatch(
      /Context:\nDocument: a\.txt\n012345678901\n\nDocument: b\.md\nbee$/,
    );
  });

  it('may fill the window to its last character', async () => {
    const run = await base({ settings: SMALL, documents: [document(FITTING)] });
    expect(run.model.requests[0]?.messages[0]?.content).toHaveLength(3_000);
    expect(run.end.outcome).toBe('answered');
  });

  it('is never read whole where the document is longer than what was said of it', async () => {
    const run = await base({ documents: [{ name: 'a.txt', text: 'x'.repeat(10) }] });
    expect(run.model.requests[0]?.messages[0]?.content).toMatch(/Context:\nx{10}$/);
  });
});

describe('a context past the window', () => {
  it('is refused by one character, with the sizes and what to do, and nothing is sent', async () => {
    const run = await base({ settings: SMALL, documents: [document(FITTING + 1)] });
    expect(run.model.requests).toEqual([]);
    expect(run.repl.opened).toBe(0);
    expect(run.end).toMatchObject({ outcome: 'failed', answer: null });
    expect(run.end.reason).toMatch(/some 751 tokens \(estimated as 4 characters each\), but «offline-demo» reads and writes 1,000 at once, of which 250 are kept/);
    expect(run.end.reason).toMatch(/Choose the method RLM/);
  });

  it('is cut where the settings say so, which the log and the prompt tell', async () => {
    const run = await base({
      settings: { ...SMALL, overflow: 'truncate' },
      documents: [document(2_000), { name: 'b.txt', text: 'b'.repeat(2_000) }, document(50, 'c.txt')],
    });
    const prompt = run.model.requests[0]?.messages[0]?.content ?? '';
    expect(prompt.length).toBeLessThanOrEqual(3_000);
    expect(prompt.length).toBeGreaterThan(2_950);
    const kept = 2_000 + (/b*$/.exec(prompt)?.[0].length ?? 0);
    expect(prompt).toContain(`is its first ${kept.toLocaleString('en')} of 4,050 characters`);
    expect(run.of('note.added')).toMatchObject([
      { call: '0', text: `The context did not fit into the model’s window: it was given the first ${kept.toLocaleString('en')} of 4,050 characters, and ${(4_050 - kept).toLocaleString('en')} were left out.` },
    ]);
    expect(run.end.outcome).toBe('answered');
  });

  it('is refused even then where the question alone fills the window', async () => {
    const question = 'Why? '.repeat(1_000);
    const run = await base({ question, settings: { ...SMALL, overflow: 'truncate' } });
    expect(run.end.outcome).toBe('failed');
    expect(run.end.reason).toMatch(/^The question alone is some 1,\d+ tokens .*Ask a shorter one, or choose a model with a larger window\.$/);
    expect(run.model.requests).toEqual([]);
  });

  it('is measured by the list where the person says nothing, else by 128,000 tokens', async () => {
    const text = { name: 'a.txt', text: 'x'.repeat(480_000) };
    expect((await base({ documents: [text] })).end.reason).toContain('writes 128,000 at once');
    expect((await base({ documents: [text], windowTokens: () => 1_000_000 })).end.outcome).toBe('answered');
    expect((await base({ documents: [text], windowTokens: () => 1_000_000, settings: SMALL })).end.outcome).toBe('failed');
  });
});

describe('what may go wrong', () => {
  it('an empty reply is no answer', async () => {
    const run = await base({ sub: () => ({ text: ' ', finishReason: 'length' }) });
    expect(run.end).toMatchObject({ outcome: 'failed', answer: null });
    expect(run.end.reason).toContain('«length»');
  });

  it('an answer that was cut off is noted', async () => {
    const run = await base({ sub: () => ({ text: 'plu', finishReason: 'length' }) });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plu' });
    expect(run.of('note.added')[0]?.text).toContain('may lack its end');
  });

  it('an answer that must have a form is asked for in it, and noted where it has another', async () => {
    const settings = { answerSchema: '{"type":"array"}' };
    const run = await base({ settings, sub: () => '["plum"]' });
    expect(run.model.requests[0]?.messages[0]?.content).toContain('Reply with JSON that satisfies this JSON Schema, and nothing else:\n{"type":"array"}\n\nQuestion:');
    expect(run.end).toMatchObject({ outcome: 'answered', answer: '["plum"]' });
    expect(run.of('note.added')).toEqual([]);
    const other = await base({ settings });
    expect(other.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
    expect(other.of('note.added')).toMatchObject([{ guard: 'answer-schema' }]);
  });

  it('a dear request is not sent', async () => {
    const run = await base({ price: () => 2 });
    expect(run.model.requests).toEqual([]);
    expect(run.end).toMatchObject({ outcome: 'limit', answer: null });
  });

  it('a request may take all the money there is', async () => {
    const run = await base({ price: () => 0.9 });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });

  it('faults are retried, and end the run where they last', async () => {
    const again = await base({ sub: (_, attempt) => (attempt === 1 ? new ModelError('cut', 'Broke.') : 'plum') });
    expect(again.end.answer).toBe('plum');
    const failed = await base({ sub: () => new ModelError('refused', 'The key is not accepted.') });
    expect(failed.end).toMatchObject({ outcome: 'failed', reason: 'The key is not accepted.' });
  });

  it('a text that cannot be read fails the run', async () => {
    const run = await base({
      onOpen: () => {
        throw new Error('Gone.');
      },
    });
    expect(run.end).toMatchObject({ outcome: 'failed', reason: 'Gone.' });
  });
});

it('reads nothing again where the request was sent before the page was closed', async () => {
  const whole = await base({});
  const at = whole.events.findIndex(({ type }) => type === 'call.sent');
  const rest = await base({ past: whole.events.slice(0, at + 1) });
  expect(rest.repl.opened).toBe(0);
  expect(rest.model.requests).toEqual(whole.model.requests);
  expect(rest.end.answer).toBe('plum');
});
