import { expect, test } from 'vitest';
import type { Fact, LogEvent } from '../events.ts';
import { EMPTY, fold } from '../fold.ts';
import { append } from '../log.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { answerRemarks } from './answer-remarks.ts';

function remarks(method: string, notes: readonly Omit<Extract<Fact, { type: 'note.added' }>, 'type'>[]) {
  const facts: Fact[] = [
    { type: 'run.started', question: 'Q', method, settings: DEFAULT_SETTINGS, documents: [] },
    { type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: 'Q' },
    { type: 'turn.started', call: '0', turn: 1, messages: [] },
    ...notes.map((note) => ({ type: 'note.added' as const, ...note })),
  ];
  const log: LogEvent[] = [];
  for (const fact of facts) log.push(append(log, fact, 0));
  return answerRemarks(fold(EMPTY, log));
}

test('a text that was cut is told with the answer of the methods that get the text', () => {
  const cut = { by: 'engine', call: '0', text: 'It was cut.' } as const;
  expect(remarks('base', [cut])).toEqual(['It was cut.']);
  expect(remarks('codeact', [cut])).toEqual(['It was cut.']);
  expect(remarks('rlm', [cut])).toEqual([]);
});

test('so is an answer that breaks its schema, and nothing that was put right', () => {
  const broken = { by: 'engine', call: '0', guard: 'answer-schema', text: 'It breaks it.' } as const;
  expect(remarks('rlm', [{ ...broken, turn: 1 }])).toEqual(['It breaks it.']);
  expect(remarks('rlm', [{ ...broken, turn: 2 }])).toEqual([]);
});

test('prices, persons and other calls are none of it', () => {
  expect(
    remarks('base', [
      { by: 'engine', text: 'The price is not known.' },
      { by: 'person', call: '0', text: 'Mine.' },
      { by: 'engine', call: '0.1', text: 'Of another.' },
    ]),
  ).toEqual([]);
});
