import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

const never = new AbortController().signal;
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A job that ends when told to, and how many of its kind run. */
function jobs() {
  const running = new Set<string>();
  const ends = new Map<string, () => void>();
  const job = (name: string) => () => {
    running.add(name);
    return new Promise<string>((resolve) =>
      ends.set(name, () => {
        running.delete(name);
        resolve(name);
      }),
    );
  };
  return { job, running, end: (name: string) => ends.get(name)?.() };
}

describe('createLanes', () => {
  it('runs so many at once, and the rest in their order', async () => {
    const lanes = createLanes(2);
    const { job, running, end } = jobs();
    const all = ['a', 'b', 'c', 'd'].map((name) => lanes.run(job(name), never));
    await tick();
    expect([...running]).toEqual(['a', 'b']);
    end('b');
    await tick();
    expect([...running]).toEqual(['a', 'c']);
    end('a');
    end('c');
    await tick();
    expect([...running]).toEqual(['d']);
    end('d');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets one leave the queue, and frees the lane of one that failed', async () => {
    const lanes = createLanes(1);
    const { job, running, end } = jobs();
    const abort = new AbortController();
    const failing = lanes.run(async () => {
      await tick();
      throw new Error('broke');
    }, never);
    const leaving = lanes.run(job('left'), abort.signal);
    const last = lanes.run(job('last'), never);
    abort.abort();
    await expect(leaving).rejects.toMatchObject({ name: 'AbortError' });
    await expect(failing).rejects.toThrow('broke');
    await tick();
    expect([...running]).toEqual(['last']);
    end('last');
    expect(await last).toBe('last');
  });

  it('tells when nothing runs or waits any more', async () => {
    const lanes = createLanes(1);
    await lanes.idle();
    const { job, end } = jobs();
    const both = [lanes.run(job('a'), never), lanes.run(job('b'), never)];
    let idle = false;
    const waiting = lanes.idle().then(() => (idle = true));
    await tick();
    end('a');
    await tick();
    expect(idle).toBe(false);
    end('b');
    await waiting;
    await Promise.all(both);
    await lanes.idle();
  });
});
