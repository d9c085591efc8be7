import { expect, test } from 'vitest';
import { columnHeights, nearestPin, spreadPins } from './position-marks.ts';

test('columns are as high as there are places in them', () => {
  const places = [0, 1, 2, 50, 99, 100].map((from) => ({ from }));
  expect(columnHeights(places, 100, 4, 25)).toEqual([25, 0, 5, 15]);
  expect(columnHeights([{ from: 3 }], 100, 2, 25)).toEqual([5, 0]);
  expect(columnHeights([], 0, 4, 25)).toEqual([]);
  expect(columnHeights([], 10, 0, 25)).toEqual([]);
});

test('pins stand at their places, and no number on another', () => {
  const cited = [
    { number: 2, from: 52, to: 60 },
    { number: 1, from: 50, to: 51 },
    { number: null, from: 10, to: 11 },
    { number: 3, from: 90, to: 91 },
  ];
  const pins = spreadPins(cited, 100, 200);
  expect(pins.map(({ passage: { number }, x, isNamed }) => [number, x, isNamed])).toEqual([
    [null, 20, false],
    [1, 100, true],
    [2, 104, false],
    [3, 180, true],
  ]);
  expect(nearestPin(pins, 103)?.passage.number).toBe(2);
  expect(nearestPin(pins, 97)?.passage.number).toBe(1);
  expect(nearestPin(pins, 150)).toBeNull();
});
