import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../trajectory/settings.ts';
import { cell, runScript, type ScriptedRun } from '../testing/run-script.ts';

const ask = (count: number, more = '') =>
  cell(`r = await Promise.all(Array.from({ length: ${count} }, (_, i) => llm_query("item " + i).catch((e) => e))); print(r.filter((x) => x instanceof Error).length)${more}`);
const finish = cell('FINAL("plum")');
const many = { maxSubCalls: 5_000, parallelSubCalls: 64 };

type Person = NonNullable<ScriptedRun['person']>;
const says = (ok: boolean): Person => (controls, event) => {
  if (event.type === 'run.paused' && event.why === 'sub-calls') queueMicrotask(() => (ok ? controls.goOn() : controls.decline()));
};

describe('many short sub-calls of one cell', () => {
  it('are told to the model from a hundred on, and nobody is asked', async () => {
    const run = await runScript({ rlm: { Q: [ask(99), ask(100, ' // again'), finish] }, sub: (prompt) => prompt, settings: many, person: says(false) });
    const notes = run.of('note.added').filter(({ guard }) => guard === 'many-short-calls');
    expect(notes).toMatchObject([{ turn: 2, text: expect.stringContaining('Your cell made 100 sub-calls with prompts under 1,000 characters.') }]);
    expect(run.of('turn.started')[2]?.messages.at(-1)?.content).toContain(notes[0]?.text);
    expect(run.of('run.paused')).toEqual([]);
  });

  it('wait for the person past a thousand, who sees how many and what they may cost', async () => {
    const run = await runScript({ rlm: { Q: [ask(1_203), finish] }, sub: (prompt) => prompt, price: () => 0.0001, settings: many, person: says(true) });
    expect(run.of('run.paused')).toMatchObject([{ why: 'sub-calls', message: expect.stringContaining('203 more short sub-calls past the first 1,000, of about 9 characters each; about 0.02 USD in all.') }]);
    expect(run.of('call.started')).toHaveLength(1 + 1_203);
    expect(run.of('cell.finished')[0]?.observation).toBe('0\n');
    expect(run.end.outcome).toBe('answered');
  });

  it('do not seem to cost nothing where they cost little', async () => {
    const run = await runScript({ rlm: { Q: [ask(8), finish] }, sub: (prompt) => prompt, price: () => 0.0002, settings: { askAbove: 3 }, person: says(true) });
    expect(run.of('run.paused')[0]?.message).toContain('about 0.0010 USD in all.');
  });

  it('are refused where the person declines, with what to do instead, and the run goes on', async () => {
    const code = '; print(r.at(-1).message)';
    const run = await runScript({ rlm: { Q: [ask(8, code), finish] }, sub: (prompt) => prompt, price: () => null, settings: { askAbove: 3 }, person: says(false) });
    expect(run.of('run.paused')[0]?.message).toContain('5 more short sub-calls past the first 3, of about 6 characters each; their price is not known.');
    expect(run.of('cell.finished')[0]?.observation).toMatch(/^5\nRefused: .*Pack many items, numbered, into each prompt/);
    expect(run.of('call.started')).toHaveLength(1 + 3);
    expect(run.of('query.answered').filter(({ call }) => call === null)).toHaveLength(5);
    expect(run.of('note.added').filter(({ guard }) => guard)).toMatchObject([{ guard: 'many-short-calls', text: expect.stringContaining('are refused') }]);
    expect(run.end.outcome).toBe('answered');
  });

  it('go on where nobody is there to decide, and where the person wants never to be asked', async () => {
    const alone = await runScript({ rlm: { Q: [ask(8), finish] }, sub: (prompt) => prompt, settings: { askAbove: 3 } });
    expect(alone.of('call.started')).toHaveLength(1 + 8);
    const never = await runScript({ rlm: { Q: [ask(8), finish] }, sub: (prompt) => prompt, settings: { askAbove: 0 }, person: says(false) });
    expect(never.of('run.paused')).toEqual([]);
    expect(never.of('call.started')).toHaveLength(1 + 8);
  });

  it('are counted by cell, without long prompts and those of other cells', async () => {
    const long = cell('r = await Promise.all([1, 2, 3, 4].map((n) => llm_query(String(n).repeat(1000))))');
    const run = await runScript({ rlm: { Q: [ask(3), ask(3, ' // again'), long, finish] }, sub: () => 'a', settings: { askAbove: 3 }, person: says(false) });
    expect(run.of('run.paused')).toEqual([]);
  });

  it('that wait end with Stop, with the time and with their REPL', async () => {
    const stopped = await runScript({ rlm: { Q: [ask(8), finish] }, sub: () => 'a', settings: { askAbove: 3 }, person: () => {}, stopAt: ({ type }) => type === 'run.paused' });
    expect(stopped.end.outcome).toBe('stopped');
    const lost = await runScript({
      rlm: { Q: [cell('for (i = 0; i < 8; i++) llm_query("p" + i).catch(() => {}); await llm_query("x".repeat(2000)); await LOSE()'), finish] },
      sub: () => ({ text: 'a', latencyMs: 500 }),
      settings: { askAbove: 3 },
      person: () => {},
    });
    expect(lost.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });

  it('are decided once: a run that is gone on with does as the log says', async () => {
    const script: ScriptedRun = { rlm: { Q: [ask(6), finish] }, sub: (prompt) => ({ text: prompt, latencyMs: 10 }), settings: { ...DEFAULT_SETTINGS, askAbove: 2, parallelSubCalls: 1 } };
    for (const ok of [true, false]) {
      const whole = await runScript({ ...script, person: says(ok) });
      const decided = whole.events.findIndex((event) => event.type === 'note.added');
      for (let length = decided + 1; length < whole.events.length; length++) {
        const rest = await runScript({ ...script, past: whole.events.slice(0, length), person: says(!ok) });
        expect(rest.of('run.paused'), `cut at ${length}`).toHaveLength(1);
        expect(rest.of('call.started'), `cut at ${length}`).toHaveLength(1 + (ok ? 6 : 2));
        expect(rest.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
      }
    }
  });
});
