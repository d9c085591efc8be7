import { expect, test } from 'vitest';
import type { Fact, LogEvent } from '../events.ts';
import { EMPTY, fold } from '../fold.ts';
import { append } from '../log.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../settings.ts';
import { waitingFor } from './waiting.ts';

const REPLY = 'I look.\n```repl\nprint(1)\n```';

function stateAfter(facts: readonly Fact[], settings: Partial<RunSettings> = {}) {
  const log: LogEvent[] = [];
  const started: Fact[] = [
    { type: 'run.started', question: 'Q', method: 'rlm', settings: { ...DEFAULT_SETTINGS, ...settings }, documents: [] },
    { type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: 'Q' },
    { type: 'turn.started', call: '0', turn: 1, messages: [{ role: 'user', content: 'Look.' }] },
  ];
  for (const fact of [...started, ...facts]) log.push(append(log, fact, log.length));
  return fold(EMPTY, log);
}

const usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };
const sent: Fact = { type: 'call.sent', call: '0', attempt: 1 };
const replied: readonly Fact[] = [
  sent,
  { type: 'call.text', call: '0', text: REPLY },
  { type: 'turn.finished', call: '0', turn: 1, finishReason: 'stop', soFar: { usage, costUsd: 0 } },
];
const cell: Fact = { type: 'cell.started', call: '0', turn: 1, cell: '0:1', code: 'print(1)' };
const paused: Fact = { type: 'run.paused', why: 'person', message: 'Paused.' };

test('a run that goes on waits for nobody', () => {
  expect(waitingFor(stateAfter(replied))).toBeNull();
  expect(waitingFor(stateAfter([...replied, paused, { type: 'run.continued', ok: true }]))).toBeNull();
});

test('a pause before a cell tells its code', () => {
  expect(waitingFor(stateAfter([...replied, paused]))).toEqual({ for: 'cell', turn: 1, code: 'print(1)' });
});

test('a pause after a turn waits to ask for the next', () => {
  expect(waitingFor(stateAfter([...replied, cell, paused]))).toEqual({ for: 'turn', turn: 1 });
});

test('what only the person can decide is told in words', () => {
  const asked: Fact = { type: 'run.paused', why: 'provider', message: 'It is down.' };
  expect(waitingFor(stateAfter([sent, asked]))).toEqual({ for: 'provider', message: 'It is down.' });
});

test('the person is asked for the root’s reply where they are the root', () => {
  expect(waitingFor(stateAfter([sent]))).toBeNull();
  expect(waitingFor(stateAfter([sent], { rootBy: 'person' }))).toEqual({ for: 'reply', turn: 1, shown: 'Look.' });
  expect(waitingFor(stateAfter(replied, { rootBy: 'person' }))).toBeNull();
});

test('a run that is over waits for nothing', () => {
  const finished: Fact = { type: 'run.finished', outcome: 'stopped', answer: null, citations: [] };
  expect(waitingFor(stateAfter([...replied, paused, finished]))).toBeNull();
});
