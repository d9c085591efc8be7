import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../trajectory/events.ts';
import { isKnownEvent } from '../trajectory/known-event.ts';
import { refundsLog } from '../trajectory/testing/refunds-log.ts';
import type { StartRun } from '../worker/protocol.ts';
import { COPIED_UNASKED } from './document-keeper.ts';
import { runInFlight } from './runs-store.ts';
import { createFakeKept } from './testing/fake-kept.ts';
import { desk, file, settled } from './testing/desk.ts';

/** The log of a run over `documents`, without its end. */
function brokenOff(documents: StartRun['documents'], settings: object = {}): readonly LogEvent[] {
  const { events } = refundsLog();
  return events.slice(0, 200).map((event) =>
    isKnownEvent(event) && event.type === 'run.started'
      ? { ...event, documents: documents.map(({ info }) => info), settings: { ...event.settings, ...settings } }
      : isKnownEvent(event) && event.type === 'cell.started'
        ? { ...event, now: 0, seed: 1 }
        : isKnownEvent(event) && event.type === 'call.started' && event.cell !== null
          ? { ...event, query: 0 }
          : event,
  );
}

const END = { at: 1e6, type: 'run.finished', outcome: 'answered', answer: 'Yes.', citations: [] };
const memory = () => {
  const stored = new Map<string, string>();
  return { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) };
};

/** A first visit in which a run over these files was broken off; `again` is the next visit. */
async function visit(
  files: readonly File[],
  options: { keep?: boolean; settings?: object; finish?: (page: ReturnType<typeof desk>) => Promise<void> } = {},
) {
  const device = createFakeKept();
  const storage = memory();
  const tab = device.tab();
  const first = desk({ kept: tab.kept, storage });
  await settled();
  void first.commands.addFiles(files);
  await settled();
  if (options.finish) await options.finish(first);
  else for (const { name } of files) first.finishReading(name);
  await settled();
  if (options.keep) await first.commands.keepDocuments(true);
  await first.commands.ask('Which?');
  const run = first.runs.getState().selected ?? '';
  const [request] = first.requests('start') as StartRun[];
  const past = brokenOff(request?.documents ?? [], options.settings);
  first.say(run, past.slice(0, 50));
  await settled();
  first.say(run, past.slice(50));
  first.leave();
  await settled();
  const again = async () => {
    tab.close();
    const next = desk({ kept: device.tab().kept, storage });
    await settled();
    return next;
  };
  return { device, first, run, past, again };
}

describe('a run in flight', () => {
  it('is written in order, and held by its tab', async () => {
    const { device, run, past } = await visit([file('a.txt')]);
    expect(device.runs.get(run)?.events).toEqual(past);
    expect(device.writes.map(({ count }) => count)).toEqual([50, 150]);
    expect(device.holders.has(run)).toBe(true);
    expect(device.runs.get(run)?.run).toMatchObject({ keyed: false, origins: [{ from: 'copy' }] });
    expect([...device.documents.values()]).toMatchObject([{ document: { name: 'a.txt', keep: false } }]);
  });

  it('is let go at its end, with the copies that only it needed', async () => {
    const { device, first, run, past } = await visit([file('a.txt')]);
    first.say(run, [{ ...END, seq: past.length }]);
    await settled();
    expect(device.holders.has(run)).toBe(false);
    expect(device.documents.size).toBe(0);
    expect(device.runs.get(run)?.run.summary.outcome).toBe('answered');
  });

  it('goes on where it cannot be written any more, and says so once', async () => {
    const { device, first, run, past } = await visit([file('a.txt')]);
    device.faults.write = new DOMException('full', 'QuotaExceededError');
    first.say(run, [{ seq: past.length, at: 1e5, type: 'note' }]);
    first.leave();
    await settled();
    expect(first.sentences()).toEqual([expect.stringMatching(/^This run is no longer kept on this device/)]);
    first.say(run, [{ ...END, seq: past.length + 1 }]);
    await settled();
    expect(runInFlight(first.runs.getState())).toBeNull();
    expect(device.runs.get(run)?.events).toEqual(past);
    expect(device.holders.has(run)).toBe(false);
  });

  it('goes on where the browser keeps nothing', async () => {
    const { commands, finishReading, runs, kept, sentences } = desk();
    void commands.addFiles([file('a.txt')]);
    await settled();
    finishReading('a.txt');
    await commands.ask('What?');
    await settled();
    expect(runInFlight(runs.getState())).not.toBeNull();
    expect(kept.getState().offers).toEqual([]);
    expect(sentences()).toEqual([]);
  });
});

