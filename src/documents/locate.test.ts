import { describe, expect, it } from 'vitest';
import type { TextSource } from './document.ts';
import { bytesPerUnit, placeAfter, placeBefore } from './locate.ts';

const blob = new Blob(['x'.repeat(100)]);
const indexed: TextSource = {
  blob,
  encoding: 'utf-8',
  skip: 3,
  index: { bytes: Float64Array.of(3, 40, 70), chars: Float64Array.of(0, 20, 45) },
};

describe('places in a text', () => {
  it('are exact where every unit has one width', () => {
    const ascii: TextSource = { blob, encoding: 'utf-8', skip: 3, index: null };
    const latin: TextSource = { ...ascii, encoding: 'windows-1252', skip: 0 };
    const wide: TextSource = { ...ascii, encoding: 'utf-16be', skip: 2 };
    expect([ascii, latin, wide, indexed].map(bytesPerUnit)).toEqual([1, 1, 2, null]);
    expect(placeBefore(ascii, 9)).toEqual({ byte: 12, char: 9 });
    expect(placeAfter(latin, 9, 100)).toEqual({ byte: 9, char: 9 });
    expect(placeBefore(wide, 9)).toEqual({ byte: 20, char: 9 });
    expect(placeAfter(wide, 3e9, 4e9)).toEqual({ byte: 6e9 + 2, char: 3e9 });
  });

  it('are those of the index elsewhere, and the end of the text', () => {
    const places = [0, 1, 19, 20, 21, 44, 45, 46, 60].map((char) => [
      placeBefore(indexed, char).char,
      placeBefore(indexed, char).byte,
      placeAfter(indexed, char, 60).char,
      placeAfter(indexed, char, 60).byte,
    ]);
    expect(places).toEqual([
      [0, 3, 0, 3],
      [0, 3, 20, 40],
      [0, 3, 20, 40],
      [20, 40, 20, 40],
      [20, 40, 45, 70],
      [20, 40, 45, 70],
      [45, 70, 45, 70],
      [45, 70, 60, 100],
      [45, 70, 60, 100],
    ]);
  });
});
