import { describe, expect, it } from 'vitest';
import { ReplError, type Repl, type ReplSession } from '../repl/port.ts';
import type { TrajectoryEvent } from '../trajectory/events.ts';
import type { EarlierRun, WarmRepl } from './engine.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';

/** As a host keeps it: the session of the last run alone. */
function createWarm() {
  const kept: ReplSession[] = [];
  let taken = 0;
  const warm: WarmRepl = {
    take() {
      const session = kept.pop() ?? null;
      if (session) taken++;
      return session;
    },
    keep: (session) => void kept.push(session),
  };
  return { warm, kept, get taken() { return taken; } };
}

const earlier = (run: string, log: readonly TrajectoryEvent[]): EarlierRun => ({ run, log });

/** As the page would: the log names the run that it follows. */
const named = (run: string, { events }: { readonly events: readonly TrajectoryEvent[] }, before: readonly EarlierRun[] = []) => [
  ...before,
  earlier(run, events),
];

const first: ScriptedRun = {
  question: 'One?',
  rlm: { 'One?': [cell('count = (await llm_query("how many?")).length; seed = SEED()'), cell('answer = { content: "draft" }; FINAL(count)')] },
  sub: (prompt) => `<${prompt}>`,
};
const second: ScriptedRun = {
  question: 'Two?',
  rlm: { 'Two?': [cell('print(count, history.length, history[0].question, history[0].answer); count += 1'), cell('FINAL(count + ":" + seed)')] },
};
const third: ScriptedRun = {
  question: 'Three?',
  rlm: { 'Three?': [cell('FINAL([count, seed, history.map((each) => each.answer).join("/")].join())')] },
};
const ONE = '<how many?>'.length;
/** `has` tells whether there is a variable `count`. */
const HAS = 'const has = (() => { try { return count !== undefined; } catch { return false; } })();';

