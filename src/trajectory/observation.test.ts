import { describe, expect, it } from 'vitest';
import { OBSERVATION_CHARS, shapeObservation } from './observation.ts';

const error = { name: 'TypeError', message: 'x is null', line: 3 };

describe('shapeObservation', () => {
  it('is what was printed, where that fits', () => {
    expect(shapeObservation('a\nb\n', null)).toBe('a\nb\n');
    expect(shapeObservation('x'.repeat(OBSERVATION_CHARS), null)).toBe('x'.repeat(OBSERVATION_CHARS));
  });

  it('is empty when nothing was printed', () => {
    expect(shapeObservation('', null)).toBe('');
  });

  it('ends with the error and its line, after what was printed', () => {
    expect(shapeObservation('a', error)).toBe('a\nTypeError: x is null (line 3 of your code)');
    expect(shapeObservation('', { name: 'E', message: 'm' })).toBe('E: m');
  });

  it('cuts the middle and states the true length', () => {
    const text = `HEAD${'x'.repeat(1_000_000)}TAIL`;
    const shown = shapeObservation(text, error);
    expect(shown.length).toBeLessThanOrEqual(OBSERVATION_CHARS);
    expect(shown.length).toBeGreaterThan(OBSERVATION_CHARS - 10);
    expect(shown).toMatch(/^HEADx+\n… \[cut: 1000008 characters in all/);
    expect(shown).toContain('xTAIL\nTypeError: x is null (line 3 of your code)');
  });

  it('stays within the limit for an error of any length, which shows its name and line', () => {
    const shown = shapeObservation('y'.repeat(50_000), { name: 'E', message: 'z'.repeat(90_000), line: 7 });
    expect(shown.length).toBeLessThanOrEqual(OBSERVATION_CHARS);
    expect(shown).toMatch(/E: z+/);
    expect(shown).toMatch(/line 7 of your code\)$/);
  });

  it('never tears a surrogate pair', () => {
    for (let shift = 0; shift < 4; shift++) {
      const shown = shapeObservation('a'.repeat(shift) + '😀'.repeat(40_000), null);
      expect(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(shown)).toBe(false);
    }
  });
});
