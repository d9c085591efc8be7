import { describe, expect, it } from 'vitest';
import { encode } from '../trajectory/codec.ts';
import type { Fact, LogEvent } from '../trajectory/events.ts';
import { DEFAULT_SETTINGS } from '../trajectory/settings.ts';
import type { StartRun } from '../worker/protocol.ts';
import { followable } from './follow-up.ts';
import { desk, file, settled } from './testing/desk.ts';
import { createFakeKept } from './testing/fake-kept.ts';

const usage = { input: 1, cachedInput: 0, output: 1, reasoning: 0 };
const BUDGET = { calls: 1, tokens: null, usd: 1, turns: 1, seconds: 1 };

/** What the engine says of a run of two turns, the last of which ends it. */
function logOf(request: StartRun, end: { outcome: 'answered' | 'failed' | 'stopped' } | null = { outcome: 'answered' }): LogEvent[] {
  const { question, method, settings, documents, before = [] } = request;
  const follows = before.at(-1)?.run;
  const turn = (number: number): Fact[] => [
    { type: 'turn.started', call: '0', turn: number, messages: [] },
    { type: 'call.sent', call: '0', attempt: 1 },
    { type: 'call.text', call: '0', text: `reply ${number}` },
    { type: 'turn.finished', call: '0', turn: number, finishReason: 'stop', soFar: { usage, costUsd: 0 } },
    { type: 'cell.started', call: '0', turn: number, cell: `0:${number}`, code: 'x', now: 1, seed: 1, budget: BUDGET },
    { type: 'cell.finished', cell: `0:${number}`, ok: true, cpuMs: 1, waitMs: 0, observation: '' },
  ];
  const facts: Fact[] = [
    { type: 'run.started', question, method, settings, documents: documents.map(({ info }) => info), ...(follows !== undefined && { follows }) },
    { type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: question },
    ...turn(1),
    ...turn(2),
  ];
  if (end) facts.push({ type: 'run.finished', ...end, answer: end.outcome === 'answered' ? 'Yes.' : null, citations: [] });
  return facts.map((fact, seq) => ({ seq, at: seq * 10, ...fact }));
}

type Desk = ReturnType<typeof desk>;

async function add(page: Desk, name = 'a.txt', sha256 = 'aa') {
  void page.commands.addFiles([file(name)]);
  await settled();
  page.finishReading(name, sha256);
  await settled();
}

const lastStart = (page: Desk) => (page.requests('start') as StartRun[]).at(-1) as StartRun;

/** Asks, and has the engine say the run's log. */
async function run(page: Desk, question: string, end?: Parameters<typeof logOf>[1]) {
  await page.commands.ask(question);
  const request = lastStart(page);
  const log = logOf(request, end);
  page.say(request.run, log);
  await settled();
  return { id: request.run, request, log };
}

async function ready(kept = createFakeKept()) {
  const tab = kept.tab();
  const page = desk({ kept: tab.kept });
  await settled();
  await add(page);
  return { page, kept, tab };
}

const follows = ({ runs, library, settings }: Desk) =>
  followable(runs.getState(), library.getState(), settings.getState())?.getState().id ?? null;

describe('a follow-up', () => {
  it('goes on with the run on screen, and the chain of those before it', async () => {
    const { page } = await ready();
    const one = await run(page, 'One?');
    expect(one.request.before).toBeUndefined();
    expect(follows(page)).toBe(one.id);
    const two = await run(page, 'Two?', { outcome: 'stopped' });
    expect(two.request.before).toEqual([{ run: one.id, log: one.log }]);
    const three = await run(page, 'Three?');
    expect(three.request.before?.map(({ run: id }) => id)).toEqual([one.id, two.id]);
    // Another branch of the conversation.
    page.commands.selectRun(one.id);
    const four = await run(page, 'Four?');
    expect(four.request.before?.map(({ run: id }) => id)).toEqual([one.id]);
  });

  it('is none where the person wants none, asks the same again, or nothing is on screen', async () => {
    const { page } = await ready();
    const one = await run(page, 'One?');
    page.desk.setState({ followUp: false });
    expect((await run(page, 'Two?')).request.before).toBeUndefined();
    page.desk.setState({ followUp: true });
    page.commands.selectRun(one.id);
    expect((await run(page, ' One? ')).request.before).toBeUndefined();
    page.commands.selectRun(null);
    expect(follows(page)).toBeNull();
    expect((await run(page, 'Three?')).request.before).toBeUndefined();
  });

  it('is none of a run that failed or goes on, by another kind of method, or on other documents', async () => {
    const { page } = await ready();
    const failed = await run(page, 'One?', { outcome: 'failed' });
    expect(follows(page)).toBeNull();
    const { settings } = page;
    settings.setState({ method: 'base' });
    await run(page, 'Two?');
    settings.setState({ method: 'rlm' });
    expect(follows(page)).toBeNull();
    const good = await run(page, 'Three?');
    expect(good.request.before).toBeUndefined();
    settings.setState({ method: 'rlm-no-subcalls' });
    expect(follows(page)).toBe(good.id);
    settings.setState({ method: 'codeact' });
    expect(follows(page)).toBeNull();
    settings.setState({ method: 'rlm' });
    await add(page, 'b.txt', 'bb');
    expect(follows(page)).toBeNull();
    const [, second] = page.library.getState().items;
    page.commands.removeDocument(second?.id ?? '');
    expect(follows(page)).toBe(good.id);
    page.commands.selectRun(failed.id);
    expect(follows(page)).toBeNull();
    page.commands.selectRun(null);
    await run(page, 'Four?', null);
    expect(follows(page)).toBeNull();
  });

  it('goes on with a run of an earlier visit, as far back as its chain is kept', async () => {
    const { page, kept, tab } = await ready();
    const one = await run(page, 'One?');
    const two = await run(page, 'Two?');
    tab.close();
    const next = desk({ kept: kept.tab().kept });
    await settled();
    await add(next);
    next.commands.selectRun(two.id);
    await settled();
    expect(follows(next)).toBe(two.id);
    const three = await run(next, 'Three?');
    expect(three.request.before).toEqual([{ run: one.id, log: one.log }, { run: two.id, log: two.log }]);
    await next.commands.forgetRun(one.id);
    next.commands.selectRun(two.id);
    expect((await run(next, 'Four?')).request.before?.map(({ run: id }) => id)).toEqual([two.id]);
  });

  it('is gone on with after a reload, with the runs before it', async () => {
    const { page, kept, tab } = await ready();
    const one = await run(page, 'One?');
    const two = await run(page, 'Two?', null);
    page.leave();
    await settled();
    tab.close();
    const next = desk({ kept: kept.tab().kept });
    await settled();
    await add(next);
    await next.commands.resumeRun(two.id);
    await settled();
    expect(lastStart(next)).toMatchObject({ run: two.id, past: two.log, before: [{ run: one.id, log: one.log }] });
  });

  it('is none of a log from a file', async () => {
    const { page } = await ready();
    const one = await run(page, 'One?');
    const header = page.runs.getState().runs[0]?.getState().header;
    if (!header) throw new Error('There is no run.');
    await page.commands.openTrajectory(new File([encode(header, one.log)], 'one.jsonl'));
    expect(page.runs.getState().selected).not.toBe(one.id);
    expect(follows(page)).toBeNull();
  });
});

