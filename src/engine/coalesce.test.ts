import { expect, it } from 'vitest';
import { createCoalescer } from './coalesce.ts';

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

it('hands on 2,048 characters without waiting, and the rest when flushed', () => {
  const { texts, coalescer } = collect();
  for (let i = 0; i < 5_000; i++) coalescer.push('x');
  expect(texts.map((text) => text.length)).toEqual([1, 2048, 2048]);
  coalescer.flush();
  coalescer.flush();
  expect(texts.join('')).toHaveLength(5_000);
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
