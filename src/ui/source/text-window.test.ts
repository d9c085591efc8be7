import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutRows } from './rows.ts';
import { createTextWindow, type WindowReader } from './text-window.ts';

const SIZES = { row: 8, back: 3, piece: 40, pieceRows: 5, rows: 20, units: 200 };

const readerOf = (text: string): WindowReader => ({
  slice: async (from, to) => text.slice(from, to),
  lineOf: async (offset) => text.slice(0, offset).split('\n').length,
  lineStart: async (line) => {
    let at = 0;
    for (let ends = 1; ends < line; ends++) at = text.indexOf('\n', at) + 1;
    return at;
  },
});
const windowOf = (text: string) => createTextWindow(readerOf(text), text.length, SIZES);

const text = fc
  .array(fc.constantFrom('a', 'bcd', ' ', '\n', '\n\n', '\u{1f9f8}', 'x'.repeat(50), 'word '.repeat(12)), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.join(''));
const steps = fc.array(fc.oneof(fc.constantFrom('down' as const, 'up' as const), fc.nat()), { maxLength: 30 });

describe('createTextWindow', () => {
  test('holds rows of the text, one after another, whatever is done', async () => {
    await fc.assert(
      fc.asyncProperty(text, steps, async (source, walk) => {
        const all = cutRows(source, { from: 0, line: 1, lineFrom: 0 }, true, SIZES);
        const window = windowOf(source);
        await window.jump(0);
        for (const step of walk) {
          if (typeof step === 'string') await window.extend(step);
          else {
            const offset = step % (source.length + 1);
            await window.jump(offset);
            const { aim, rows } = window.get();
            const row = rows[aim?.row ?? -1];
            expect(row && row.from <= offset && (offset < row.to || row.to === source.length)).toBe(true);
          }
          const { rows, failed } = window.get();
          expect(failed).toBe(false);
          const first = all.findIndex(({ from }) => from === rows[0]?.from);
          expect(rows).toEqual(all.slice(first, first + rows.length));
          expect(rows.length).toBeLessThanOrEqual(SIZES.rows);
        }
      }),
    );
  });

  test('reaches both ends by going on', async () => {
    const source = Array.from({ length: 400 }, (_, line) => `line ${line}${line % 50 === 0 ? 'y'.repeat(300) : ''}`).join('\n');
    const window = windowOf(source);
    await window.jump(source.length / 2);
    for (let i = 0; i < 1000 && window.get().rows[0]?.from !== 0; i++) await window.extend('up');
    expect(window.get().rows[0]).toMatchObject({ from: 0, line: 1 });
    for (let i = 0; i < 1000 && window.get().rows.at(-1)?.to !== source.length; i++) await window.extend('down');
    expect(window.get().rows.at(-1)).toMatchObject({ to: source.length, line: 400 });
  });

  test('changes one end at a time, and says which', async () => {
    const source = 'line\n'.repeat(300);
    const window = windowOf(source);
    await window.jump(700);
    let before = window.get().rows;
    const faults: string[] = [];
    window.subscribe(() => {
      const { rows, isShift } = window.get();
      const sameStart = rows[0]?.from === before[0]?.from;
      const sameEnd = rows.at(-1)?.to === before.at(-1)?.to;
      if (isShift ? !sameEnd || sameStart : !sameStart) faults.push(`${isShift} ${sameStart} ${sameEnd}`);
      before = rows;
    });
    for (let i = 0; i < 12; i++) await window.extend('down');
    for (let i = 0; i < 12; i++) await window.extend('up');
    expect(faults).toEqual([]);
  });

  test('the last jump wins', async () => {
    const window = windowOf('line\n'.repeat(300));
    await Promise.all([window.jump(1000), window.jump(200)]);
    expect(window.get().aim?.offset).toBe(200);
    expect(window.get().rows.some(({ from, to }) => from <= 200 && 200 < to)).toBe(true);
  });

  test('an empty text has no rows', async () => {
    const window = windowOf('');
    await window.jump(0);
    expect(window.get()).toMatchObject({ rows: [], failed: false });
  });

  test('says that a file cannot be read any more, and reads it when it can again', async () => {
    const reader = readerOf('line\n'.repeat(300));
    let isGone = true;
    const slice: WindowReader['slice'] = (from, to) => (isGone ? Promise.reject(new DOMException('gone', 'NotFoundError')) : reader.slice(from, to));
    const window = createTextWindow({ ...reader, slice }, 1500, SIZES);
    await window.jump(0);
    expect(window.get()).toMatchObject({ rows: [], failed: true });
    isGone = false;
    await window.jump(0);
    expect(window.get().failed).toBe(false);
    expect(window.get().rows.length).toBeGreaterThan(0);
    isGone = true;
    await window.extend('down');
    expect(window.get().failed).toBe(true);
  });
});