describe('after a reload', () => {
  it('a broken-off run is offered, and goes on from its log with the copies of its documents', async () => {
    const { device, run, past, again } = await visit([file('a.txt', 'first'), file('b.txt', 'second')]);
    const { commands, kept, finishReading, requests, runs, reading, library } = await again();
    expect(kept.getState().offers).toMatchObject([{ phase: 'offered', run: { id: run, summary: { outcome: null } } }]);
    const resuming = commands.resumeRun(run);
    await settled();
    expect(kept.getState().offers[0]?.phase).toBe('resuming');
    expect([...reading.keys()].toSorted()).toEqual(['a.txt', 'b.txt']);
    for (const name of ['b.txt', 'a.txt']) finishReading(name);
    await resuming;
    const [request] = requests('start') as StartRun[];
    expect(request?.past).toEqual(past);
    expect(request?.run).toBe(run);
    const [started] = past;
    expect(request?.documents.map(({ info }) => info)).toEqual(started && 'documents' in started ? started.documents : []);
    expect(request?.question).toContain('refund');
    expect(kept.getState().offers).toEqual([]);
    expect(runInFlight(runs.getState())?.getState().id).toBe(run);
    expect(library.getState().items).toHaveLength(2);
    expect(device.holders.has(run)).toBe(true);
  });

  it('what follows is written after what there was', async () => {
    const { device, run, past, again } = await visit([file('a.txt')]);
    const { commands, finishReading, say } = await again();
    const resuming = commands.resumeRun(run);
    await settled();
    finishReading('a.txt');
    await resuming;
    await settled();
    const more = [{ seq: past.length, at: 1e5, type: 'run.resumed' }, { ...END, seq: past.length + 1 }];
    say(run, more);
    await settled();
    expect(device.runs.get(run)?.events).toEqual([...past, ...more]);
    expect(device.holders.has(run)).toBe(false);
  });

  it('files that are not kept are asked for, and the same ones make it go on', async () => {
    const large = Object.defineProperty(file('large.txt', 'much text'), 'size', { value: COPIED_UNASKED + 1 });
    const { device, run, again } = await visit([large]);
    expect(device.documents.size).toBe(0);
    const { commands, kept, finishReading, requests, sentences } = await again();
    await commands.resumeRun(run);
    expect(kept.getState().offers).toMatchObject([{ phase: 'missing', missing: [{ name: 'large.txt' }] }]);
    expect(device.holders.has(run)).toBe(false);
    void commands.addFiles([file('large.txt', 'other text')]);
    await settled();
    finishReading('large.txt');
    await settled();
    expect(requests('start')).toEqual([]);
    void commands.addFiles([Object.defineProperty(file('large.txt', 'much text'), 'size', { value: COPIED_UNASKED + 1 })]);
    await settled();
    finishReading('large.txt');
    await settled();
    expect(requests('start')).toHaveLength(1);
    expect(kept.getState().offers).toEqual([]);
    expect(sentences()).toEqual([]);
  });

  it('large files that the person keeps are there', async () => {
    const large = () => Object.defineProperty(file('large.txt', 'much text'), 'size', { value: COPIED_UNASKED + 1 });
    const { device, run, again } = await visit([large()], { keep: true });
    expect([...device.documents.values()]).toMatchObject([{ document: { name: 'large.txt', keep: true } }]);
    const { library, requests, commands, settings } = await again();
    // The library is there again before the run is resumed.
    expect(library.getState().items).toMatchObject([{ name: 'large.txt', status: 'reading' }]);
    expect(requests('start')).toEqual([]);
    await commands.forgetDocuments();
    expect(settings.getState().keepDocuments).toBe(false);
    expect(device.documents.size).toBe(0);
    expect(device.runs.has(run)).toBe(true);
  });

  it('a key that was not remembered is asked for', async () => {
    const { device, run, again } = await visit([file('a.txt')], {
      settings: { provider: 'openai-compatible', baseUrl: 'https://api.example/v1', rootModel: 'big' },
    });
    const stored = device.runs.get(run);
    if (stored) device.runs.set(run, { ...stored, run: { ...stored.run, keyed: true } });
    const { commands, sentences, desk: deskStore, settings, requests, kept, answers, finishReading } = await again();
    await commands.resumeRun(run);
    expect(sentences()).toEqual([expect.stringContaining('The key for https://api.example/v1 was not remembered')]);
    expect(deskStore.getState().settingsOpen).toBe(true);
    expect(settings.getState().run).toMatchObject({ provider: 'openai-compatible', baseUrl: 'https://api.example/v1', rootModel: 'big' });
    expect(requests('start')).toEqual([]);
    expect(kept.getState().offers[0]?.phase).toBe('offered');
    answers.set('keyState', () => ({ present: true, remembered: false }));
    const resuming = commands.resumeRun(run);
    await settled();
    finishReading('a.txt');
    await resuming;
    expect(requests('start')).toHaveLength(1);
    expect(sentences()).toEqual([]);
  });

  it('finished runs are listed, and opened when they are selected', async () => {
    const { first, run, past, again } = await visit([file('a.txt')]);
    first.say(run, [{ ...END, seq: past.length }]);
    await settled();
    const { commands, kept, runs, desk: deskStore } = await again();
    expect(kept.getState()).toMatchObject({ offers: [], runs: [{ id: run, summary: { outcome: 'answered' } }] });
    expect(runs.getState().runs).toEqual([]);
    commands.selectRun(run);
    await settled();
    expect(runs.getState().runs[0]?.getState()).toMatchObject({ id: run, origin: 'opened', live: { length: past.length + 1 } });
    expect(deskStore.getState()).toMatchObject({ viewsFolded: true });
    await commands.forgetRun(run);
    expect(runs.getState()).toEqual({ runs: [], selected: null });
    expect(kept.getState().runs).toEqual([]);
  });

  it('Forget leaves nothing', async () => {
    const { device, run, again } = await visit([file('a.txt')]);
    const { commands, kept } = await again();
    await commands.forgetRun(run);
    expect(device.runs.size + device.documents.size + device.holders.size).toBe(0);
    expect(kept.getState()).toMatchObject({ offers: [], bytes: 0 });
  });

  it('a run that could not start is offered again, and is free', async () => {
    const { device, run, again } = await visit([file('a.txt')]);
    const { commands, kept, answers, finishReading, sentences, runs } = await again();
    answers.set('start', () => {
      throw new Error('No worker.');
    });
    const resuming = commands.resumeRun(run);
    await settled();
    finishReading('a.txt');
    await resuming;
    expect(sentences()).toEqual(['The run could not start: No worker.']);
    expect(kept.getState().offers[0]?.phase).toBe('offered');
    expect(runs.getState().runs).toEqual([]);
    expect(device.holders.has(run)).toBe(false);
  });
});