describe('a run again from a turn', () => {
  it('is a new run whose past is the log up to the changed reply, kept from its first event', async () => {
    const { page, kept } = await ready();
    const one = await run(page, 'One?');
    const two = await run(page, 'Two?');
    await page.commands.runAgainFrom(2, 'another reply');
    await settled();
    const request = lastStart(page);
    expect(request.run).not.toBe(two.id);
    expect(request).toMatchObject({ question: 'Two?', documents: [{ info: { sha256: 'aa' } }], before: [{ run: one.id }] });
    const past = request.past ?? [];
    expect(past[0]).toMatchObject({ type: 'run.started', branch: { run: two.id, turn: 2 }, follows: one.id });
    expect(past.slice(-2)).toMatchObject([{ type: 'call.text', text: 'another reply' }, { type: 'turn.finished', turn: 2 }]);
    const shown = page.runs.getState().runs[0]?.getState();
    expect(shown).toMatchObject({ id: request.run, log: past });
    // `at` of the shared part is true of the new start.
    expect(Date.parse(shown?.header.startedAt ?? '') + (past.at(-1)?.at ?? 0)).toBe(Date.UTC(2026, 0, 1));
    page.say(request.run, [{ seq: past.length, at: 200, type: 'run.resumed' }]);
    page.leave();
    await settled();
    expect(kept.runs.get(request.run)?.events).toEqual([...past, { seq: past.length, at: 200, type: 'run.resumed' }]);
    expect(kept.runs.get(request.run)?.run.origins).toMatchObject([{ from: 'copy' }]);
  });

  it('is refused while a run goes on, where there is no such reply, and where documents are missing', async () => {
    const { page } = await ready();
    await run(page, 'One?', null);
    await page.commands.runAgainFrom(1, 'x');
    expect(page.sentences()).toEqual([expect.stringContaining('Stop it first')]);
    const id = lastStart(page).run;
    page.say(id, logOf(lastStart(page)).slice(-1));
    page.alerts.clear();
    await page.commands.runAgainFrom(7, 'x');
    expect(page.sentences()).toEqual(['The root of this run has no turn 7.']);
    page.alerts.clear();
    const [item] = page.library.getState().items;
    page.commands.removeDocument(item?.id ?? '');
    await page.commands.runAgainFrom(1, 'x');
    expect(page.sentences()).toEqual([expect.stringMatching(/needs the documents.*a\.txt/)]);
    expect(page.requests('start')).toHaveLength(1);
  });

  it('of a log from a file goes to the person’s own endpoint', async () => {
    const { page } = await ready();
    const one = await run(page, 'One?');
    const header = page.runs.getState().runs[0]?.getState().header;
    if (!header) throw new Error('There is no run.');
    const theirs = one.log.map((event) =>
      event.type === 'run.started' ? { ...event, settings: { ...DEFAULT_SETTINGS, baseUrl: 'https://theirs.example/v1', maxTurns: 3 } } : event,
    );
    await page.commands.openTrajectory(new File([encode(header, theirs)], 'theirs.jsonl'));
    await page.commands.runAgainFrom(1, 'mine');
    const { settings, past } = lastStart(page);
    expect(settings).toMatchObject({ baseUrl: '', maxTurns: 3 });
    expect(past?.[0]).toMatchObject({ settings: { baseUrl: '' } });
  });
});
