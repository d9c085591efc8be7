import { expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

const never = new AbortController().signal;

function gate() {
  let open = () => {};
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
}

it('runs no more at once than it has slots, in the order of asking', async () => {
  const limiter = createLimiter(2);
  const gates = Array.from({ length: 5 }, gate);
  const started: number[] = [];
  const all = gates.map(({ promise }, index) =>
    limiter.run(async () => {
      started.push(index);
      await promise;
      return index;
    }, never),
  );
  await Promise.resolve();
  expect(started).toEqual([0, 1]);
  gates[1]?.open();
  await all[1];
  await Promise.resolve();
  expect(started).toEqual([0, 1, 2]);
  for (const { open } of gates) open();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
  expect(started).toEqual([0, 1, 2, 3, 4]);
});

it('frees the slot of work that throws', async () => {
  const limiter = createLimiter(1);
  await expect(limiter.run(() => Promise.reject(new Error('no')), never)).rejects.toThrow('no');
  expect(await limiter.run(async () => 'next', never)).toBe('next');
});

it('lets a waiting one leave, without losing the slot for those behind it', async () => {
  const limiter = createLimiter(1);
  const first = gate();
  const running = limiter.run(() => first.promise, never);
  const leaving = new AbortController();
  const left = limiter.run(async () => 'left', leaving.signal);
  const behind = limiter.run(async () => 'behind', never);
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  first.open();
  await running;
  expect(await behind).toBe('behind');
  await expect(limiter.run(async () => 1, leaving.signal)).rejects.toThrow('gone');
});

it('costs far less than a millisecond a request', async () => {
  const limiter = createLimiter(8);
  const count = 2_000;
  const before = performance.now();
  await Promise.all(Array.from({ length: count }, () => limiter.run(async () => {}, never)));
  expect((performance.now() - before) / count).toBeLessThan(0.3);
});
