import { expect, test } from 'vitest';
import { groupSurvey, ticked } from './survey-groups.ts';

const entry = (path: string, more: object) => ({ path, bytes: 10, kind: 'text' as const, skip: null, readable: true, chars: 9, ...more });

const ENTRIES = [
  entry('a.txt', {}),
  entry('b.pdf', { kind: 'pdf', chars: 1 }),
  entry('c.txt', {}),
  entry('cat.png', { kind: null, skip: 'PNG picture', readable: false, chars: 0 }),
  entry('package-lock.json', { kind: 'json', skip: 'lock file' }),
  entry('dog.png', { kind: null, skip: 'PNG picture', readable: false, chars: 0 }),
];

test('files stand by kind, and what is left out by reason', () => {
  const { read, skipped } = groupSurvey(ENTRIES);
  expect(read.map(({ label, entries, bytes, chars }) => ({ label, entries, bytes, chars }))).toEqual([
    { label: 'Text', entries: [0, 2], bytes: 20, chars: 18 },
    { label: 'PDF', entries: [1], bytes: 10, chars: 1 },
  ]);
  // What may be ticked all the same comes first.
  expect(skipped.map(({ label, entries, readable }) => ({ label, entries, readable }))).toEqual([
    { label: 'lock file', entries: [4], readable: true },
    { label: 'PNG picture', entries: [3, 5], readable: false },
  ]);
});

test('every entry is in one group', () => {
  const { read, skipped } = groupSurvey(ENTRIES);
  const all = [...read, ...skipped].flatMap(({ entries }) => entries).sort((a, b) => a - b);
  expect(all).toEqual(ENTRIES.map((_, index) => index));
});

test('what is read unless the person says otherwise', () => {
  expect([...ticked(ENTRIES)]).toEqual([0, 1, 2]);
});
