import { describe, expect, test } from 'vitest';
import type { Library, LibraryItem } from '../../state/library-store.ts';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { milestone } from './milestones.ts';
import { libraryStatus, runStatus, type Status } from './status.ts';

const { events } = refundsLog();
const say = ({ word, clauses }: Status): string =>
  `${word} ${clauses.map((pieces) => pieces.map((piece) => piece.text).join('')).join(' · ')}`;

const at = (ms: number) => fold(EMPTY, events.filter((event) => event.at <= ms));

const reading = (done: number, total: number): LibraryItem => ({
  id: String(done),
  name: 'a.txt',
  bytes: total,
  status: 'reading',
  done,
  total,
  unit: 'bytes',
  origin: { from: 'person' },
});

describe('status of the documents', () => {
  const library = (...items: LibraryItem[]): Library => ({ items });
  test('is ready with nothing', () => {
    expect(say(libraryStatus(library()))).toBe('Ready add a file, then ask');
  });
  test('counts bytes over all files that are being read', () => {
    expect(say(libraryStatus(library(reading(1, 4), reading(2, 4))))).toBe('Reading 2 files, 38%');
  });
  test('a file of unknown size has no share', () => {
    expect(say(libraryStatus(library(reading(0, 0))))).toBe('Reading 1 file');
  });
});

describe('status of a run', () => {
  test('before its first turn', () => {
    expect(say(runStatus(EMPTY, false))).toBe('Running the model is starting');
  });
  test('while a turn waits for sub-calls', () => {
    expect(say(runStatus(at(60_000), false))).toMatch(
      /^Running turn 4 is waiting for \d+ calls in flight, \d+ queued( · |, ).*of 42 back/,
    );
  });
  test('when answered', () => {
    expect(say(runStatus(fold(EMPTY, events), true))).toMatch(
      /^Answered in 6 turns, 2:\d\d · 9 quotes, all found word for word$/,
    );
  });
  test('a log that ends in the middle is not running', () => {
    expect(say(runStatus(at(60_000), true))).toBe(
      'Stopped this log ends after 4 turns, 0:59, without an answer',
    );
  });
});

test('a resumed run says so, and what was in flight before is not any more', () => {
  const half = at(98_000);
  const resumed = { seq: half.length, at: 99_000, type: 'run.resumed' as const };
  const once = fold(half, [resumed]);
  expect(say(runStatus(half, false))).toMatch(/in flight/);
  expect(say(runStatus(once, false))).toMatch(/0 calls in flight.* · resumed$/);
  expect(say(runStatus(fold(once, [{ ...resumed, seq: once.length, at: 99_500 }]), false))).toMatch(/ · resumed 2 times$/);
});

test('a run that leaves the log of another says where, and is not called resumed for it', () => {
  const half = at(98_000);
  if (!half.started) throw new Error('The log begins.');
  const branch = { ...half, started: { ...half.started, branch: { run: 'r1', turn: 3 } }, resumed: [99_000] };
  expect(say(runStatus(branch, false))).toMatch(/ · again from turn 3$/);
  expect(say(runStatus({ ...branch, resumed: [99_000, 99_500] }, false))).toMatch(/ · again from turn 3 · resumed$/);
});

test('a run tells its method where it is not the RLM', () => {
  const done = fold(EMPTY, events);
  if (!done.started) throw new Error('The log begins.');
  expect(say(runStatus({ ...done, started: { ...done.started, method: 'base' } }, true))).toMatch(/ · Plain model$/);
});

test('milestones are few: turns, fan-outs leaving and coming home, the end', () => {
  const said: string[] = [];
  let before = EMPTY;
  for (const event of events) {
    const now = fold(before, [event]);
    const words = milestone(before, now);
    if (words) said.push(words);
    before = now;
  }
  expect(said.slice(0, 5)).toEqual([
    'Turn 1',
    'Turn 2',
    'Turn 3',
    'Turn 3 calls models',
    '36 sub-calls of turn 3 back',
  ]);
  expect(said.at(-1)).toMatch(/^Answered in 6 turns/);
  expect(said.length).toBeLessThan(16);
});
