import { expect, it } from 'vitest';
import { createKeeper } from './keep-same.ts';

const item = (id: string, calls: readonly string[], label = '') => ({ id, label, data: { calls, at: { x: 1 } } });

it('keeps what is the same, and the list where all of it is', () => {
  const keep = createKeeper<ReturnType<typeof item>>();
  const first = keep([item('a', ['1']), item('b', ['2', '3'])]);
  expect(keep([item('a', ['1']), item('b', ['2', '3'])])).toBe(first);
  const grown = keep([item('a', ['1']), item('b', ['2', '3', '4'])]);
  expect(grown).not.toBe(first);
  expect(grown[0]).toBe(first[0]);
  expect(grown[1]).toEqual(item('b', ['2', '3', '4']));
  expect(keep([item('a', ['1'], 'new'), item('b', ['2', '3', '4'])])[0]?.label).toBe('new');
});

it('knows a list that is shorter, longer or in another order', () => {
  const keep = createKeeper<ReturnType<typeof item>>();
  const [a, b] = [item('a', []), item('b', [])];
  keep([a, b]);
  expect(keep([item('a', [])])).toEqual([a]);
  expect(keep([item('b', []), item('a', [])]).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(keep([])).toEqual([]);
});
