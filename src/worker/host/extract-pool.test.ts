import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExtractedText } from '../../documents/extract/extracted-text.ts';
import { UnreadableFile } from '../../documents/unreadable-file.ts';
import { extractWorkers, type FakeWorker, standingClock } from '../testing/extract-workers.ts';
import { type Server, serve } from '../rpc.ts';
import { createExtractPool, workersFor } from './extract-pool.ts';
import type { ExtractMethods, ExtractNotice } from './extract-protocol.ts';
import { SILENCE_MS } from './extract-thread.ts';

interface Job {
  readonly name: string;
  readonly worker: FakeWorker;
  readonly server: Server<ExtractNotice, never>;
  readonly finish: () => void;
  readonly fail: (reason: Error) => void;
}

const TEXT: ExtractedText = { text: new Blob(['text']), parts: [], shape: null, notice: null };

function open(most = 2) {
  const jobs = new Map<string, Job>();
  const clock = standingClock();
  const fake = extractWorkers((channel, worker) => {
    const server = serve<ExtractMethods, ExtractNotice, never>(channel, {
      extract: ({ name }) =>
        new Promise((resolve, reject) => {
          jobs.set(name, { name, worker, server, finish: () => resolve({ ...TEXT, shape: name }), fail: reject });
        }),
      page: () => Promise.reject(new Error('No pages here.')),
    });
  });
  const pool = createExtractPool({ spawn: fake.spawn, most, after: clock.after });
  const extract = (name: string, { size = 4, signal = new AbortController().signal, onProgress = () => {} } = {}) => {
    const file = Object.defineProperty(new Blob(['text']), 'size', { value: size });
    return pool.extract({ file, name, kind: 'pdf' }, { signal, onProgress });
  };
  return { ...fake, pool, jobs, clock, extract };
}
/** Lets messages arrive. */
const settled = async (): Promise<void> => {
  for (let i = 0; i < 6; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
const refused = (promise: Promise<unknown>) => promise.then(() => null, (reason: Error) => reason);

describe('the pool of workers that extract', () => {
  it('runs as many at once as it may, and uses workers again', async () => {
    const { extract, jobs, workers } = open();
    const reading = ['a', 'b', 'c'].map((name) => extract(name));
    await settled();
    expect([...jobs.keys()]).toEqual(['a', 'b']);
    jobs.get('a')?.finish();
    expect((await reading[0])?.shape).toBe('a');
    await settled();
    jobs.get('c')?.finish();
    jobs.get('b')?.finish();
    await Promise.all(reading);
    expect(workers).toHaveLength(2);
    expect(jobs.get('c')?.worker).toBe(jobs.get('a')?.worker);
  });

  it('passes on progress and sentences', async () => {
    const { extract, jobs, alive } = open();
    const told: unknown[] = [];
    const reading = refused(extract('a', { onProgress: (...all: unknown[]) => void told.push(all) }));
    await settled();
    jobs.get('a')?.server.notify({ kind: 'progress', done: 3, total: 9, unit: 'pages' });
    await settled();
    expect(told).toEqual([[3, 9, 'pages']]);
    jobs.get('a')?.fail(new UnreadableFile('“a” has a password.'));
    expect(await reading).toEqual(new UnreadableFile('“a” has a password.'));
    expect(alive()).toBe(1);
  });

  it('ends a worker at once when its file is cancelled', async () => {
    const { extract, jobs, workers } = open(1);
    const abort = new AbortController();
    const [a, b] = [refused(extract('a', { signal: abort.signal })), extract('b')];
    await settled();
    abort.abort();
    expect(workers.map(({ isOver }) => isOver)).toEqual([true]);
    expect((await a)?.name).toBe('AbortError');
    await settled();
    jobs.get('b')?.finish();
    expect((await b).shape).toBe('b');
    expect(workers).toHaveLength(2);
  });

  it('gives up a file of which nothing is heard, and not one that tells of itself', async () => {
    const { extract, jobs, clock, workers } = open();
    const [silent, slow] = [refused(extract('silent')), extract('slow')];
    await settled();
    clock.pass(SILENCE_MS - 1);
    jobs.get('slow')?.server.notify({ kind: 'progress', done: 1, total: 2, unit: 'pages' });
    await settled();
    clock.pass(SILENCE_MS - 1);
    expect((await silent)?.message).toMatch(/^“silent” was given up after three minutes/);
    expect(workers.map(({ isOver }) => isOver)).toEqual([true, false]);
    jobs.get('slow')?.finish();
    expect((await slow).shape).toBe('slow');
  });

  it('says so where a worker fails as a whole, and the others go on', async () => {
    const { extract, jobs } = open();
    const [a, b, c] = [refused(extract('a')), extract('b'), extract('c')];
    await settled();
    jobs.get('a')?.worker.crash();
    expect((await a)?.message).toMatch(/^“a” could not be read, as it needs more memory than there is/);
    await settled();
    for (const name of ['b', 'c']) jobs.get(name)?.finish();
    expect((await Promise.all([b, c])).map(({ shape }) => shape)).toEqual(['b', 'c']);
  });

  it('replaces a worker in which something failed that nobody foresaw', async () => {
    const { extract, jobs, alive } = open();
    const a = refused(extract('a'));
    await settled();
    jobs.get('a')?.fail(new TypeError('x is undefined'));
    expect((await a)?.message).toMatch(/^“a” could not be read, as it is damaged or no PDF that is known here: /);
    expect((await a)?.name).toBe('UnreadableFile');
    expect(alive()).toBe(0);
    const gone = refused(extract('gone'));
    await settled();
    jobs.get('gone')?.fail(new DOMException('gone', 'NotReadableError'));
    expect((await gone)?.message).toMatch(/moved, changed or deleted since: add it again/);
  });

  it('ends workers after much work, and after none', async () => {
    const { extract, jobs, clock, alive, workers } = open(1);
    for (const [name, size] of [['a', 30e6], ['b', 30e6], ['c', 1]] as const) {
      const reading = extract(name, { size });
      await settled();
      jobs.get(name)?.finish();
      await reading;
    }
    expect(workers.map(({ isOver }) => isOver)).toEqual([true, false]);
    clock.pass(60_000);
    expect(alive()).toBe(0);
    expect(clock.waiting()).toBe(0);
  });

  it('does not use a worker again that has failed meanwhile', async () => {
    const { extract, jobs, workers } = open(1);
    const a = extract('a');
    await settled();
    jobs.get('a')?.finish();
    await a;
    workers[0]?.crash();
    const b = extract('b');
    await settled();
    jobs.get('b')?.finish();
    expect((await b).shape).toBe('b');
    expect(workers).toHaveLength(2);
  });

  it('ends every job exactly once, in whatever order things happen', async () => {
    const act = fc.tuple(fc.constantFrom('finish', 'fail', 'refuse', 'cancel', 'crash', 'silence', 'settle'), fc.nat(9));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 40 }), async (most, acts) => {
        const { extract, jobs, clock, pool, alive } = open(most);
        const ends = new Map<string, string[]>();
        const aborts = Array.from({ length: 10 }, () => new AbortController());
        const all = aborts.map(({ signal }, at) => {
          const name = `${at}`;
          ends.set(name, []);
          return extract(name, { signal }).then(
            ({ shape }) => ends.get(name)?.push(shape === name ? 'text' : 'text of another'),
            (reason: Error) => ends.get(name)?.push(reason.name),
          );
        });
        await settled();
        const one = (at: number): Job | undefined => jobs.get(`${at}`);
        for (const [what, at] of acts) {
          if (what === 'finish') one(at)?.finish();
          else if (what === 'fail') one(at)?.fail(new TypeError('no'));
          else if (what === 'refuse') one(at)?.fail(new UnreadableFile('no'));
          else if (what === 'cancel') aborts[at]?.abort();
          else if (what === 'crash') one(at)?.worker.crash();
          else if (what === 'silence') clock.pass(SILENCE_MS);
          else await settled();
          expect(alive()).toBeLessThanOrEqual(most);
        }
        // What is left runs to its end.
        for (let left = 0; left < 10; left++) {
          await settled();
          for (const { finish } of jobs.values()) finish();
        }
        await Promise.all(all);
        await pool.idle();
        for (const [at, { signal }] of aborts.entries()) {
          const [end, ...more] = ends.get(`${at}`) ?? [];
          expect(more).toEqual([]);
          expect(['text', 'UnreadableFile', ...(signal.aborted ? ['AbortError'] : [])]).toContain(end);
        }
        clock.pass(SILENCE_MS);
        expect(alive()).toBe(0);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

it('leaves a core to the page, where there are enough, and always runs two', () => {
  expect([1, 2, 3, 4, 8].map(workersFor)).toEqual([2, 2, 2, 3, 4]);
});
