import { describe, expect, it } from 'vitest';
import type { TrajectoryEvent } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { waitedIn } from '../trajectory/person.ts';
import type { Clock, Controls } from './engine.ts';
import { ModelError } from '../models/port.ts';
import { createControls } from './steering.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';
import { createWaits } from './waits.ts';

const HOUR = 3_600_000;
const forever = new AbortController().signal;

/** What happened, a word each: replies asked for, stops, and cells with their code. */
const story = (events: readonly TrajectoryEvent[]) =>
  events.flatMap((event) => {
    switch (event.type) {
      case 'turn.started':
        return [`turn ${event.turn}`];
      case 'run.paused':
        return [`paused ${event.why}`];
      case 'run.continued':
        return [`on ${event.ok}`];
      case 'cell.started':
        return [event.edited ? `edited ${event.code}` : `cell ${event.code}`];
      default:
        return [];
    }
  });

/** After each pause, an hour later, the next of `moves`. */
function moving(first: (controls: Controls) => void, ...moves: ((controls: Controls) => void)[]) {
  return (controls: Controls, event: TrajectoryEvent, clock: Clock) => {
    if (event.type === 'run.started') first(controls);
    if (event.type !== 'run.paused') return;
    const move = moves.shift();
    if (move) void clock.sleep(HOUR, forever).then(() => move(controls));
  };
}

const script: ScriptedRun = { rlm: { Q: [cell('x = 1'), cell('x += 1'), cell('FINAL(x)')] }, settings: { maxSeconds: 60 } };
const pause = (controls: Controls) => controls.pause();
const step = (controls: Controls) => controls.step();
const goOn = (controls: Controls) => controls.goOn();

describe('a run that is steered', () => {
  it('stops before its next reply, and goes on; the hours it waited are not its own', async () => {
    const { events, end } = await runScript({ ...script, person: moving(pause, goOn) });
    expect(story(events)).toEqual(['paused person', 'on true', 'turn 1', 'cell x = 1', 'turn 2', 'cell x += 1', 'turn 3', 'cell FINAL(x)']);
    expect(end).toMatchObject({ outcome: 'answered', answer: '2' });
    expect(end.at).toBeGreaterThanOrEqual(HOUR);
    const [first] = events.flatMap((event) => (event.type === 'cell.started' ? [event.budget] : []));
    expect(first?.seconds).toBeGreaterThan(59);
    expect(waitedIn(events)).toBe(HOUR);
  });

  it('goes on by one turn at a time, and stops before each cell', async () => {
    const { events, end } = await runScript({ ...script, person: moving(step, step, step, goOn) });
    expect(story(events)).toEqual([
      'turn 1', 'paused person', 'on true', 'cell x = 1',
      'turn 2', 'paused person', 'on true', 'cell x += 1',
      'turn 3', 'paused person', 'on true', 'cell FINAL(x)',
    ]);
    expect(end).toMatchObject({ outcome: 'answered', answer: '2' });
  });

  it('pauses before a cell when it is asked to while the reply is on its way', async () => {
    const person = (controls: Controls, event: TrajectoryEvent) => {
      if (event.type === 'call.text') controls.pause();
      if (event.type === 'run.paused') queueMicrotask(() => controls.goOn());
    };
    const { events } = await runScript({ rlm: { Q: [cell('FINAL(1)')] }, person });
    expect(story(events)).toEqual(['turn 1', 'paused person', 'on true', 'cell FINAL(1)']);
    expect(fold(EMPTY, events).paused).toBeNull();
  });

  it('runs a cell as the person changed it, and the model is shown what ran', async () => {
    const person = moving(step, (controls) => controls.goOn('x = 40'));
    const { events, end, model } = await runScript({ ...script, person });
    expect(story(events)).toContain('edited x = 40');
    expect(end).toMatchObject({ answer: '41' });
    const shown = model.requests.at(-1)?.messages.filter(({ role }) => role === 'assistant')[0]?.content;
    expect(shown).toBe('I do this.\n```repl\nx = 40\n```');
  });

  it('lets a pause be taken back before it comes', async () => {
    const person = (controls: Controls, event: TrajectoryEvent) => {
      if (event.type === 'run.started') controls.pause();
      if (event.type === 'call.started') controls.goOn();
    };
    const { events } = await runScript({ ...script, person });
    expect(events.some(({ type }) => type === 'run.paused')).toBe(false);
  });

  it('ends a wait when it is stopped', async () => {
    const { end } = await runScript({ ...script, person: moving(pause), stopAt: ({ type }) => type === 'run.paused' });
    expect(end).toMatchObject({ outcome: 'stopped' });
  });

  it('is not hurried by its time where the person is the root', async () => {
    const { events, end, of } = await runScript({
      rlm: { Q: [cell('x = await llm_query("a"); print(budget().seconds, budget().usd)'), cell('FINAL(x)')].map((text) => ({ text, latencyMs: HOUR })) },
      sub: (prompt) => ({ text: prompt, costUsd: 0.25 }),
      price: (model) => (model === 'you' ? null : 0.25),
      latencyMs: 1_000,
      settings: { rootBy: 'person', maxSeconds: 60, rootModel: 'big', subModel: 'small' },
    });
    expect(end).toMatchObject({ outcome: 'answered', answer: 'a' });
    expect(of('call.started').map(({ model }) => model)).toEqual(['you', 'small']);
    expect(of('cell.finished')[0]?.observation).toBe('59 0.75\n');
    expect(of('note.added')).toEqual([]);
    expect(waitedIn(events)).toBe(2 * HOUR);
  });

  it('sends what the person writes past the endpoint: the first sub-call is the one that warms it up', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('r = await llm_query_batched(["a", "b", "c"])'), cell('FINAL(r.join())')] },
      sub: (prompt) => ({ text: prompt, latencyMs: 1_000 }),
      settings: { rootBy: 'person' },
    });
    expect(of('call.sent').map(({ call, at }) => `${call} ${at}`)).toEqual(['0 0', '0.1 0', '0.2 1000', '0.3 1000', '0 2000']);
  });

  it('lets the person write while the endpoint asks for a pause', async () => {
    const { of, end } = await runScript({
      rlm: { Q: [cell('p = llm_query("a")'), cell('print("more")'), cell('FINAL(await p)')].map((text) => ({ text, latencyMs: 100 })) },
      sub: (prompt, attempt) => (attempt === 1 ? new ModelError('rate-limited', 'Busy.', { retryAfterMs: 60_000 }) : { text: prompt, latencyMs: 10 }),
      settings: { rootBy: 'person' },
    });
    expect(of('call.sent').filter(({ call }) => call === '0').map(({ at }) => at)).toEqual([0, 100, 200]);
    expect(end).toMatchObject({ outcome: 'answered', answer: 'a' });
  });

  it('still ends after its own time', async () => {
    const slow: ScriptedRun = { rlm: { Q: [cell('answer = { content: "draft" }'), { text: '', hangs: true }] }, latencyMs: 10_000, settings: { maxSeconds: 60 } };
    const { end, events } = await runScript({ ...slow, person: moving(step, goOn) });
    expect(end).toMatchObject({ outcome: 'limit', answer: 'draft' });
    const reached = events.find((event) => event.type === 'limit.reached');
    expect(reached?.at).toBe(HOUR + 60_000);
    expect(end.at).toBe(HOUR + 66_000);
  });

  it('waits no second time for what it waited for, gone on with from its log', async () => {
    const whole = await runScript({ ...script, person: moving(step, goOn) });
    const at = whole.events.findIndex(({ type }) => type === 'run.continued');
    const rest = await runScript({ ...script, past: whole.events.slice(0, at + 1) });
    expect(rest.end).toMatchObject({ outcome: 'answered', answer: '2' });
    // The hour of the log is not the run's own either.
    expect(rest.events.some(({ type }) => type === 'limit.reached')).toBe(false);
  });
});

