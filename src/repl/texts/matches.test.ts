import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { anyRegex } from './testing/any-regex.ts';
import { type FileOf, anyText, fileOf } from './testing/file-of.ts';
import { type MatchLimits, eachMatch, matchStrings } from './matches.ts';
import { SearchTooWide } from './search-too-wide.ts';
import { stringText } from './string-text.ts';

/** What a match is, for comparing. */
type Found = readonly [index: number, strings: readonly (string | undefined)[], groups: unknown];

const found = (match: RegExpExecArray, index: number): Found => [index, [...match], { ...match.groups }];

/** Repeated `exec` over the whole string. */
function native(text: string, { source, flags }: RegExp, from: number): Found[] {
  const expression = new RegExp(source, flags.includes('y') ? flags : `${flags.replace('g', '')}g`);
  const all: Found[] = [];
  expression.lastIndex = from;
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    all.push(found(match, match.index));
    if (match[0] !== '') continue;
    const pair = (expression.unicode || flags.includes('v')) && (text.codePointAt(expression.lastIndex) ?? 0) > 0xffff;
    expression.lastIndex += pair ? 2 : 1;
  }
  return all;
}

function ours(text: FileOf['text'], expression: RegExp, from: number, limits?: MatchLimits): Found[] {
  const all: Found[] = [];
  eachMatch(
    text,
    expression,
    from,
    (match, index) => {
      expect(match.index).toBe(index);
      all.push(found(match, index));
    },
    limits,
  );
  return all;
}

const limits = fc.integer({ min: 1, max: 24 }).map((window): MatchLimits => ({ window, widest: 4096 }));

describe('Matches in a text', () => {
  it('are those of exec over the whole string, in strings and in files', () => {
    fc.assert(
      fc.property(anyText, anyRegex, fc.integer({ min: 0, max: 70 }), limits, ({ text, expected }, expression, from, limits) => {
        const theirs = native(expected, expression, from);
        expression.lastIndex = 7;
        expect(ours(stringText(expected), expression, from)).toEqual(theirs);
        expect(ours(text, expression, from, limits)).toEqual(theirs);
        expect(expression.lastIndex).toBe(7);
      }),
      { numRuns: 400 },
    );
  });

  it('are, where a window cannot tell, refused and never wrong', () => {
    fc.assert(
      fc.property(anyText, anyRegex, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 8 }), ({ text, expected }, expression, from, window) => {
        const theirs = native(expected, expression, from);
        const all: Found[] = [];
        try {
          eachMatch(text, expression, from, (match, index) => void all.push(found(match, index)), { window, widest: window * 2 });
        } catch (error) {
          expect(error).toBeInstanceOf(SearchTooWide);
          expect(all).toEqual(theirs.slice(0, all.length));
          return;
        }
        expect(all).toEqual(theirs);
      }),
      { numRuns: 400 },
    );
  });

  it('are the strings of match with /g', () => {
    fc.assert(
      fc.property(anyText, anyRegex, limits, ({ text, expected }, expression, limits) => {
        const { source, flags } = expression;
        const theirs = expected.match(new RegExp(source, flags.includes('g') ? flags : `${flags}g`)) ?? [];
        expect(matchStrings(text, expression, limits)).toEqual([...theirs]);
        expect(matchStrings(stringText(expected), expression)).toEqual([...theirs]);
      }),
    );
  });

  it('are found in a range as in a text of its own', () => {
    const { text } = fileOf('xx ab ab xx');
    expect(ours(text.range(3, 8), /^ab|ab$/, 0, { window: 2, widest: 64 }).map(([index]) => index)).toEqual([0, 3]);
  });
});

/** Long texts in small windows: what every model writes. */
describe('Long matches in a text of many windows', () => {
  const line = 'key="some value",id=17 <b>bold\nand more</b> x\n';
  const { text, expected } = fileOf(line.repeat(200), { chunk: 16 });
  const small: MatchLimits = { window: 64, widest: 512 };

  it.each([
    /"[^"]*"/,
    /<b>[\s\S]*?<\/b>/,
    /<b>([^]*?)<\/b>(?=[^]{3}key)/,
    /^.*bold.*$/m,
    /(?<=key=.*)\d+/,
    /(["'])(?:(?!\1)[^])*\1/,
    /\bid=(?<number>\d+)(?=\s*<b>[^<]*<)/,
    /[^,]*,/,
    /key="(.*?)".*\r?\n/,
    /x\nkey|^key/,
    /(?!.*bold).+/,
    /(?=k[^<]*<b)key/,
    /value(?![^]*?nowhere)/,
  ])('%s', (expression) => {
    const theirs = native(expected, expression, 0);
    if (expression.source.includes('nowhere')) {
      expect(() => ours(text, expression, 0, small)).toThrow(SearchTooWide);
      return;
    }
    expect(theirs.length).toBeGreaterThan(0);
    expect(ours(text, expression, 0, small)).toEqual(theirs);
  });

  it('that no window holds are refused with what to do', () => {
    expect(() => ours(text, /k[^]*/, 0, small)).toThrow(/more than 512 characters.*\[\^\]\{0,1000\}/);
    expect(() => ours(text, /(?<=^[^]*)x/, 2000, small)).toThrow(SearchTooWide);
    expect(() => ours(text, /k[^]*/, 0, { window: 64, widest: 1e5 })).not.toThrow();
  });

  it('do not go on when told to stop, or when the pulse throws', () => {
    let visits = 0;
    eachMatch(text, /key/, 0, () => ++visits < 3, small);
    expect(visits).toBe(3);
    const pulsed = fileOf(line.repeat(200), {
      pulse: () => {
        throw new Error('stop');
      },
    });
    expect(() => ours(pulsed.text, /nothing/, 0, small)).toThrow('stop');
  });
});