describe('two tabs', () => {
  it('the second is offered a run when the first is closed, and not before', async () => {
    const { device, run } = await visit([file('a.txt')]);
    const second = desk({ kept: device.tab().kept });
    await settled();
    expect(second.kept.getState().offers).toEqual([]);
    device.holders.delete(run);
    const third = desk({ kept: device.tab().kept });
    await settled();
    expect(third.kept.getState().offers).toHaveLength(1);
  });

  it('a run that ended in the first is listed in the second when the first lets it go', async () => {
    const { device, first, run, past } = await visit([file('a.txt')]);
    const second = desk({ kept: device.tab().kept });
    await settled();
    first.say(run, [{ ...END, seq: past.length }]);
    await settled();
    expect(second.kept.getState()).toMatchObject({ offers: [], runs: [{ id: run }] });
  });

  it('only one of two that offer a run gets it', async () => {
    const { device, run, again } = await visit([file('a.txt')]);
    const second = await again();
    const third = desk({ kept: device.tab().kept });
    await settled();
    const resuming = second.commands.resumeRun(run);
    await settled();
    second.finishReading('a.txt');
    await resuming;
    await third.commands.resumeRun(run);
    await third.commands.forgetRun(run);
    expect(third.requests('start')).toEqual([]);
    expect(third.sentences()).toEqual([expect.stringMatching(/^Another tab/)]);
    expect(third.kept.getState().offers).toEqual([]);
    expect(device.runs.has(run)).toBe(true);
  });
});