describe('a provider that does not answer', () => {
  const down = Array.from({ length: 5 }, () => new ModelError('unavailable', 'It is down.'));

  it('is waited for once it had answered, and goes on when the person says so', async () => {
    const rlm = { Q: [cell('x = 1'), ...down, cell('FINAL(x)')] };
    const { events, end } = await runScript({ rlm, person: moving(() => {}, goOn) });
    expect(story(events)).toEqual(['turn 1', 'cell x = 1', 'turn 2', 'paused provider', 'on true', 'cell FINAL(x)']);
    expect(end).toMatchObject({ outcome: 'answered', answer: '1' });
  });

  it('is not waited for where it never answered: there is nothing to lose', async () => {
    const { events, end } = await runScript({ rlm: { Q: down }, person: moving(() => {}, goOn) });
    expect(story(events)).toEqual(['turn 1']);
    expect(end).toMatchObject({ outcome: 'failed', reason: 'It is down.' });
  });
});

describe('what only the person can decide', () => {
  function attached() {
    const controls = createControls();
    const facts: string[] = [];
    let now = 0;
    const waits = createWaits(() => now);
    const steering = controls.attach({
      emit: (fact) => void facts.push(fact.type === 'run.continued' ? `on ${fact.ok}` : fact.type === 'run.paused' ? fact.message : fact.type),
      waits,
    });
    return { controls, facts, waits, steering, pass: (ms: number) => (now += ms) };
  }

  it('is asked one thing at a time, and time counts once', async () => {
    const { controls, facts, waits, steering, pass } = attached();
    const first = steering.decide('sub-calls', 'Many?', forever);
    pass(10);
    const second = steering.decide('provider', 'Down.', forever);
    expect(facts).toEqual(['Many?']);
    pass(10);
    controls.decline();
    expect(await first).toBe(false);
    expect(facts).toEqual(['Many?', 'on false', 'Down.']);
    pass(10);
    controls.goOn();
    expect(await second).toBe(true);
    pass(10);
    expect([waits.ms(), waits.over()]).toEqual([30, null]);
    expect(facts.at(-1)).toBe('on true');
  });

  it('leaves a pause that was asked for in place when something is allowed', async () => {
    const { controls, facts, steering } = attached();
    controls.pause();
    const asked = steering.decide('sub-calls', 'Many?', forever);
    controls.goOn();
    await asked;
    const turn = steering.beforeTurn(2, forever);
    expect(facts.at(-1)).toBe('Paused before turn 2.');
    controls.decline();
    expect(facts.at(-1)).toBe('Paused before turn 2.');
    controls.goOn();
    await turn;
  });

  it('is let go of when its asker ends, shown or not', async () => {
    const { controls, facts, steering } = attached();
    const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
    const asked = [one, two, three].map(({ signal }, at) => steering.decide('sub-calls', `${at}`, signal));
    for (const wait of asked) wait.catch(() => {});
    two.abort(new Error('two'));
    one.abort(new Error('one'));
    await expect(asked[0]).rejects.toThrow('one');
    await expect(asked[1]).rejects.toThrow('two');
    expect(facts).toEqual(['0', 'on false', '2']);
    controls.goOn();
    expect(await asked[2]).toBe(true);
  });
});
