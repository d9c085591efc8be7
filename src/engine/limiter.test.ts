import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError, type ModelFault } from '../models/port.ts';
import { createLimiter, type Limiter, type LimiterOptions } from './limiter.ts';
import { createTestClock } from './testing/test-clock.ts';

const never = new AbortController().signal;

interface Change {
  readonly slots: number;
  readonly reason: string;
}

function setUp(options: Partial<LimiterOptions> = {}, random: () => number = () => 0.5) {
  const clock = createTestClock(random);
  const changes: Change[] = [];
  const questions: string[] = [];
  const limiter = createLimiter({
    slots: 4,
    clock,
    changed: (slots, reason) => void changes.push({ slots, reason }),
    decide: (message) => {
      questions.push(message);
      return Promise.resolve(false);
    },
    ...options,
  });
  return { clock, changes, questions, limiter };
}

const fault = (kind: ModelFault, retryAfterMs: number | null = null) =>
  new ModelError(kind, `It is ${kind}.`, { retryAfterMs });

function gate() {
  let open = () => {};
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

/** Sends one request in a line of its own. */
async function send<T>(limiter: Limiter, work: () => Promise<T>, signal = never, needsSlot = true): Promise<T> {
  const line = limiter.open({ needsSlot, used: 0 });
  try {
    return await line.send(work, signal);
  } finally {
    line.close();
  }
}

const warm = (limiter: Limiter) => send(limiter, async () => {});
const settle = () => new Promise((resolve) => void setTimeout(resolve, 0));

/** Asks until there is an answer or it is given up, as `askModel` does. */
async function ask(
  { limiter, clock }: Pick<ReturnType<typeof setUp>, 'limiter' | 'clock'>,
  work: (attempt: number) => Promise<string>,
  needsSlot = true,
): Promise<string> {
  const line = limiter.open({ needsSlot, used: 0 });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await line.send(() => work(attempt), never);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        const waitMs = await line.again(error, never);
        if (waitMs === null) return `given up: ${error.message}`;
        await clock.sleep(waitMs, never);
      }
    }
  } finally {
    line.close();
  }
}

