import { expect, test } from 'vitest';
import type { Fact, LogEvent } from './events.ts';
import { append } from './log.ts';
import { whyNotResumable } from './resumable.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

function log(...facts: readonly Fact[]): readonly LogEvent[] {
  const events: LogEvent[] = [];
  for (const fact of facts) events.push(append(events, fact, 0));
  return events;
}

const started: Fact = { type: 'run.started', question: 'Q', method: 'rlm', settings: DEFAULT_SETTINGS, documents: [] };
const cell: Fact = { type: 'cell.started', call: '0', turn: 1, cell: '0:1', code: '1' };
const call: Fact = { type: 'call.started', call: '0.1', parent: '0', cell: '0:1', kind: 'llm', depth: 1, model: 'm', prompt: 'p' };

test('a run that was broken off can be gone on with', () => {
  expect(whyNotResumable(log(started))).toBeNull();
  expect(whyNotResumable(log(started, { ...cell, now: 1, seed: 2 }, { ...call, query: 0 }))).toBeNull();
});

test.each([
  ['nothing', log(), /does not begin/],
  ['a run that has ended', log(started, { type: 'run.finished', outcome: 'stopped', answer: null, citations: [] }), /has ended/],
  ['cells without their time and seed', log(started, cell), /older version/],
  ['sub-calls without their query', log(started, call), /older version/],
])('%s cannot', (_, events, why) => {
  expect(whyNotResumable(events)).toMatch(why);
});
