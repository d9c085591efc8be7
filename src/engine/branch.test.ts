import { describe, expect, it } from 'vitest';
import { branchLog } from '../trajectory/branch.ts';
import type { LogEvent, TrajectoryEvent } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { isKnownEvent } from '../trajectory/known-event.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';

const script: ScriptedRun = {
  rlm: {
    Q: [
      { text: cell('a = await llm_query("a"); print(a)'), pieces: ['I do', ' this.\n```repl\na = await llm_query("a"); print(a)\n```'], costUsd: 0.01 },
      { text: cell('b = await llm_query(a + "b"); later = llm_query("later")'), reasoning: 'Hm.', costUsd: 0.01 },
      { text: cell('FINAL(b + await later)'), costUsd: 0.01 },
    ],
  },
  sub: (prompt) => ({ text: `<${prompt}>`, costUsd: 0.1, latencyMs: prompt === 'later' ? 50 : 1 }),
  latencyMs: 5,
};

function branched(events: readonly LogEvent[], turn: number, reply: string): TrajectoryEvent[] {
  const result = branchLog(events, { run: 'r1', turn, reply });
  if (!result.ok) throw new Error(result.why);
  return result.log.filter(isKnownEvent);
}

describe('a run again from a turn', () => {
  it('shares the log up to the reply, asks nothing of it again, and counts what it cost', async () => {
    const whole = await runScript(script);
    const past = branched(whole.events, 2, cell('b = a + "!"'));
    const rest = await runScript({ ...script, past, rlm: { Q: ['', '', { text: cell('print(budget().usd); FINAL(b)'), costUsd: 0.01 }] } });
    expect(rest.end).toMatchObject({ outcome: 'answered', answer: '<a>!' });
    // Of turn 3 alone.
    expect(rest.model.requests).toHaveLength(1);
    expect(rest.events.map(({ seq }) => seq)).toEqual(rest.events.map((_, at) => at));
    expect(rest.events[0]).toMatchObject({ type: 'run.started', branch: { run: 'r1', turn: 2 } });
    const root = fold(EMPTY, rest.events).calls.get('0');
    expect(root?.turns[1]).toMatchObject({ text: cell('b = a + "!"'), reasoning: '', finishReason: 'stop' });
    const printed = rest.of('cell.printed').map(({ text }) => Number(text)).at(-1) ?? 1;
    // The turns cost 0.02, the sub-call 0.1, of 1 USD.
    expect(printed).toBeLessThanOrEqual(0.88);
  });

  it('may begin at the first turn, with what was in flight asked once more', async () => {
    const whole = await runScript(script);
    const past = branched(whole.events, 3, cell('FINAL("kept " + await later)'));
    expect(past.some((event) => event.type === 'call.finished' && event.call === '0.3')).toBe(false);
    const rest = await runScript({ ...script, past });
    expect(rest.end).toMatchObject({ answer: 'kept <later>' });
    expect(rest.model.requests.map(({ messages }) => messages[0]?.content)).toEqual(['later']);
    const first = await runScript({ ...script, past: branched(whole.events, 1, 'FINAL(at once)') });
    expect(first.end).toMatchObject({ outcome: 'answered', answer: 'at once' });
    expect(first.model.requests).toHaveLength(0);
  });

  it('comes to the same end from any prefix of its log that begins with the shared part', async () => {
    const whole = await runScript(script);
    const past = branched(whole.events, 2, cell('b = a + await llm_query("c"); print(b)'));
    const fork = { ...script, rlm: { Q: ['', '', cell('FINAL(b)')] } };
    const run = await runScript({ ...fork, past });
    expect(run.end).toMatchObject({ answer: '<a><c>' });
    for (let length = past.length + 1; length < run.events.length; length++) {
      const rest = await runScript({ ...fork, past: run.events.slice(0, length) });
      expect(rest.end, `cut after ${length}`).toMatchObject({ answer: '<a><c>' });
      expect(rest.model.requests.length).toBeLessThanOrEqual(run.model.requests.length);
    }
  });

  it('may be made of a run that is one itself, and of one that was gone on with', async () => {
    const whole = await runScript(script);
    const once = await runScript({ ...script, past: branched(whole.events, 2, cell('b = "B"')), rlm: { Q: ['', '', cell('FINAL(b)')] } });
    const twice = await runScript({ ...script, past: branched(once.events, 3, cell('FINAL(a + b)')) });
    expect(twice.end).toMatchObject({ answer: '<a>B' });
    expect(twice.model.requests).toHaveLength(0);
  });

  it('is not to be had where there is no such reply', async () => {
    const { events } = await runScript(script);
    const why = (...[log, turn, reply]: [readonly LogEvent[], number, string]) => {
      const result = branchLog(log, { run: 'r', turn, reply });
      return result.ok ? null : result.why;
    };
    expect(why(events, 4, 'x')).toBe('The root of this run has no turn 4.');
    expect(why(events, 1, ' ')).toContain('Write one');
    const asked = events.findIndex((event) => event.type === 'turn.started' && event.turn === 2);
    expect(why(events.slice(0, asked + 1), 2, 'x')).toBe('Turn 2 has no reply yet.');
    const old = events.map((event) => (event.type === 'cell.started' ? { ...event, now: undefined } : event));
    expect(why(old, 1, 'x')).toBeNull();
    expect(why(old, 2, 'x')).toContain('older version');
  });

  it('keeps what it does not know, and hashes that came later', () => {
    const settings = { provider: 'offline', baseUrl: '', rootModel: 'm', subModel: 'm', maxTurns: 1, maxDepth: 1, parallelSubCalls: 1, maxSubCalls: 1, budgetUsd: 1, maxSeconds: 1, cellCpuSeconds: 1, replMemoryMb: 1 };
    const document = { id: 'd', name: 'd', kind: 'text', chars: 1, lines: 1, bytes: 1, sha256: '' };
    const usage = { input: 1, cachedInput: 0, output: 1, reasoning: 0 };
    const log: LogEvent[] = [
      { seq: 0, at: 0, type: 'run.started', question: 'Q', method: 'rlm', settings, documents: [document] },
      { seq: 1, at: 1, type: 'of.later', said: 1 },
      { seq: 2, at: 1, type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: 'Q' },
      { seq: 3, at: 1, type: 'turn.started', call: '0', turn: 1, messages: [] },
      { seq: 4, at: 2, type: 'turn.finished', call: '0', turn: 1, finishReason: 'length', soFar: { usage, costUsd: 1 } },
      { seq: 5, at: 3, type: 'document.hashed', document: 'd', sha256: 'ab' },
    ];
    const result = branchLog(log, { run: 'r', turn: 1, reply: 'new' });
    expect(result.ok && result.log).toMatchObject([
      { seq: 0, documents: [{ sha256: 'ab' }] },
      { seq: 1, type: 'of.later', said: 1 },
      { seq: 2 },
      { seq: 3 },
      { seq: 4, type: 'call.text', text: 'new' },
      { seq: 5, type: 'turn.finished', finishReason: 'stop' },
    ]);
  });
});