describe('slots', () => {
  it('are held by no more requests than there are, in the order of asking', async () => {
    const { limiter } = setUp({ slots: 2 });
    await warm(limiter);
    const gates = Array.from({ length: 5 }, gate);
    const started: number[] = [];
    const all = gates.map(({ promise }, index) =>
      send(limiter, async () => {
        started.push(index);
        await promise;
        return index;
      }),
    );
    await settle();
    expect(started).toEqual([0, 1]);
    gates[1]?.open();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    for (const { open } of gates) open();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });

  it('are freed by work that throws', async () => {
    const { limiter } = setUp({ slots: 1 });
    await expect(send(limiter, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await send(limiter, async () => 'next')).toBe('next');
  });

  it('pass on at once when one is freed: no timer stands between two requests', async () => {
    const { limiter, clock } = setUp({ slots: 1 });
    await warm(limiter);
    const all = Array.from({ length: 50 }, (_, n) => send(limiter, async () => n));
    expect(await Promise.all(all)).toHaveLength(50);
    expect(clock.now()).toBe(0);
  });

  it('are not lost when one that waits leaves', async () => {
    const { limiter } = setUp({ slots: 1 });
    await warm(limiter);
    const first = gate();
    const running = send(limiter, () => first.promise);
    const leaving = new AbortController();
    const left = send(limiter, async () => 'left', leaving.signal);
    const behind = send(limiter, async () => 'behind');
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    first.open();
    await running;
    expect(await behind).toBe('behind');
    await expect(send(limiter, async () => 1, leaving.signal)).rejects.toThrow('gone');
  });

  it('are not needed by the root, which passes those that wait for one', async () => {
    const { limiter } = setUp({ slots: 1 });
    await warm(limiter);
    const first = gate();
    const running = send(limiter, () => first.promise);
    const waiting = send(limiter, async () => 'sub');
    expect(await send(limiter, async () => 'root', never, false)).toBe('root');
    first.open();
    await running;
    expect(await waiting).toBe('sub');
  });

  it('are at most what the address allows, which is said once, when it first matters', async () => {
    const { limiter, changes } = setUp({ slots: 8, cap: { slots: 6, reason: 'http' } });
    await warm(limiter);
    const gates = Array.from({ length: 9 }, gate);
    const all = gates.slice(0, 6).map(({ promise }) => send(limiter, () => promise));
    await settle();
    expect(changes).toEqual([]);
    all.push(...gates.slice(6).map(({ promise }) => send(limiter, () => promise)));
    await settle();
    expect(limiter.inFlight).toBe(6);
    expect(changes).toEqual([{ slots: 6, reason: 'http' }]);
    for (const { open } of gates) open();
    await Promise.all(all);
  });
});

describe('a cold connection', () => {
  it('gets one request; the others follow when its reply begins', async () => {
    const { limiter } = setUp();
    let begin = () => {};
    const end = gate();
    const line = limiter.open({ needsSlot: true, used: 0 });
    const first = line.send((heard) => {
      begin = heard;
      return end.promise;
    }, never);
    const others = Array.from({ length: 3 }, () => send(limiter, async () => {}));
    await Promise.resolve();
    expect(limiter.inFlight).toBe(1);
    begin();
    await Promise.all(others);
    end.open();
    await first;
    line.close();
  });

  it('does not keep the others waiting for more than three seconds', async () => {
    const { limiter, clock } = setUp();
    const slow = gate();
    const first = send(limiter, () => slow.promise);
    await send(limiter, async () => {});
    expect(clock.now()).toBe(3_000);
    slow.open();
    await first;
  });
});

describe('a 429', () => {
  it('halves the slots once for all that were in flight, and they come back one a round', async () => {
    const { limiter, changes } = setUp({ slots: 8 });
    await warm(limiter);
    const gates = Array.from({ length: 8 }, gate);
    const all = gates.map(({ promise }) => send(limiter, () => promise));
    await settle();
    for (const { fail } of gates) fail(fault('rate-limited', 0));
    await Promise.allSettled(all);
    expect(changes.map(({ slots }) => slots)).toEqual([4]);
    for (let n = 0; n < 4 + 5 + 6; n++) await warm(limiter);
    expect(changes.map(({ slots }) => slots)).toEqual([4, 5, 6, 7]);
    for (let n = 0; n < 50; n++) await warm(limiter);
    expect(changes.map(({ slots }) => slots)).toEqual([4, 5, 6, 7, 8]);
  });

  it('is waited for by everybody, the root too, as long as it says', async () => {
    const { limiter, clock } = setUp({ slots: 8 });
    await warm(limiter);
    const times: number[] = [];
    const note = async () => void times.push(clock.now());
    await expect(send(limiter, () => Promise.reject(fault('rate-limited', 7_000)))).rejects.toThrow();
    await Promise.all([...Array.from({ length: 3 }, () => send(limiter, note)), send(limiter, note, never, false)]);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(7_000);
    expect(new Set(times).size).toBe(4);
    expect(Math.max(...times)).toBeLessThan(9_000);
  });

  it('that does not say how long holds the others back for a moment, then for longer', async () => {
    const { limiter, clock } = setUp();
    await warm(limiter);
    const refuse = () => send(limiter, () => Promise.reject(fault('rate-limited'))).catch(() => clock.now());
    expect(await refuse()).toBe(0);
    const second = await refuse();
    const third = await refuse();
    expect(second).toBeGreaterThan(250);
    expect(third - second).toBeGreaterThan(second);
  });

  it('leaves no timer where nobody waits, nor where those who wait have left', async () => {
    const { limiter, clock } = setUp();
    await warm(limiter);
    await expect(send(limiter, () => Promise.reject(fault('rate-limited', 7_000)))).rejects.toThrow();
    expect(clock.sleeping).toBe(0);
    const leaving = new AbortController();
    const left = Promise.allSettled([send(limiter, async () => {}, leaving.signal), send(limiter, async () => {}, leaving.signal)]);
    expect(clock.sleeping).toBe(1);
    leaving.abort(new Error('gone'));
    await left;
    expect(clock.sleeping).toBe(0);
  });
});

describe('an endpoint that is down', () => {
  it('stops all after five faults in a row; declined, what waits fails with the fault', async () => {
    const all = setUp();
    await warm(all.limiter);
    let requests = 0;
    const dead = () => {
      requests++;
      return Promise.reject(fault('unreachable'));
    };
    const replies = await Promise.all(Array.from({ length: 40 }, () => ask(all, dead)));
    expect(new Set(replies)).toEqual(new Set(['given up: It is unreachable.']));
    expect(all.questions).toHaveLength(1);
    expect(all.questions[0]).toContain('It is unreachable.');
    // The four that were in flight, those that took their slots until it was plain, and probes after that.
    expect(requests).toBeLessThan(20);
    expect(all.clock.now()).toBeGreaterThan(2_000);
    expect(all.clock.sleeping).toBe(0);
  });

  it('asks nobody again until it has been heard; calls that begin then have all their attempts', async () => {
    const all = setUp();
    const attempts: number[] = [];
    const dead = (attempt: number) => {
      attempts.push(attempt);
      return Promise.reject(fault('unavailable'));
    };
    await ask(all, dead);
    await ask(all, dead, false);
    expect(attempts).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
    expect(all.questions).toHaveLength(1);
    await warm(all.limiter);
    await ask(all, dead);
    expect(all.questions).toHaveLength(2);
  });

  it('goes on where the person lets it, with fresh attempts, one request first', async () => {
    let up = false;
    const all = setUp({
      slots: 8,
      decide: () => {
        up = true;
        return Promise.resolve(true);
      },
    });
    await warm(all.limiter);
    const afterwards: number[] = [];
    const work = async () => {
      if (!up) throw fault('unreachable');
      afterwards.push(all.limiter.inFlight);
      return 'reply';
    };
    const replies = await Promise.all(Array.from({ length: 30 }, () => ask(all, work)));
    expect(new Set(replies)).toEqual(new Set(['reply']));
    expect(afterwards[0]).toBe(1);
    expect(Math.max(...afterwards)).toBeGreaterThan(1);
  });

  it('has five attempts again after each time that it was let go on', async () => {
    let allowed = 0;
    const all = setUp({ decide: () => Promise.resolve(++allowed < 3) });
    let requests = 0;
    await ask(all, () => {
      requests++;
      return Promise.reject(fault('unreachable'));
    });
    expect(requests).toBe(15);
  });

  it('is no matter of one request among others that are answered, but for the root', async () => {
    const all = setUp();
    const failing = (needsSlot: boolean) =>
      ask(
        all,
        async () => {
          await warm(all.limiter);
          throw fault('unavailable');
        },
        needsSlot,
      );
    expect(await failing(true)).toBe('given up: It is unavailable.');
    expect(all.questions).toEqual([]);
    await failing(false);
    expect(all.questions).toHaveLength(1);
  });

  it.each(['refused', 'rejected', 'rate-limited', 'not-a-model', 'cut'] as const)('is not what %s means', async (kind) => {
    const all = setUp();
    for (let n = 0; n < 6; n++) await ask(all, () => Promise.reject(fault(kind)));
    expect(all.questions).toEqual([]);
  });

  it('withdraws the question when nobody waits any more', async () => {
    let withdrawn = false;
    const all = setUp({
      decide: (_message, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            withdrawn = true;
            reject(new Error('withdrawn'));
          }),
        ),
    });
    const line = all.limiter.open({ needsSlot: true, used: 0 });
    const leaving = new AbortController();
    for (let n = 0; n < 5; n++) {
      await expect(line.send(() => Promise.reject(fault('unreachable')), never)).rejects.toThrow();
    }
    const waiting = line.send(async () => {}, leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(withdrawn).toBe(false);
    line.close();
    await settle();
    expect(withdrawn).toBe(true);
    expect(await send(all.limiter, async () => 'again')).toBe('again');
    expect(all.clock.sleeping).toBe(0);
  });
});

