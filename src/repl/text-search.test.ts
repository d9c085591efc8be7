import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN, lineBatch, matchBatch, matchTexts, splitTexts } from './text-search.ts';
import { SearchTooWide } from './texts/search-too-wide.ts';
import { anyRegex } from './texts/testing/any-regex.ts';
import { anyText } from './texts/testing/file-of.ts';
import type { Packed } from './packed.ts';
import type { MatchLimits } from './texts/matches.ts';

/** As guest code takes them apart. */
function unpack({ joined, separator, absent }: Packed): (string | undefined)[] {
  const texts: (string | undefined)[] =
    separator === '' ? (JSON.parse(joined) as string[]) : joined.split(separator);
  if (absent) for (const place of new Uint32Array(absent)) texts[place] = undefined;
  return texts;
}

const withG = ({ source, flags }: RegExp): RegExp =>
  new RegExp(source, flags.includes('g') ? flags : `${flags}g`);

/** Windows of a few units: every text has many of them. */
const limits = fc.integer({ min: 1, max: 24 }).map((window): MatchLimits => ({ window, widest: 4096 }));
const most = fc.integer({ min: 1, max: 5 });

/** A window that cannot tell is refused; nothing else may go wrong. */
function unlessTooWide(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof SearchTooWide)) throw error;
  }
}

describe('Searches over a file in windows', () => {
  it('find the texts that match of the whole string finds', () => {
    fc.assert(
      fc.property(anyText, anyRegex, limits, ({ text, expected }, expression, limits) => {
        const { source, flags } = withG(expression);
        unlessTooWide(() => {
          const found = matchTexts(text, source, flags, limits);
          expect(found && unpack(found)).toEqual(expected.match(new RegExp(source, flags)));
        });
      }),
      { numRuns: 250 },
    );
  });

  it('find, batch for batch, the matches that matchAll of the whole string finds', () => {
    fc.assert(
      fc.property(anyText, anyRegex, limits, most, ({ text, expected }, expression, limits, most) => {
        const { source, flags } = withG(expression);
        unlessTooWide(() => {
          const found: unknown[] = [];
          for (let position = 0; ; ) {
            const batch = matchBatch(text, source, flags, position, most, limits);
            const places = new Float64Array(batch.places);
            const texts = unpack(batch.texts);
            const groups = batch.width - (batch.names === '' ? 0 : batch.names.split(',').length);
            for (let i = 0; i < batch.count; i++) {
              const base = i * batch.width;
              found.push([places[i * 2], texts.slice(base, base + groups)]);
            }
            if (places[batch.count * 2 + 1] === 1) break;
            position = places[batch.count * 2] ?? Infinity;
          }
          const theirs = [...expected.matchAll(new RegExp(source, flags))];
          expect(found).toEqual(theirs.map((match) => [match.index, [...match]]));
        });
      }),
      { numRuns: 250 },
    );
  });

  it('split as the whole string is split, by expressions', () => {
    fc.assert(
      fc.property(anyText, anyRegex, limits, fc.integer({ min: 0, max: 8 }), ({ text, expected }, expression, limits, count) => {
        const { source, flags } = expression;
        unlessTooWide(() => {
          for (const limit of [count, 2 ** 32 - 1]) {
            expect(unpack(splitTexts(text, source, flags, limit, limits))).toEqual(
              expected.split(new RegExp(source, flags), limit),
            );
          }
        });
      }),
      { numRuns: 250 },
    );
  });

  it('split as the whole string is split, by texts', () => {
    const separator = fc.constantFrom('', '\n', 'a', 'ab', '😀', '\ud83d', '\r\n', 'none');
    fc.assert(
      fc.property(anyText, separator, limits, fc.integer({ min: 0, max: 8 }), ({ text, expected }, separator, limits, count) => {
        for (const limit of [count, 2 ** 32 - 1]) {
          expect(unpack(splitTexts(text, separator, PLAIN, limit, limits))).toEqual(
            expected.split(separator, limit),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('give the lines, from any of them on', () => {
    fc.assert(
      fc.property(anyText, limits, fc.nat(), ({ text, expected }, limits, pick) => {
        const starts = [0, ...[...expected.matchAll(/\n/g)].map(({ index }) => index + 1)];
        const position = starts[pick % starts.length] ?? 0;
        const { lines, next } = lineBatch(text, position, limits);
        const theirs = expected.slice(position).split('\n');
        if (theirs.at(-1) === '') theirs.pop();
        expect(unpack(lines)).toEqual(theirs);
        expect(next).toBe(-1);
      }),
      { numRuns: 200 },
    );
  });
});
