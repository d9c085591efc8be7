import { describe, expect, it } from 'vitest';
import type { CallState, RunState } from '../trajectory/run-state.ts';
import type { EventOf, TrajectoryEvent } from '../trajectory/events.ts';
import { isFinal, isSent } from '../trajectory/fold-call.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import type { BudgetView } from '../repl/port.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';

const PRICE = 0.01;

/** What `budget()` must tell in `call`, by nothing but the log up to here. */
function byTheLog(events: readonly TrajectoryEvent[], call: string, turn: number): BudgetView {
  const state = fold(EMPTY, events);
  const settings = state.started?.settings;
  if (!settings) throw new Error('The run did not start.');
  const path = call.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));
  const left = path.map((id) => leftOf(state, id, id === '0' ? { calls: settings.maxSubCalls, usd: settings.budgetUsd } : shareOf(state, id)));
  return {
    calls: Math.min(...left.map(({ calls }) => calls)),
    tokens: null,
    usd: Math.max(0, Math.min(...left.map(({ usd }) => usd))),
    turns: settings.maxTurns - turn,
    seconds: settings.maxSeconds - state.at / 1000,
  };
}

function shareOf(state: RunState, id: string) {
  const share = state.calls.get(id)?.share;
  if (!share) throw new Error(`${id} has no share in the log.`);
  return share;
}

/** One account: less what is spent, what is reserved for requests, and what is kept for a last turn. */
function leftOf(state: RunState, id: string, share: { readonly calls: number; readonly usd: number }) {
  const below = [...state.calls.values()].filter((each) => each.id === id || each.id.startsWith(`${id}.`));
  const spent = below.reduce((sum, { own }) => sum + (own?.costUsd ?? 0), 0);
  const reserved = below.filter(isReserved).length * PRICE;
  const kept = (state.calls.get(id)?.turns.length ?? 0) > 0 ? PRICE : 0;
  const calls = below.filter((each) => each.id !== id && isSent(each)).length;
  return { calls: share.calls - calls, usd: share.usd - spent - reserved - kept };
}

function isReserved(call: CallState): boolean {
  if (isFinal(call.status)) return false;
  if (call.kind === 'llm') return isSent(call);
  return call.turns.at(-1)?.repliedAt === null;
}

const script: ScriptedRun = {
  rlm: {
    Q: [
      { text: cell('print(JSON.stringify(budget())); for (q of ["a", "bb"]) { await llm_query(q); print(JSON.stringify(budget())) }'), costUsd: 0.008 },
      { text: cell('show = () => print(JSON.stringify(budget())); await Promise.all([rlm_query("A", "x").then(show), rlm_query("B", "x").catch(show), llm_query("ccc").then(show), llm_query("a").then(show)])'), costUsd: 0.006 },
      { text: cell('await llm_query("bad").catch(() => {}); print(JSON.stringify(budget())); FINAL("plum")'), costUsd: 0.01 },
    ],
    A: [
      { text: cell('print(JSON.stringify(budget())); await llm_query("dddd"); print(JSON.stringify(budget())); await rlm_query("C", "y"); print(JSON.stringify(budget()))'), costUsd: 0.009 },
      { text: cell('print(JSON.stringify(budget())); FINAL("a")'), costUsd: 0.002 },
    ],
    B: [{ text: cell('await llm_query_batched(["e", "ff", "ggg", "a", "a"]); print(JSON.stringify(budget()))'), costUsd: 0.01, latencyMs: 31 }],
    C: [{ text: cell('await llm_query("hhhhh"); print(JSON.stringify(budget())); FINAL("c")'), costUsd: 0.001 }],
  },
  sub: (prompt) => ({ text: prompt, costUsd: 0.001 * prompt.length, latencyMs: 11 + 17 * prompt.length }),
  price: () => PRICE,
  latencyMs: 40,
};

describe.each([
  ['where nothing is shared', {}],
  ['where replies are shared in flight', { reuse: 'in-flight' as const }],
  ['where replies are shared in the run', { reuse: 'run' as const }],
])('budget() %s', (_, more) => {
  it('agrees with the log at every reply and every cell', async () => {
    const { events, of } = await runScript({ ...script, settings: { maxDepth: 3, maxSubCalls: 40, maxTurns: 6, maxSeconds: 500, parallelSubCalls: 3, ...more } });
    const told = events.filter((event): event is EventOf<'query.answered' | 'cell.started'> =>
      event.type === 'query.answered' || event.type === 'cell.started',
    );
    expect(told.length).toBeGreaterThan(18);
    for (const event of told) {
      const [call = '', turn = ''] = event.cell.split(':');
      const expected = byTheLog(events.slice(0, event.seq), call, Number(turn));
      const where = `event ${event.seq}, ${event.cell}`;
      const { usd, ...rest } = event.budget ?? { usd: null };
      expect(rest, where).toEqual({ calls: expected.calls, tokens: null, turns: expected.turns, seconds: expected.seconds });
      expect(usd, where).toBeCloseTo(expected.usd ?? NaN, 9);
    }
    // And the guest sees what the log says that it was told last.
    for (const { cell: id, text, seq } of of('cell.printed')) {
      const before = told.filter((event) => event.cell === id && event.seq < seq).map(({ budget }) => JSON.stringify(budget));
      for (const line of text.trim().split('\n')) expect(before).toContain(line);
      expect(before.at(-1)).toBe(text.trim().split('\n').at(-1));
    }
  });
});

it('tells that the money left is unknown, where a reply had a cost that nobody knows', async () => {
  const { of } = await runScript({
    rlm: { Q: [cell('await llm_query("known"); print(budget().usd); await llm_query("unknown"); print(budget().usd); await llm_query("known"); print(budget().usd)'), cell('FINAL("plum")')] },
    sub: (prompt) => ({ text: 'ok', costUsd: prompt === 'known' ? 0 : null }),
  });
  expect(of('cell.finished')[0]?.observation).toBe('1\nnull\nnull\n');
});
