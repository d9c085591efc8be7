import { describe, expect, it } from 'vitest';
import { ReplError } from './port.ts';
import { testSession } from './testing/test-session.ts';

describe('globalThis', () => {
  it.each(['const globalThis = 5', 'globalThis = 5', 'delete globalThis.globalThis', 'var globalThis = {}'])(
    'may be overwritten by %s, and is back in the next cell',
    async (code) => {
      const session = await testSession();
      await session.run('keep = "safe"');
      await session.run(code);
      const { ok, printed } = await session.run('x = 5; print(keep, globalThis.x, typeof globalThis.print)');
      expect({ ok, printed }).toEqual({ ok: true, printed: 'safe 5 function\n' });
      expect((await session.run('FINAL(keep)')).final?.text).toBe('safe');
    },
  );
});

describe('what no later cell could do without', () => {
  it.each([
    'Object.freeze(globalThis)',
    'Object.preventExtensions(globalThis)',
    'Object.defineProperty(Promise.prototype, "then", { value: () => 1, configurable: false, writable: false })',
    'Object.defineProperty(Array.prototype, 0, { set() { throw 1 }, configurable: false })',
    'Object.freeze(Object.setPrototypeOf(Array.prototype, { get x() { throw 1 } }))',
  ])('loses the REPL, which is rebuilt without that cell: %s', async (code) => {
    const session = await testSession();
    await expect(session.run(code)).rejects.toThrow(ReplError);
  });

  it('is put back where it can be', async () => {
    const session = await testSession();
    await session.run('Object.setPrototypeOf(Array.prototype, new Proxy({}, { get() { throw 1 }, has() { throw 1 } }))');
    expect((await session.run('[1, 2].map((n) => n + 1).join()')).printed).toBe('2,3\n');
  });

  it('does not cost an answer given in the same cell', async () => {
    const session = await testSession();
    expect((await session.run('Object.freeze(globalThis); FINAL("done")')).final?.text).toBe('done');
  });
});