describe('a follow-up', () => {
  it.each(['warm', 'rebuilt'] as const)('has the variables, questions and answers of the runs before it, %s', async (way) => {
    const host = createWarm();
    const ports = way === 'warm' ? { warm: host.warm } : {};
    const one = await runScript({ ...first, ...ports });
    const before = named('r1', one);
    const two = await runScript({ ...second, ...ports, before });
    expect(two.events[0]).toMatchObject({ type: 'run.started', follows: 'r1' });
    expect(two.of('cell.finished')[0]?.observation).toBe(`${ONE} 1 One? ${ONE}\n`);
    const seed = one.of('cell.started')[0]?.seed;
    expect(two.end).toMatchObject({ outcome: 'answered', answer: `${ONE + 1}:${seed}` });
    const three = await runScript({ ...third, ...ports, before: named('r2', two, before) });
    expect(three.end).toMatchObject({ answer: `${ONE + 1},${seed},${ONE}/${ONE + 1}:${seed}` });
    // Nothing of before is asked again.
    expect([two, three].map(({ model }) => model.requests.length)).toEqual([2, 1]);
    if (way === 'warm') expect([host.taken, two.repl.opened, three.repl.opened, host.kept.length]).toEqual([2, 0, 0, 1]);
    expect(three.of('note.added')).toEqual([]);
  });

  it('is told in its first message what was asked and which variables are there', async () => {
    const one = await runScript(first);
    const { model } = await runScript({ ...second, before: named('r1', one) });
    const told = model.requests[0]?.messages[1]?.content ?? '';
    for (const word of ['One?', String(ONE), 'count', 'seed']) expect(told).toContain(word);
    // `answer` begins anew with each question.
    expect(told).toContain('Your variables of before live on: count, seed.');
  });

  it('gives its children nothing of before', async () => {
    const one = await runScript(first);
    const { end } = await runScript({
      question: 'Two?',
      rlm: { 'Two?': [cell('FINAL(await rlm_query("Child?", "text"))')], 'Child?': [cell(`${HAS} FINAL([has, history.length].join())`)] },
      settings: { maxDepth: 2 },
      before: named('r1', one),
    });
    expect(end).toMatchObject({ answer: 'false,0' });
  });

  it('finds a variable by its name in a text that ends it', async () => {
    const one = await runScript(first);
    const { end } = await runScript({ question: 'Two?', rlm: { 'Two?': ['FINAL_VAR("count")'] }, before: named('r1', one) });
    expect(end).toMatchObject({ answer: String(ONE) });
  });

  it('is rebuilt with all of it when its REPL is lost', async () => {
    const host = createWarm();
    const one = await runScript({ ...first, warm: host.warm });
    const two = await runScript({
      question: 'Two?',
      rlm: { 'Two?': [cell('count += 1'), cell('await LOSE()'), cell('FINAL(count + history.length)')] },
      warm: host.warm,
      before: named('r1', one),
    });
    expect(two.end).toMatchObject({ answer: String(ONE + 2) });
    expect(two.repl.opened).toBe(1);
  });

  it('does not use a kept session that has died', async () => {
    const host = createWarm();
    const one = await runScript({ ...first, warm: host.warm });
    const session = host.kept.pop();
    if (!session) throw new Error('Nothing was kept.');
    host.kept.push({ ...session, remember: () => Promise.reject(new ReplError('Gone.')) });
    const two = await runScript({ ...second, warm: host.warm, before: named('r1', one) });
    expect(two.end).toMatchObject({ outcome: 'answered' });
    expect(two.repl.opened).toBe(1);
    expect(two.of('note.added')).toEqual([]);
  });

  it('has only the history on other documents, and says so; those after it know', async () => {
    const other = { documents: [{ name: 'b.txt', text: 'Another text.' }] };
    const one = await runScript(first);
    const before = named('r1', one);
    const look = cell(`${HAS} mine = has; FINAL(mine + " " + history.length)`);
    const two = await runScript({ question: 'Two?', rlm: { 'Two?': [look] }, ...other, before });
    expect(two.end).toMatchObject({ answer: 'false 1' });
    expect(two.of('note.added').map(({ text }) => text)).toEqual([expect.stringContaining('other documents')]);
    const three = await runScript({ question: 'Three?', rlm: { 'Three?': [cell(`${HAS} FINAL([mine, has, history.length].join())`)] }, ...other, before: named('r2', two, before) });
    expect(three.end).toMatchObject({ answer: 'false,false,2' });
    expect(three.of('note.added')).toEqual([]);
  });

  it('has only the history that there is where a run of the chain is missing', async () => {
    const one = await runScript(first);
    const two = await runScript({ ...second, before: named('r1', one) });
    const look = cell(`${HAS} FINAL([has, history.map(({ question }) => question).join()].join())`);
    const three = await runScript({ question: 'Three?', rlm: { 'Three?': [look] }, before: [earlier('r2', two.events)] });
    expect(three.end).toMatchObject({ answer: 'false,Two?' });
    expect(three.of('note.added')[0]?.text).toContain('not all here');
  });

  it('begins anew where the cells do not do the same again, tells the model, and stays so', async () => {
    const one = await runScript(first);
    const changed = one.events.map((event) =>
      event.type === 'cell.started' && event.turn === 1 ? { ...event, code: 'await llm_query("something else")' } : event,
    );
    const before = [earlier('r1', changed)];
    const script: ScriptedRun = {
      question: 'Two?',
      rlm: { 'Two?': [cell(`${HAS} kind = has; print(kind)`), cell('FINAL(kind + " " + history.length)')] },
      before,
    };
    const two = await runScript(script);
    expect(two.end).toMatchObject({ answer: 'false 1' });
    expect(two.of('note.added')[0]?.text).toContain('did not do the same');
    expect(two.model.requests[1]?.messages.at(-1)?.content).toContain('variables of the earlier questions are gone');
    // The same end from each prefix, though the cells might do the same the next time.
    for (let length = 1; length < two.events.length; length++) {
      const past = two.events.slice(0, length);
      const saysSo = past.some(({ type }) => type === 'note.added');
      const rest = await runScript({ ...script, past, before: saysSo ? named('r1', one) : before });
      expect(rest.end, `after ${length}`).toMatchObject({ answer: 'false 1' });
      expect(rest.of('note.added'), `after ${length}`).toHaveLength(1);
    }
  });

  it('sees at once that a cell asks for more than it did', async () => {
    const one = await runScript(first);
    const changed = one.events.map((event) =>
      event.type === 'cell.started' && event.turn === 1 ? { ...event, code: `${event.code}; await llm_query("more")` } : event,
    );
    const two = await runScript({ question: 'Two?', rlm: { 'Two?': [cell('FINAL("There is " + history.length)')] }, before: [earlier('r1', changed)] });
    expect(two.of('note.added')[0]).toMatchObject({ at: 0, text: expect.stringContaining('did not do the same') });
  });

  it('has nothing from before a REPL that began anew, whether in a run before it or in itself', async () => {
    const lossy = (question: string): ScriptedRun => ({
      question,
      rlm: { [question]: [cell('mine = 1'), cell('await LOSE()'), cell(`${HAS} kept = has; 1`), cell('FINAL("It is " + kept)')] },
      onOpen(count) {
        if (count === 2) throw new ReplError('There is no room.');
      },
    });
    const one = await runScript(first);
    const before = named('r1', one);
    const two = await runScript({ ...lossy('Two?'), before });
    expect(two.end).toMatchObject({ answer: 'It is false' });
    expect(two.of('cell.finished').map(({ emptied }) => emptied)).toEqual([undefined, true, undefined, undefined]);
    const look = cell(`${HAS} FINAL([has, kept, history.length].join())`);
    const three = await runScript({ question: 'Three?', rlm: { 'Three?': [look] }, before: named('r2', two, before) });
    expect(three.end).toMatchObject({ answer: 'false,false,2' });
    expect(three.model.requests[0]?.messages[1]?.content).not.toMatch(/live on: .*count/);

    const cut = two.events.findIndex((event) => event.type === 'turn.started' && event.turn === 3);
    const { onOpen: _, ...again } = lossy('Two?');
    const rest = await runScript({ ...again, before, past: two.events.slice(0, cut) });
    expect(rest.end).toMatchObject({ answer: 'It is false' });
  });

  it('has what a run made that met its limit, and why there is no answer', async () => {
    const stopped = await runScript({
      ...first,
      rlm: { 'One?': [cell('count = 7'), cell('count = 8; await llm_query("never")'), cell('1')] },
      sub: () => ({ text: '', hangs: true }),
      settings: { maxSeconds: 10 },
    });
    expect(stopped.end).toMatchObject({ outcome: 'limit' });
    const two = await runScript({ question: 'Two?', rlm: { 'Two?': [cell('FINAL(count + " " + history[0].answer)')] }, before: named('r1', stopped) });
    expect(two.end).toMatchObject({ answer: expect.stringMatching(/^8 \(no answer: The time limit/) });
  });
});

describe('the session that is kept', () => {
  it('is not one in which a cell was cut off, or that waits for a reply', async () => {
    for (const codes of [['count = 1; await new Promise(() => {})'], ['p = llm_query("later").catch(() => {}); 1', 'FINAL(1)']]) {
      const host = createWarm();
      await runScript({
        rlm: { Q: codes.map(cell) },
        sub: () => ({ text: '', hangs: true }),
        warm: host.warm,
        settings: { maxSeconds: 10 },
      });
      expect(host.kept, codes.join()).toHaveLength(0);
    }
  });

  it('is closed where nobody keeps it', async () => {
    const { repl } = await runScript(first);
    expect(repl.closed).toBe(repl.opened);
  });

  it('is the root’s alone', async () => {
    const host = createWarm();
    const opened: Repl[] = [];
    const { repl } = await runScript({
      rlm: { Q: [cell('FINAL(await rlm_query("Child?", "text"))')], 'Child?': [cell('FINAL(1)')] },
      settings: { maxDepth: 2 },
      warm: host.warm,
      wrap: (inner) => (opened.push(inner), inner),
    });
    expect([repl.opened, repl.closed, host.kept.length]).toEqual([2, 1, 1]);
  });
});
