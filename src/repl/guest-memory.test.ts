import { expect, it } from 'vitest';
import { GuestMemory } from './guest-memory.ts';
import { createQuickJs } from './quickjs.ts';

const MB = 2 ** 20;

it.each([
  'for (const a = []; ; ) a.push("x".repeat(100_000) + a.length)',
  'for (const a = []; ; ) a.push(new ArrayBuffer(1e6))',
  'for (const a = []; ; ) a.push({ a: [1, 2, 3] })',
])('the memory of a guest stays within its limit: %s', { timeout: 60_000 }, async (code) => {
  const memory = new GuestMemory(64 * MB);
  const { context } = await createQuickJs(null, memory.memory);
  memory.startCell();
  const ran = context.evalCode(code);
  expect(ran.error && context.dump(ran.error)).toMatchObject({ message: 'out of memory' });
  expect(memory.wasRefused).toBe(true);
  expect(memory.memory.buffer.byteLength).toBeLessThan(92 * MB);
});

it('what fills its memory has room to be looked at, and the next cell some to free it', () => {
  const memory = new GuestMemory(32 * MB);
  const grow = (bytes: number) => {
    try {
      memory.memory.grow(bytes / 65_536);
      return true;
    } catch {
      return false;
    }
  };
  while (grow(MB));
  expect(grow(2 * MB)).toBe(false);
  memory.reserve();
  expect(grow(4 * MB)).toBe(true);
  memory.release();
  memory.startCell();
  expect(grow(4 * MB)).toBe(false);
  memory.addSpare();
  memory.addSpare();
  memory.startCell();
  expect(grow(4 * MB)).toBe(true);
  memory.startCell();
  expect(memory.wasRefused).toBe(false);
});
