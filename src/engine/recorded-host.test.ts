import { expect, it } from 'vitest';
import type { GuestQuery, QueryReply } from '../repl/port.ts';
import { createCellRecords, sketchOf, type CellRecord } from './cell-record.ts';
import { createRecordedHost } from './recorded-host.ts';

const budget = { calls: 1, tokens: null, usd: null, turns: 1, seconds: 1 };
const ask = (prompt: string): GuestQuery => ({ kind: 'llm', prompt, model: null, line: 1, batch: null });
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** The record of a cell that asked `prompts` and was handed the replies to `order` of them. */
function recordOf(prompts: readonly string[], order: readonly number[]): CellRecord {
  const records = createCellRecords();
  records.add({ type: 'cell.started', call: '0', turn: 1, cell: '0:1', code: '', now: 5, seed: 6, budget });
  prompts.forEach((prompt, query) => {
    const call = `0.${query + 1}`;
    records.add({ type: 'call.started', call, parent: '0', cell: '0:1', query, kind: 'llm', depth: 1, model: 'm', prompt });
  });
  for (const query of order) {
    const call = `0.${query + 1}`;
    const usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };
    records.add({ type: 'call.text', call, text: `reply to ` });
    records.add({ type: 'call.text', call, text: prompts[query] ?? '' });
    records.add({ type: 'call.finished', call, usage, costUsd: 0, finishReason: 'stop' });
    records.add({ type: 'query.answered', cell: '0:1', query, ok: true, call, now: 10 + query, budget });
  }
  const record = records.get('0:1');
  if (!record) throw new Error('There is no record.');
  return record;
}

function hostOf(record: CellRecord) {
  const log: string[] = [];
  const live: { readonly query: GuestQuery; readonly reply: (text: string) => void }[] = [];
  const recorded = createRecordedHost(record, {
    print: () => {},
    ask: (query) =>
      new Promise((resolve) =>
        live.push({ query, reply: (text) => resolve((): QueryReply => ({ ok: true, text, budget, now: 99 })) }),
      ),
  });
  const listen = (prompt: string, then: () => void = () => {}) =>
    void recorded.host.query(ask(prompt)).then((reply) => {
      log.push(reply.ok ? reply.text : reply.message);
      then();
    });
  return { recorded, log, live, listen };
}

it('hands replies on in the recorded order, whatever the order of asking', async () => {
  const { log, listen } = hostOf(recordOf(['a', 'b', 'c'], [2, 0, 1]));
  listen('a');
  await settle();
  expect(log).toEqual([]);
  listen('b');
  listen('c');
  await settle();
  expect(log).toEqual(['reply to c', 'reply to a', 'reply to b']);
});

it('waits for what the cell asks only after an earlier reply', async () => {
  const { log, listen } = hostOf(recordOf(['a', 'b', 'a2'], [0, 2, 1]));
  listen('a', () => listen('a2'));
  listen('b');
  await settle();
  expect(log).toEqual(['reply to a', 'reply to a2', 'reply to b']);
});

it('hands on what was in flight only when all recorded replies are out', async () => {
  const { log, listen, live } = hostOf(recordOf(['a', 'b', 'late'], [0, 2]));
  listen('a');
  listen('b');
  live[0]?.reply('now');
  await settle();
  expect(log).toEqual(['reply to a']);
  listen('late');
  await settle();
  expect(log).toEqual(['reply to a', 'reply to late', 'now']);
});

it('says so where something else is asked, or not all', async () => {
  const other = hostOf(recordOf(['a'], [0]));
  other.listen('b');
  await expect(other.recorded.diverged).rejects.toThrow('did not run as before');
  const less = hostOf(recordOf(['a', 'b'], [0]));
  less.listen('a');
  expect(() => less.recorded.checkAll()).toThrow('did not run as before');
  less.listen('b');
  expect(() => less.recorded.checkAll()).not.toThrow();
});

it('hands on nothing once it is closed', async () => {
  const { recorded, log, listen, live } = hostOf(recordOf([], []));
  listen('a');
  recorded.close();
  live[0]?.reply('too late');
  listen('b');
  await settle();
  expect(log).toEqual([]);
  expect(live).toHaveLength(1);
});

it('tells texts apart by their sketches, at a cost that does not grow', () => {
  const long = 'abcdefg '.repeat(100_000);
  expect(sketchOf(long)).not.toBe(sketchOf(`${long} `));
  expect(sketchOf('ab')).not.toBe(sketchOf('ba'));
  expect(sketchOf(long)).toBe(sketchOf('abcdefg '.repeat(100_000)));
});
