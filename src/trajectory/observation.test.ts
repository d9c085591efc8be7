import { expect, it } from 'vitest';
import { OBSERVATION_LIMIT, shapeObservation } from './observation.ts';

const boom = { name: 'TypeError', message: 'x is not a function', line: 3 };

it('is what was printed, where that is short', () => {
  expect(shapeObservation('a\nb\n', null)).toBe('a\nb\n');
  expect(shapeObservation('', null)).toBe('');
  expect(shapeObservation('x'.repeat(OBSERVATION_LIMIT), null)).toHaveLength(OBSERVATION_LIMIT);
});

it('adds the error after what was printed', () => {
  expect(shapeObservation('before\n', boom)).toBe(
    'before\nTypeError: x is not a function (line 3 of your block)',
  );
  expect(shapeObservation('before', boom)).toMatch(/^before\nTypeError/);
  expect(shapeObservation('', { name: 'Error', message: 'no' })).toBe('Error: no');
});

it('keeps head, tail, true length and the error of a long output', () => {
  const printed = `HEAD${'x'.repeat(1_234_560)}TAIL\n`;
  for (const error of [null, boom, { name: 'Error', message: 'm'.repeat(50_000) }]) {
    const shaped = shapeObservation(printed, error);
    expect(shaped.length).toBeLessThanOrEqual(OBSERVATION_LIMIT);
    expect(shaped.length).toBeGreaterThan(OBSERVATION_LIMIT - 400);
    expect(shaped).toMatch(/^HEADx/);
    expect(shaped).toContain('TAIL\n');
    expect(shaped).toContain('of 1,234,569 characters');
    if (error) expect(shaped).toContain(`${error.name}: `);
  }
});

it('says exactly how much it left out', () => {
  const printed = 'y'.repeat(100_000);
  const shaped = shapeObservation(printed, null);
  const left = Number(/\((\S+) of/.exec(shaped)?.[1]?.replaceAll(',', ''));
  expect(shaped.split('y').length - 1 + left).toBe(100_000);
});

it('cuts no character in two', () => {
  for (const pad of ['', 'x']) {
    const shaped = shapeObservation(pad + '🪆'.repeat(20_000), null);
    expect(shaped.isWellFormed?.() ?? !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(shaped)).toBe(true);
    expect(/(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(shaped)).toBe(false);
  }
});
