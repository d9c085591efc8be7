import { describe, expect, it } from 'vitest';
import { ModelError } from '../models/port.ts';
import { ReplError } from '../repl/port.ts';
import { cell, runScript } from './testing/run-script.ts';

const find = cell('print(context.length)');
const finish = cell('FINAL("plum")');

describe('a run', () => {
  it('is logged from start to answer', async () => {
    const { events, end } = await runScript({ rlm: { Q: [find, finish] } });
    expect(events.map(({ type }) => type)).toEqual([
      'run.started',
      'call.started',
      'turn.started',
      'call.sent',
      'call.text',
      'turn.finished',
      'cell.started',
      'cell.printed',
      'cell.finished',
      'turn.started',
      'call.sent',
      'call.text',
      'turn.finished',
      'cell.started',
      'cell.finished',
      'call.finished',
      'run.finished',
    ]);
    expect(end).toMatchObject({ outcome: 'answered', answer: 'plum', citations: [] });
    expect(end.reason).toBeUndefined();
  });

  it('says what it knows of its call', async () => {
    const { of } = await runScript({ rlm: { Q: [find, finish] } });
    expect(of('call.started')).toMatchObject([
      { call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, prompt: 'Q', contextChars: 24 },
    ]);
    expect(of('turn.finished').map(({ soFar }) => soFar.usage.input)).toEqual([100, 200]);
    expect(of('call.finished')).toMatchObject([
      { usage: { input: 200, output: 20 }, costUsd: 0, finishReason: 'stop', answer: 'plum' },
    ]);
  });

  it('fails by a sentence where the method is not known', async () => {
    const { end, events } = await runScript({ rlm: {}, method: 'magic' });
    expect(end).toMatchObject({ outcome: 'failed', answer: null, reason: expect.stringContaining('«magic»') });
    expect(events).toHaveLength(2);
  });

  it('fails where the context cannot be loaded', async () => {
    const onOpen = () => {
      throw new ReplError('The file is gone.');
    };
    const { end, of } = await runScript({ rlm: { Q: [cell('FINAL("plum")')] }, onOpen });
    expect(end).toMatchObject({ outcome: 'failed', reason: 'The file is gone.' });
    expect(of('cell.started')).toEqual([]);
    expect(of('call.failed')).toMatchObject([{ call: '0', message: 'The file is gone.' }]);
  });

  it('fails with the sentence of a root turn that is given up, and keeps the draft', async () => {
    const refused = new ModelError('refused', 'The key is not accepted.');
    const { end, of } = await runScript({
      rlm: { Q: [cell('answer = { content: "so far" }'), refused] },
    });
    expect(end).toMatchObject({ outcome: 'failed', answer: 'so far', reason: 'The key is not accepted.' });
    expect(of('call.retried')).toEqual([]);
    expect(of('call.failed')).toMatchObject([{ call: '0', usage: { input: 100 }, costUsd: 0 }]);
  });

  it('fails by a sentence for any other throw of a port', async () => {
    const { end } = await runScript({ rlm: { Q: [] } });
    expect(end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('is used up') });
  });
});

describe('retries', () => {
  it('log each attempt, void what it streamed, and go on', async () => {
    const busy = new ModelError('rate-limited', 'Too many requests.', { retryAfterMs: 3_000 });
    const broken = new ModelError('cut', 'The stream broke.');
    const cut = { text: '', pieces: ['Half', 'held'], thenFails: broken, late: 'x'.repeat(5_000) };
    const { of, end } = await runScript({ rlm: { Q: [busy, cut, find, finish] } });
    expect(end.outcome).toBe('answered');
    expect(of('call.retried')).toMatchObject([
      { call: '0', attempt: 1, waitMs: 3_125, reason: 'Too many requests.' },
      { call: '0', attempt: 2, waitMs: 750, reason: 'The stream broke.' },
    ]);
    expect(of('call.sent').map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1]);
    expect(of('turn.started')[1]?.messages[0]?.content).toBe(find);
    expect(of('call.sent')[2]?.at).toBe(3_875);
    expect(of('call.text').map(({ text }) => text)).toEqual(['Half', find, finish]);
  });

  it('are given up after five attempts', async () => {
    const down = new ModelError('unavailable', 'The server is down.');
    const { of, end, model } = await runScript({ rlm: { Q: [down, down, down, down, down, find] } });
    expect(end).toMatchObject({ outcome: 'failed', reason: 'The server is down.' });
    expect(model.requests).toHaveLength(5);
    expect(of('call.retried')).toHaveLength(4);
  });
});

describe('Stop', () => {
  const script = {
    rlm: {
      Q: [
        cell('answer = { content: "half" }; print(1)'),
        cell('await Promise.all([llm_query("a"), llm_query("b")])'),
        finish,
      ],
    },
    sub: () => ({ text: '', hangs: true }),
  };

  it.each([
    ['before anything', 'run.started', null],
    ['in a request', 'call.sent', null],
    ['in a cell', 'cell.printed', null],
    ['with sub-calls out', '0.2', 'half'],
  ] as const)('%s ends the run with what there is', async (_, moment, answer) => {
    const { end, events } = await runScript({
      ...script,
      stopAt: (event) => event.type === moment || ('call' in event && event.call === moment),
    });
    expect(end).toMatchObject({ outcome: 'stopped', answer });
    expect(end.reason).toMatch(/^Stopped/);
    const stopped = events.findIndex((e) => e.type === moment || ('call' in e && e.call === moment));
    expect(events.slice(stopped + 1).map(({ type }) => type)).toEqual(['run.finished']);
  });

  it('ends a wait between attempts', async () => {
    const busy = new ModelError('rate-limited', 'Busy.', { retryAfterMs: 100_000 });
    const { end, clock } = await runScript({
      rlm: { Q: [busy, finish] },
      stopAt: ({ type }) => type === 'call.retried',
    });
    expect(end.outcome).toBe('stopped');
    expect(clock.now()).toBeLessThan(100_000);
  });

  it('ends a request whose model does not listen', async () => {
    const { end } = await runScript({
      rlm: { Q: [{ text: 'I think', hangs: true }] },
      stopAt: ({ type }) => type === 'call.text',
    });
    expect(end.outcome).toBe('stopped');
  });
});

it('says in the log that a JSON Schema cannot be used, once, and goes on without it', async () => {
  const script = { rlm: { Q: [cell('FINAL("plum")')] }, settings: { answerSchema: '{ "type": ' } };
  const whole = await runScript(script);
  expect(whole.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  const text = "The answer's JSON Schema cannot be used: it is not JSON. Every answer is taken.";
  expect(whole.of('note.added')).toMatchObject([{ by: 'engine', text }]);
  const rest = await runScript({ ...script, past: whole.events.slice(0, 4) });
  expect(rest.of('note.added')).toHaveLength(1);
  expect((await runScript({ ...script, settings: { answerSchema: '{"type":"string"}' } })).of('note.added')).toEqual([]);
});