const outcome = fc.record({
  latency: fc.integer({ min: 0, max: 400 }),
  fault: fc.option(fc.constantFrom<ModelFault>('rate-limited', 'unavailable', 'unreachable', 'cut', 'refused'), { freq: 2 }),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 5_000 })),
  root: fc.boolean(),
  leaves: fc.option(fc.integer({ min: 0, max: 3_000 }), { freq: 4 }),
});

it('whatever happens: never more in flight than slots, nobody before Retry-After, everybody has a turn', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(outcome, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      fc.boolean(),
      async (outcomes, slots, draws, allow) => {
        let allowed = 0;
        const all = setUp({ slots, decide: () => Promise.resolve(allow && allowed++ < 2) }, () => draws.next().value ?? 0.5);
        const { limiter, clock } = all;
        let taken = 0;
        let notBefore = 0;
        const ends = await Promise.all(
          outcomes.map(async ({ latency, fault: kind, retryAfterMs, root, leaves }, index) => {
            const leaving = new AbortController();
            const end = new AbortController();
            if (leaves !== null) {
              clock.sleep(leaves, end.signal).then(() => leaving.abort(new Error('left')), () => {});
            }
            const line = limiter.open({ needsSlot: !root, used: 0 });
            try {
              for (let attempt = 1; ; attempt++) {
                try {
                  return await line.send(async () => {
                    expect(clock.now()).toBeGreaterThanOrEqual(notBefore);
                    if (!root) expect(++taken).toBeLessThanOrEqual(slots);
                    try {
                      await clock.sleep(latency, never);
                      if (kind && attempt <= 1 + (index % 7)) {
                        if (retryAfterMs !== null) notBefore = Math.max(notBefore, clock.now() + retryAfterMs);
                        throw fault(kind, retryAfterMs);
                      }
                      return 'reply';
                    } finally {
                      if (!root) taken--;
                    }
                  }, leaving.signal);
                } catch (error) {
                  if (!(error instanceof ModelError)) throw error;
                  const waitMs = await line.again(error, leaving.signal);
                  if (waitMs === null) return 'given up';
                  await clock.sleep(waitMs, leaving.signal);
                }
              }
            } catch (error) {
              return error instanceof Error && error.message === 'left' ? 'left' : Promise.reject(error);
            } finally {
              end.abort();
              line.close();
            }
          }),
        );
        expect(ends).toHaveLength(outcomes.length);
        expect(limiter.inFlight).toBe(0);
        await settle();
        expect(clock.sleeping).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});

it('costs far less than a millisecond a request', async () => {
  const { limiter } = setUp({ slots: 8 });
  const count = 2_000;
  const before = performance.now();
  await Promise.all(Array.from({ length: count }, () => send(limiter, async () => {})));
  expect((performance.now() - before) / count).toBeLessThan(0.3);
});
