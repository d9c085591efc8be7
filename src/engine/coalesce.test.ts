import { expect, it } from 'vitest';
import { createCoalescer, flushInterval } from './coalesce.ts';

function collect() {
  const texts: string[] = [];
  let now = 0;
  const coalescer = createCoalescer(() => now, (text) => texts.push(text));
  return { texts, coalescer, wait: (ms: number) => (now += ms) };
}

it('hands on the first piece at once and later ones every 50 ms', () => {
  const { texts, coalescer, wait } = collect();
  coalescer.push('a');
  coalescer.push('b');
  wait(49);
  coalescer.push('c');
  expect(texts).toEqual(['a']);
  wait(1);
  coalescer.push('d');
  expect(texts).toEqual(['a', 'bcd']);
});

it('hands on 32,768 characters without waiting, and the rest when flushed', () => {
  const { texts, coalescer } = collect();
  for (let i = 0; i < 70_000; i++) coalescer.push('x');
  expect(texts.map((text) => text.length)).toEqual([1, 32_768, 32_768]);
  coalescer.flush();
  coalescer.flush();
  expect(texts.join('')).toHaveLength(70_000);
  expect(texts).toHaveLength(4);
});

it('cuts what is large into pieces, never through a character', () => {
  const { texts, coalescer } = collect();
  const text = `x${'𝄞'.repeat(400_000)}`;
  coalescer.push(text);
  expect(texts.join('')).toBe(text);
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.filter((piece) => piece.length > 262_144 || !piece.isWellFormed())).toEqual([]);
});

it('waits longer where many replies stream at once', () => {
  expect([1, 10, 20, 100, 1_000].map(flushInterval)).toEqual([50, 50, 100, 500, 500]);
  const texts: string[] = [];
  let now = 0;
  const coalescer = createCoalescer(() => now, (text) => texts.push(text), () => flushInterval(40));
  for (; now < 1_000; now += 10) coalescer.push('x');
  expect(texts).toHaveLength(5);
});
