import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerJson, readTable } from './answer-table.ts';

describe('a value as a table', () => {
  it.each([
    ['objects', [{ a: 1, b: 'x' }, { c: null, a: 2 }], ['a', 'b', 'c'], [[1, 'x', undefined], [2, undefined, null]]],
    ['arrays', [[1, 2], [3], []], ['column 1', 'column 2'], [[1, 2], [3, undefined], [undefined, undefined]]],
    ['scalars', [1, 'x', null], ['value'], [[1], ['x'], [null]]],
    ['objects and more', [{ a: 1 }, 'x', [2]], ['a', 'value'], [[1, undefined], [undefined, 'x'], [undefined, [2]]]],
    ['objects with a value, and more', [{ value: 1 }, 2], ['value', 'item'], [[1, undefined], [undefined, 2]]],
    ['arrays and scalars', [[1], 2], ['value'], [[[1]], [2]]],
    ['an object of scalars', { a: 1, b: null }, ['key', 'value'], [['a', 1], ['b', null]]],
    ['an object of objects', { x: { a: 1 }, y: { b: 2 } }, ['key', 'a', 'b'], [['x', 1, undefined], ['y', undefined, 2]]],
    ['an object of objects with keys', { x: { key: 1, name: 2 } }, ['row', 'key', 'name'], [['x', 1, 2]]],
    ['an object of arrays', { x: [1], y: [2, 3] }, ['key', 'column 1', 'column 2'], [['x', 1, undefined], ['y', 2, 3]]],
    ['an object of both', { rows: [1], total: 1 }, ['key', 'value'], [['rows', [1]], ['total', 1]]],
    ['an object around an array', { people: [{ a: 1 }] }, ['a'], [[1]]],
    ['an object of empty ones', { x: {}, y: {} }, ['key', 'value'], [['x', {}], ['y', {}]]],
    ['names that objects have', JSON.parse('[{"__proto__": 1, "constructor": 2}, {}]'), ['__proto__', 'constructor'], [[1, 2], [undefined, undefined]]],
  ] as const)('%s', (_name, value, columns, rows) => {
    expect(readTable(value)).toEqual({ columns, rows });
  });

  it.each([['text'], [1], [null], [true], [[]], [{}], [[[]]], [[{}, {}]], [undefined]])('%j is none', (value) => {
    expect(readTable(value)).toBeNull();
  });

  it('is none with more columns than anybody could read', () => {
    expect(readTable(Array.from({ length: 2000 }, (_, i) => ({ [`k${i}`]: i })))).toBeNull();
    expect(readTable([Array.from({ length: 2000 }, () => 1)])).toBeNull();
  });

  it('has rows as long as its columns, one for each item, and nothing lost', () => {
    const item = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 5 });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), (given) => {
        const items: unknown[] = JSON.parse(JSON.stringify(given));
        const { columns, rows } = readTable(items) ?? { columns: [], rows: [] };
        expect(rows).toHaveLength(items.length);
        const back = rows.map((row) => {
          expect(row).toHaveLength(columns.length);
          const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
          row.forEach((cell, at) => cell !== undefined && (object[columns[at] ?? ''] = cell));
          return object;
        });
        const sorted = (objects: readonly unknown[]) => objects.map((object) => JSON.stringify(Object.entries(object ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))));
        expect(sorted(back)).toEqual(sorted(items));
      }),
    );
  });
});

it('an answer as JSON is what it is, or a JSON string', () => {
  expect(answerJson('[1]', 'json')).toBe('[1]');
  expect(JSON.parse(answerJson('said "so"\n', 'text'))).toBe('said "so"\n');
});
