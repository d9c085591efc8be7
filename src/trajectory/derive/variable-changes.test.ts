import { expect, test } from 'vitest';
import { EMPTY, fold } from '../fold.ts';
import { refundsLog } from '../testing/refunds-log.ts';
import { variablesOfTurn } from './variable-changes.ts';

const done = fold(EMPTY, refundsLog().events);
const root = done.calls.get('0')!;

test('a turn tells what it made, what it changed, and from what', () => {
  const shown = variablesOfTurn(done, root, 3).map(({ name, change, size, earlier }) => [name, change, size, earlier?.size ?? null]);
  expect(shown).toEqual([
    ['tickets', 'changed', 1_200, 6_911],
    ['wordings', 'made', 9, null],
    ['kinds', 'made', 36, null],
    ['sample', 'made', 36, null],
    ['lines', 'kept', 61_408, null],
    ['ids', 'kept', 6_911, null],
    ['hits', 'kept', 18_204, null],
  ]);
});

test('the first turn made nothing', () => {
  expect(variablesOfTurn(done, root, 1)).toEqual([]);
});
