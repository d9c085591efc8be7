import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../trajectory/events.ts';
import { DEFAULT_SETTINGS } from '../trajectory/settings.ts';
import { emptyHeader, extendHeader } from './run-header.ts';

const document = { id: 'd', kind: 'text', chars: 1, lines: 1, bytes: 1, sha256: '' };
const LOG: readonly LogEvent[] = [
  {
    seq: 0,
    at: 0,
    type: 'run.started',
    question: 'Why?',
    method: 'rlm',
    settings: DEFAULT_SETTINGS,
    documents: [{ ...document, name: 'a.txt' }],
  },
  { seq: 1, at: 5, type: 'something.new' },
  { seq: 2, at: 90, type: 'run.finished', outcome: 'answered', answer: 'So.', citations: [] },
];
const empty = emptyHeader('r1', '2026-11-21T10:00:00.000Z');

describe('extendHeader', () => {
  it('tells what the events tell, however they are batched', () => {
    const whole = extendHeader(empty, LOG);
    expect(whole).toEqual({
      run: 'r1',
      startedAt: '2026-11-21T10:00:00.000Z',
      length: 3,
      ms: 90,
      question: 'Why?',
      method: 'rlm',
      documents: ['a.txt'],
      outcome: 'answered',
    });
    for (const cut of [0, 1, 2, 3]) {
      expect(extendHeader(extendHeader(empty, LOG.slice(0, cut)), LOG.slice(cut))).toEqual(whole);
    }
  });

  it('leaves the outcome open until the run has finished', () => {
    expect(extendHeader(empty, LOG.slice(0, 2)).outcome).toBeNull();
  });

  it('refuses gaps and repetitions', () => {
    expect(() => extendHeader(empty, LOG.slice(1))).toThrow(RangeError);
    expect(() => extendHeader(extendHeader(empty, LOG.slice(0, 2)), LOG.slice(1))).toThrow(
      'Event 1 cannot follow 2 stored events',
    );
  });
});
