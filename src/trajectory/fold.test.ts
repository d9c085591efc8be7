import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact, LogEvent } from './events.ts';
import { TrajectoryEvent } from './events.ts';
import { EMPTY, fold } from './fold.ts';
import { isKnownEvent } from './known-event.ts';
import { append } from './log.ts';
import { PERSON_MODEL, waitedIn } from './person.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { arbitraryBatches, arbitraryLog, arbitraryNonsense } from './testing/arbitrary-log.ts';
import { refundsLog } from './testing/refunds-log.ts';

/** Events of `facts`, 10 ms apart. */
function log(...facts: readonly Fact[]): readonly LogEvent[] {
  const events: LogEvent[] = [];
  for (const fact of facts) events.push(append(events, fact, events.length * 10));
  return events;
}

const usage = { input: 10, cachedInput: 0, output: 5, reasoning: 0 };
const rootStarted: Fact = {
  type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: 'Who?',
};
const turnStarted: Fact = { type: 'turn.started', call: '0', turn: 1, messages: [{ role: 'user', content: 'Who?' }] };
const turnFinished: Fact = {
  type: 'turn.finished', call: '0', turn: 1, finishReason: 'stop', soFar: { usage, costUsd: 0.1 },
};
const cellStarted: Fact = { type: 'cell.started', call: '0', turn: 1, cell: '0:1', code: 'llm_query("a")' };
const subStarted: Fact = {
  type: 'call.started', call: '0.1', parent: '0', cell: '0:1', kind: 'llm', depth: 1, model: 's', prompt: 'a',
};

describe('properties', () => {
  test('generated logs are valid by the schema, dense, and hold every type of event', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(arbitraryLog(), ({ events }) => {
        for (const [index, event] of events.entries()) {
          seen.add(event.type);
          expect(event.seq).toBe(index);
          if (isKnownEvent(event)) expect(TrajectoryEvent.parse(event)).toEqual(event);
        }
      }),
    );
    const types = TrajectoryEvent.def.options.map((option) => [...option.shape.type.def.values][0]);
    expect([...seen].toSorted()).toEqual([...types, 'future.invented'].toSorted());
  });

  test('waits for the person are those that a run that is gone on with counts', () => {
    fc.assert(
      fc.property(arbitraryLog(), fc.boolean(), ({ events }, isPerson) => {
        const by = events.map((event) => (isPerson && isKnownEvent(event) && event.type === 'call.started' && event.call === '0' ? { ...event, model: PERSON_MODEL } : event));
        const { at, waited } = fold(EMPTY, by);
        expect(waited.ms + (waited.since === null ? 0 : at - waited.since)).toBeCloseTo(waitedIn(by), 6);
      }),
    );
  });

  test('any batching folds the same as one by one', () => {
    fc.assert(
      fc.property(
        arbitraryLog().chain((each) => fc.tuple(fc.constant(each.events), arbitraryBatches(each.events))),
        ([events, batches]) => {
          const whole = fold(EMPTY, events);
          expect(batches.reduce(fold, EMPTY)).toEqual(whole);
          expect(events.reduce((state, event) => fold(state, [event]), EMPTY)).toEqual(whole);
        },
      ),
    );
  });

  test('every prefix folds, and later events do not change an earlier state', () => {
    fc.assert(
      fc.property(arbitraryLog(60), ({ events }) => {
        const states = events.map((_, index) => fold(EMPTY, events.slice(0, index)));
        const copies = structuredClone(states);
        let state = EMPTY;
        for (const [index, event] of events.entries()) {
          expect(state.length).toBe(index);
          expect(state).toEqual(copies[index]);
          state = fold(state, [event]);
        }
        expect(states).toEqual(copies);
      }),
      { numRuns: 40 },
    );
  });

  test('calls and cells that no event of a batch touches keep their identity', () => {
    fc.assert(
      fc.property(arbitraryLog(), ({ events }) => {
        const half = fold(EMPTY, events.slice(0, events.length >> 1));
        const rest = events.slice(events.length >> 1);
        const next = fold(half, rest);
        // Both touch every call that is open.
        if (next.finished !== null || rest.some(({ type }) => type === 'run.resumed')) return;
        // A call.started touches the parent and its cell too, so every id named counts as touched.
        const named = JSON.stringify(rest.filter(isKnownEvent).map((e) => ({ ...e, text: '', messages: [] })));
        for (const [id, call] of half.calls) {
          if (!named.includes(`"${id}"`)) expect(next.calls.get(id)).toBe(call);
        }
        for (const [id, cell] of half.cells) {
          if (!named.includes(`"${id}"`)) expect(next.cells.get(id)).toBe(cell);
        }
      }),
    );
  });

  test('events in an order that makes no sense are never a throw, and hang together', () => {
    fc.assert(
      fc.property(arbitraryNonsense(), (events) => {
        const state = fold(EMPTY, events);
        expect(state.length).toBe(events.length);
        expect(events.reduce((each, event) => fold(each, [event]), EMPTY)).toEqual(state);
        for (const call of state.calls.values()) {
          if (call.parent !== null) expect(state.calls.get(call.parent)?.children).toContain(call.id);
          if (call.cell !== null) expect(state.cells.get(call.cell)?.calls).toContain(call.id);
        }
        expect(state.order).toEqual([...state.calls.keys()]);
        expect(new Set(state.order).size).toBe(state.order.length);
      }),
    );
  });
});

