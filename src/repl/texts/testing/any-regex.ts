import fc from 'fast-check';

const LEAVES = ['a', 'b', 'A', 'k', 's', 'σ', '1', ' ', ',', '"', '\\n', '\\r', '漢', 'é', '\\ufeff', '\\0', '\\x61'];
const CLASSES = ['.', '\\d', '\\w', '\\W', '\\s', '\\S', '[ab]', '[^a]', '[^"]', '[^,\\n]', '[a-c1]', '[^]', '[\\s\\S]', '[]'];
const UNITS = ['\\ud83d', '\\ude00', '[😀a]', '\\1'];
const POINTS = ['😀', '\\u{1f601}', '[😀-😂]', '[^😀]', '𐐀', '\\p{L}', '\\P{L}', '\\p{Lu}'];

const leaf = (unicode: boolean): fc.Arbitrary<string> =>
  fc.constantFrom(...LEAVES, ...CLASSES, ...(unicode ? POINTS : UNITS));

const sets = fc.constantFrom('[\\p{L}--[a-c]]', '[\\w&&[^a]]', '[\\q{ab|a b|c}]', '\\p{RGI_Emoji}', '[^\\p{L}]');

const times = fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{0,3}', '{1,2}?', '{2,}', '{2,}?', '{0}');

/** A source of an expression that V8 takes, with flags: every kind of element, in every place. */
export const anyRegex: fc.Arbitrary<RegExp> = fc
  .constantFrom('', 'i', 'm', 's', 'u', 'v', 'im', 'gs', 'iu', 'iv', 'y', 'my', 'uy', 'gimsu', 'ms')
  .chain((flags) => {
    const unicode = /[uv]/.test(flags);
    const { sequence } = fc.letrec<{ sequence: string; element: string; alternatives: string }>((tie) => ({
      alternatives: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((all) => all.join('|')),
      sequence: fc.array(tie('element'), { maxLength: 4 }).map((all) => all.join('')),
      element: fc.oneof(
        { maxDepth: 3 },
        { arbitrary: leaf(unicode), weight: 8 },
        { arbitrary: flags.includes('v') ? sets : leaf(unicode), weight: 2 },
        { arbitrary: fc.tuple(leaf(unicode), times).map((all) => all.join('')), weight: 6 },
        { arbitrary: fc.constantFrom('^', '$', '\\b', '\\B'), weight: 2 },
        { arbitrary: fc.constantFrom('(?:\\1)', '(?:\\2)', '(?:\\k<n>)'), weight: 1 },
        {
          arbitrary: fc
            .tuple(fc.constantFrom('(', '(?:', '(?<n>', '(?=', '(?!', '(?<=', '(?<!'), tie('alternatives'))
            .map(([open, inside]) => `${open}${inside})`),
          weight: 4,
        },
        {
          arbitrary: fc
            .tuple(fc.constantFrom('(', '(?:'), tie('alternatives'), times)
            .map(([open, inside, times]) => `${open}${inside})${times}`),
          weight: 2,
        },
      ),
    }));
    return sequence.map((source) => compiled(source, flags));
  })
  .filter((expression) => expression !== null);

function compiled(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}
