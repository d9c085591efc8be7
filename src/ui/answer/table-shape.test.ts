import { expect, test } from 'vitest';
import { markTables } from './table-shape.ts';

const text = (value: string) => ({ type: 'text', value });
const cell = (tagName: string) => (value: string) => ({ type: 'element', tagName, properties: {}, children: [text(value)] });
const row = (tag: string, values: readonly string[]) => ({
  type: 'element',
  tagName: 'tr',
  properties: {},
  children: values.map(cell(tag)),
});

function shape(lines: readonly (readonly string[])[]) {
  const rows = lines.map((line, index) => row(index === 0 ? 'th' : 'td', line));
  markTables()({ type: 'root', children: [{ type: 'element', tagName: 'table', children: rows }] });
  return rows;
}

/** Styles of the second column's cells. */
const bars = (...lines: readonly (readonly string[])[]) =>
  shape(lines).map((each) => (each.children[1]?.properties as Record<string, unknown>)['style']);

function marked(...lines: readonly (readonly string[])[]) {
  return shape(lines).map((each) => ({ row: Object.keys(each.properties), cells: each.children.map((c) => Object.keys(c.properties)) }));
}

test('columns of numbers are numeric, the first of them leads', () => {
  const [head, first] = marked(['Region', 'Tickets', 'Owed', 'Oldest'], ['EMEA', '93', '€11,480', 'Feb 3'], ['APAC', '41', '€4,220', '']);
  const shape = [[], ['dataNumeric', 'dataLead'], ['dataNumeric'], []];
  expect(head?.cells).toEqual(shape);
  expect(first?.cells).toEqual(shape);
});

test('a last row of totals is told from one that only comes last', () => {
  expect(marked(['a', 'n'], ['x', '1'], ['Total', '1'])[2]?.row).toEqual(['dataTotal']);
  expect(marked(['a', 'n'], ['x', '1'], ['Alloy', '1'])[2]?.row).toEqual([]);
  expect(marked(['a', 'n'], ['Total', '1'])[1]?.row).toEqual([]);
});

test('a breakdown has bars to scale, and no total has one', () => {
  const table = marked(['Region', 'Tickets'], ['EMEA', '93'], ['LATAM', '31'], ['All', '124']);
  expect(table[1]?.cells[1]).toContain('style');
  expect(table[0]?.cells[1]).toEqual(['dataNumeric', 'dataLead', 'dataBar']);
  expect(table[3]?.cells[1]).toEqual(['dataNumeric', 'dataLead', 'dataBar']);
  expect(marked(['a', 'n'], ['x', '-1'], ['y', '4'], ['All', '3'])[1]?.cells[1]).toEqual(['dataNumeric', 'dataLead']);
  expect(bars(['Region', 'Tickets'], ['EMEA', '93'], ['LATAM', '31'], ['All', '124'])).toEqual([
    undefined,
    '--bar: 1.0000',
    '--bar: 0.3333',
    undefined,
  ]);
});

test('a ranking has bars, a list of years or one out of order has none', () => {
  const ranked = (...values: readonly string[]) => bars(['a', 'n'], ...values.map((value) => ['x', value]));
  expect(ranked('304', '152', '76')).toEqual([undefined, '--bar: 1.0000', '--bar: 0.5000', '--bar: 0.2500']);
  expect(ranked('2025', '2024', '2023').every((style) => style === undefined)).toBe(true);
  expect(ranked('3', '9', '1').every((style) => style === undefined)).toBe(true);
  expect(ranked('9', '1').every((style) => style === undefined)).toBe(true);
});

test('words, dates and empty columns are not numbers', () => {
  const [head] = marked(['a', 'b', 'c', 'd'], ['1', 'line 7', '2025-01-01', ''], ['2', '9', '2025-01-02', '']);
  expect(head?.cells).toEqual([[], [], [], []]);
});