describe('one fact at a time', () => {
  test('the end of a reply is at hand while it grows, and is its own', () => {
    const text = (piece: string): Fact => ({ type: 'call.text', call: '0.1', text: piece });
    const facts = [rootStarted, turnStarted, turnFinished, cellStarted, subStarted];
    const pieces = ['a', 'bc'.repeat(99), 'd'.repeat(150), 'e'.repeat(500), 'f'];
    for (const [index] of pieces.entries()) {
      const call = fold(EMPTY, log(...facts, ...pieces.slice(0, index + 1).map(text))).calls.get('0.1');
      expect(call?.textEnd).toBe(pieces.slice(0, index + 1).join('').slice(-200));
    }
    const retried: Fact = { type: 'call.retried', call: '0.1', attempt: 1, waitMs: 1, reason: 'busy' };
    expect(fold(EMPTY, log(...facts, text('a'), retried)).calls.get('0.1')?.textEnd).toBe('');
    expect(fold(EMPTY, log(...facts, text('a'), retried, text('b'))).calls.get('0.1')?.textEnd).toBe('b');
  });

  test('text of an rlm call goes to its turn, that of an llm call to the call', () => {
    const state = fold(EMPTY, log(
      rootStarted, turnStarted, { type: 'call.sent', call: '0', attempt: 1 },
      { type: 'call.text', call: '0', text: 'Lo' }, { type: 'call.text', call: '0', text: 'ok' },
      { type: 'call.reasoned', call: '0', text: 'hm' },
      turnFinished, cellStarted, subStarted, { type: 'call.text', call: '0.1', text: 'Ada' },
    ));
    const root = state.calls.get('0');
    expect(root?.turns).toMatchObject([{ text: 'Look', reasoning: 'hm', repliedAt: 60, cell: '0:1' }]);
    expect(root?.text).toBe('');
    expect(root?.own).toEqual({ usage, costUsd: 0.1 });
    expect(root?.children).toEqual(['0.1']);
    expect(state.calls.get('0.1')?.text).toBe('Ada');
    expect(state.cells.get('0:1')?.calls).toEqual(['0.1']);
  });

  test('a retry voids the attempt and keeps why', () => {
    const before = log(
      rootStarted, turnStarted, turnFinished, cellStarted, subStarted,
      { type: 'call.sent', call: '0.1', attempt: 1 },
      { type: 'call.text', call: '0.1', text: 'half' }, { type: 'call.reasoned', call: '0.1', text: 'hm' },
      { type: 'call.retried', call: '0.1', attempt: 1, waitMs: 500, reason: 'HTTP 429' },
    );
    const waiting = fold(EMPTY, before).calls.get('0.1');
    expect(waiting).toMatchObject({ status: 'retrying', text: '', reasoning: '', sentAt: 50 });
    expect(waiting?.retries).toEqual([{ at: 80, attempt: 1, waitMs: 500, reason: 'HTTP 429' }]);
    const sent = append(before, { type: 'call.sent', call: '0.1', attempt: 2 }, 600);
    const again = fold(EMPTY, [...before, sent]).calls.get('0.1');
    expect(again).toMatchObject({ status: 'running', sentAt: 50 });
    expect(again?.requests).toEqual([
      { attempt: 1, turn: null, sentAt: 50, endedAt: 80 },
      { attempt: 2, turn: null, sentAt: 600, endedAt: null },
    ]);
  });

  test('a resumed run voids the requests in flight, and they are sent again', () => {
    const before = log(
      rootStarted, turnStarted, turnFinished, cellStarted, subStarted,
      { type: 'call.sent', call: '0.1', attempt: 1 }, { type: 'call.text', call: '0.1', text: 'half' },
      { type: 'run.resumed' },
    );
    const resumed = fold(EMPTY, before);
    expect(resumed.calls.get('0.1')).toMatchObject({ status: 'queued', text: '', sentAt: 50 });
    expect(resumed.calls.get('0')).toMatchObject({ turns: [{ repliedAt: 20 }] });
    const sent = append(before, { type: 'call.sent', call: '0.1', attempt: 1 }, 90);
    expect(fold(resumed, [sent]).calls.get('0.1')).toMatchObject({
      status: 'running',
      requests: [{ sentAt: 50, endedAt: 70 }, { attempt: 1, sentAt: 90, endedAt: null }],
    });
  });

  test('a hash that came late is the document’s', () => {
    const info = { id: 'd1', name: 'a', kind: 'text', chars: 1, lines: 1, bytes: 1, sha256: '' };
    const state = fold(EMPTY, log(
      { type: 'run.started', question: 'Q', method: 'rlm', settings: DEFAULT_SETTINGS, documents: [info, { ...info, id: 'd2' }] },
      { type: 'document.hashed', document: 'd2', sha256: 'ab' }, { type: 'document.hashed', document: 'd9', sha256: 'cd' },
    ));
    expect(state.started?.documents.map(({ sha256 }) => sha256)).toEqual(['', 'ab']);
  });

  test('a failed call keeps what it had spent, or what the failure says it spent', () => {
    const failed: Fact = { type: 'call.failed', call: '0', message: 'HTTP 500' };
    const start = [rootStarted, turnStarted, turnFinished];
    expect(fold(EMPTY, log(...start, failed)).calls.get('0')?.own).toEqual({ usage, costUsd: 0.1 });
    const twice = { ...usage, input: 20 };
    expect(fold(EMPTY, log(...start, { ...failed, usage: twice })).calls.get('0')?.own).toEqual({
      usage: twice,
      costUsd: null,
    });
  });

  test('the end of the run cuts what is open, and nothing but notes comes after', () => {
    const finish: Fact = { type: 'run.finished', outcome: 'stopped', answer: null, citations: [], reason: 'Stopped.' };
    const state = fold(EMPTY, log(
      rootStarted, turnStarted, turnFinished, cellStarted, subStarted,
      { type: 'call.sent', call: '0.1', attempt: 1 }, finish,
      { type: 'call.text', call: '0.1', text: 'late' }, { ...finish, outcome: 'failed' },
      { type: 'note.added', by: 'person', text: 'Why so soon?' },
    ));
    expect(state.finished).toMatchObject({ at: 60, outcome: 'stopped', reason: 'Stopped.' });
    expect(state.calls.get('0')).toMatchObject({ status: 'cut', endedAt: 60 });
    expect(state.calls.get('0.1')).toMatchObject({ status: 'cut', endedAt: 60, text: '' });
    expect(state.calls.get('0.1')?.requests[0]?.endedAt).toBe(60);
    expect(state.cells.get('0:1')).toMatchObject({ endedAt: 60, ok: null });
    expect(state.notes).toHaveLength(1);
    expect(state.length).toBe(10);
  });

  test('a call whose path does not name its parent hangs nowhere', () => {
    const strays = [{ ...subStarted, call: '0.1.1' }, { ...subStarted, parent: null }, { ...rootStarted, parent: '0' }];
    const state = fold(EMPTY, log(rootStarted, turnStarted, turnFinished, cellStarted, ...strays));
    expect(state.order).toEqual(['0']);
    expect(state.calls.get('0')?.children).toEqual([]);
  });

  test('unknown types and calls without a parent move only the playhead', () => {
    const orphan: Fact = { ...rootStarted, call: '0.7.1', parent: '0.7' };
    const events = [...log(orphan), { seq: 1, at: 99, type: 'toString', call: '0' }];
    expect(fold(EMPTY, events)).toEqual({ ...EMPTY, length: 2, at: 99 });
  });
});

