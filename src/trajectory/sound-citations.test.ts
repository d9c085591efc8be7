import { expect, it } from 'vitest';
import type { Citation, DocumentInfo } from './events.ts';
import { EMPTY, fold } from './fold.ts';
import { soundCitations } from './sound-citations.ts';
import { refundsLog } from './testing/refunds-log.ts';

const documents: readonly DocumentInfo[] = [{ id: 'd', name: 'a.txt', kind: 'text', chars: 10, lines: 1, bytes: 10, sha256: '' }];
const found: Citation = { quote: 'a', document: 'd', from: 0, to: 10 };
const nowhere: Citation = { quote: 'b', document: null, from: null, to: null };

it('keeps what lies in a document of the run, and what is in none', () => {
  const citations = [found, nowhere];
  expect(soundCitations(citations, documents)).toBe(citations);
});

it.each([
  { document: 'd', from: 5, to: 5 },
  { document: 'd', from: 6, to: 5 },
  { document: 'd', from: 0, to: 11 },
  { document: 'd', from: null, to: null },
  { document: 'd', from: 2 ** 52, to: 2 ** 53 - 1 },
  { document: 'other', from: 0, to: 1 },
  { document: '__proto__', from: 0, to: 1 },
  { document: null, from: 0, to: 1 },
])('leaves out %j', (place) => {
  expect(soundCitations([{ quote: 'x', ...place }, found], documents)).toEqual([found]);
});

it('takes no flood', () => {
  expect(soundCitations(Array.from({ length: 50_000 }, () => nowhere), documents)).toHaveLength(1_000);
});

it('is what a run is seen with; those of older logs stay as they were', () => {
  const { events } = refundsLog();
  const end = events.at(-1);
  if (end?.type !== 'run.finished') throw new Error('The log has no end.');
  const citations = fold(EMPTY, events).finished?.citations ?? [];
  expect(citations.length).toBeGreaterThan(0);
  expect(citations[0]).not.toHaveProperty('match');
  const hostile = { quote: 'x', document: 'nowhere', from: 9, to: 1 };
  const changed = [...events.slice(0, -1), { ...end, citations: [hostile, ...citations] }];
  expect(fold(EMPTY, changed).finished?.citations).toEqual(citations);
});