describe('documents whose text was extracted, or that came in an archive', () => {
  const hashes = ['aa', 'bb', 'cc'].map((two) => two.repeat(32));
  const entry = (path: string) => ({ path, bytes: 10, kind: 'text' as const, skip: null, readable: true, chars: 10 });
  /** A PDF alone, and a zip of a text and a PDF. */
  const files = () => [file('paper.pdf', '%PDF-1'), file('x.zip', 'PK')];
  const finish = async (page: ReturnType<typeof desk>) => {
    page.finishExtracting('paper.pdf', hashes[0]);
    page.finishOpening('x.zip', [entry('a.txt'), entry('d/b.pdf')]);
    await settled();
    page.finishReading('x.zip/a.txt', hashes[1]);
    page.finishExtracting('x.zip/d/b.pdf', hashes[2]);
  };
  const finishAgain = (page: ReturnType<typeof desk>) => {
    page.finishExtracting('paper.pdf', hashes[0]);
    page.finishReading('x.zip/a.txt', hashes[1]);
    page.finishExtracting('x.zip/d/b.pdf', hashes[2]);
  };

  it('are copied as the files that they are, and their run goes on after a reload', async () => {
    const { device, run, past, again } = await visit(files(), { finish });
    const copies = [...device.documents.values()];
    expect(copies.map(({ document: { name, size, sha256 } }) => [name, size, sha256])).toEqual([
      ['paper.pdf', 6, hashes[0]],
      ['x.zip/a.txt', 19, hashes[1]],
      ['x.zip/d/b.pdf', 21, hashes[2]],
    ]);
    expect(await copies[0]?.blob.text()).toBe('%PDF-1');
    const page = await again();
    const resuming = page.commands.resumeRun(run);
    await settled();
    expect([...page.reading.keys()].toSorted()).toEqual(['paper.pdf', 'x.zip/a.txt', 'x.zip/d/b.pdf']);
    expect(await page.reading.get('x.zip/d/b.pdf')?.file.text()).toBe('text of x.zip/d/b.pdf');
    finishAgain(page);
    await resuming;
    const [request] = page.requests('start') as StartRun[];
    expect(request?.past).toEqual(past);
    expect(request?.documents.map(({ info }) => info.name)).toEqual(['paper.pdf', 'x.zip/a.txt', 'x.zip/d/b.pdf']);
    expect(request?.documents[0]).toMatchObject({ parts: [{ kind: 'page' }] });
  });

  it('are kept on wish, told in bytes of their files, and read again at the next visit', async () => {
    const { first, again } = await visit(files(), { finish, keep: true });
    expect(first.kept.getState().bytes).toBe(6 + 19 + 21);
    const page = await again();
    await settled();
    expect([...page.reading.keys()].toSorted()).toEqual(['paper.pdf', 'x.zip/a.txt', 'x.zip/d/b.pdf']);
    finishAgain(page);
    await settled();
    expect(page.library.getState().items.map(({ name, status }) => [name, status])).toContainEqual(['x.zip/d/b.pdf', 'ready']);
    await page.commands.forgetDocuments();
    expect(page.kept.getState().bytes).toBe(0);
  });

  it('leave only names and hashes behind once their run is over', async () => {
    const { device, first, run, past } = await visit(files(), { finish });
    first.say(run, [{ ...END, seq: past.length }]);
    await settled();
    expect(device.documents.size).toBe(0);
    const stored = JSON.stringify(device.runs.get(run));
    for (const hash of hashes) expect(stored).toContain(hash);
    expect(stored).not.toContain('text of x.zip');
  });

  it('are missed where another text comes out of the same file', async () => {
    const { run, again } = await visit([file('paper.pdf', '%PDF-1')], {
      finish: async (page) => page.finishExtracting('paper.pdf', hashes[0]),
    });
    const page = await again();
    const resuming = page.commands.resumeRun(run);
    await settled();
    page.finishReading('paper.pdf', hashes[0]);
    await resuming;
    expect(page.requests('start')).toEqual([]);
    expect(page.kept.getState().offers[0]).toMatchObject({ phase: 'missing', missing: [{ name: 'paper.pdf' }] });
  });
});