describe('speed', () => {
  test('10,000 events with 1,500 calls fold from zero, and 50 more on top, in little time', () => {
    const facts: Fact[] = [rootStarted, turnStarted, turnFinished, cellStarted];
    for (let n = 1; n <= 1_500; n += 1) {
      const call = `0.${n}`;
      facts.push({ ...subStarted, call }, { type: 'call.sent', call, attempt: 1 });
      for (let piece = 0; piece < 4; piece += 1) facts.push({ type: 'call.text', call, text: 'a piece of a reply ' });
      facts.push({ type: 'call.finished', call, usage, costUsd: 0.01, finishReason: 'stop' });
    }
    const events = log(...facts);
    expect(events.length).toBeGreaterThan(10_000);
    const [state, fromZero] = fastest(() => fold(EMPTY, events));
    const [, batch] = fastest(() => fold(state, log(...facts.slice(-50))));
    expect(state.calls.size).toBe(1_501);
    // Some 15 ms and 0.05 ms on a quiet machine; the bounds only catch what is quadratic.
    expect(fromZero).toBeLessThan(250);
    expect(batch).toBeLessThan(10);
  });

  test('a reply streamed in 50,000 pieces is not quadratic', () => {
    const pieces = Array.from({ length: 50_000 }, (): Fact => ({ type: 'call.text', call: '0', text: 'ten chars ' }));
    const events = log(rootStarted, turnStarted, ...pieces);
    const [state, ms] = fastest(() => fold(EMPTY, events));
    expect(state.calls.get('0')?.turns[0]?.text).toHaveLength(500_000);
    expect(ms).toBeLessThan(500);
  });

  function fastest<T>(run: () => T): readonly [T, number] {
    let best = Infinity;
    let value = run();
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now();
      value = run();
      best = Math.min(best, performance.now() - start);
    }
    return [value, best];
  }
});

test('the refunds log folds to the end of its story', () => {
  const state = fold(EMPTY, refundsLog().events);
  expect(state.calls.size).toBe(151);
  expect(state.finished?.outcome).toBe('answered');
  const statuses = [...state.calls.values()].map((call) => call.status);
  expect(statuses.filter((status) => status === 'finished')).toHaveLength(150);
  expect(statuses.filter((status) => status === 'failed')).toHaveLength(1);
});
