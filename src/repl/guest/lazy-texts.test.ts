import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringText } from '../texts/string-text.ts';
import { anyText, fileOf, hardText } from '../texts/testing/file-of.ts';
import { makeInspect } from './inspect.ts';
import { makeLazyTexts } from './lazy-texts.ts';
import { capturePrimordials } from './primordials.ts';
import { makeTextCopies } from './text-copies.ts';
import { makeTextUnits } from './text-units.ts';
import type { HostText } from '../texts/host-text.ts';
import type { LazyLimits } from './text-copies.ts';
import type { TextOps, TextSubject } from './text-ops.ts';

/** A lazy text as guest code sees one: what it has of `String`, under the types of it. */
type Lazy = string & { lines(): IterableIterator<string> };

const LARGE: LazyLimits = { whole: 2 ** 20, piece: 2 ** 24 };
/** So small that every text of a test is too large for what copies it. */
const SMALL: LazyLimits = { whole: 3, piece: 5 };

/** Searches by the built-in methods; slices as a file gives them. */
function operations(text: HostText): TextOps & { readonly slices: [number, number][] } {
  const slices: [number, number][] = [];
  const part = ({ from, to }: TextSubject) => text.slice(from, to);
  const apply = (name: string, subject: TextSubject, args: readonly unknown[]): never =>
    Reflect.apply(
      Reflect.get(String.prototype, name) as (...args: readonly unknown[]) => never,
      part(subject),
      args,
    );
  return {
    slices,
    slice(subject, from, to) {
      slices.push([subject.from + from, subject.from + to]);
      return text.slice(subject.from + from, subject.from + to);
    },
    indexOf: (subject, ...args) => apply('indexOf', subject, args),
    lastIndexOf: (subject, ...args) => apply('lastIndexOf', subject, args),
    search: (subject, ...args) => apply('search', subject, args),
    match: (subject, ...args) => apply('match', subject, args),
    matchAll: (subject, ...args) => apply('matchAll', subject, args),
    split: (subject, ...args) => apply('split', subject, args),
    exec: (expression, subject) => expression.exec(part(subject)),
    lines: (subject) => part(subject).split('\n').values(),
  };
}

function lazy(text: HostText | string, limits: LazyLimits = LARGE, block = 4) {
  const host = typeof text === 'string' ? stringText(text) : text;
  const p = capturePrimordials();
  const inspect = makeInspect(p);
  const ops = operations(host);
  const texts = makeLazyTexts(p, inspect, ops, makeTextUnits(p, ops, block), makeTextCopies(p, ops, limits));
  const value = texts.make({ ref: 0, from: 0, to: host.length }) as Lazy;
  return { value, texts, inspect, slices: ops.slices };
}

/** What a call gives or throws; a lazy text as the string it stands for. */
function outcome(call: () => unknown): unknown {
  try {
    const value = call();
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? `${value as Lazy}` : value;
  } catch (error) {
    return error instanceof Error ? error.constructor : error;
  }
}

const place = fc.oneof(
  fc.integer({ min: -70, max: 70 }),
  fc.constantFrom(undefined, null, NaN, Infinity, -Infinity, 1.5, -0.5, '2', 'x', 2 ** 40),
);

describe('a lazy text reads as the string it stands for', () => {
  const unary = [
    'at', 'charAt', 'charCodeAt', 'codePointAt', 'repeat', 'toUpperCase', 'toLowerCase', 'trim', 'trimStart',
    'trimEnd', 'isWellFormed', 'toString', 'valueOf', 'normalize',
  ] as const;
  it.each(unary)('%s', (name) => {
    fc.assert(
      fc.property(anyText, place, ({ text, expected }, at) => {
        const { value } = lazy(text);
        const call = (self: string) => () => Reflect.apply(Reflect.get(Object(self), name) as () => unknown, self, [
          name === 'normalize' ? 'NFC' : name === 'repeat' ? Math.abs(Number(at)) % 3 || 0 : at,
        ]);
        expect(outcome(call(value))).toEqual(outcome(call(expected)));
      }),
      { numRuns: 60 },
    );
  });

  it.each(['slice', 'substring', 'substr'] as const)('%s', (name) => {
    fc.assert(
      fc.property(anyText, place, place, fc.boolean(), ({ text, expected }, from, to, small) => {
        const { value } = lazy(text, small ? { ...LARGE, piece: 3 } : LARGE);
        const call = (self: string) => () => Reflect.apply(self[name] as () => unknown, self, [from, to]);
        expect(outcome(call(value))).toEqual(outcome(call(expected)));
      }),
    );
  });

  it.each(['indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith'] as const)('%s', (name) => {
    fc.assert(
      fc.property(
        anyText,
        fc.oneof(hardText, fc.constantFrom('', 'a', undefined, null, 1, /a/)),
        place,
        fc.tuple(fc.nat(60), fc.nat(5)),
        ({ text, expected }, other, at, [from, length]) => {
          const { value } = lazy(text);
          for (const needle of [other, expected.slice(from, from + length)]) {
            const call = (self: string) => () => Reflect.apply(self[name] as () => unknown, self, [needle, at]);
            expect(outcome(call(value))).toEqual(outcome(call(expected)));
          }
        },
      ),
    );
  });

  it('by index, by iteration, and in a slice of a slice', () => {
    fc.assert(
      fc.property(anyText, fc.nat(70), fc.nat(70), fc.nat(70), ({ text, expected }, a, b, c) => {
        const { value } = lazy(text, { ...LARGE, piece: 3 });
        expect(value[a]).toBe(expected[a]);
        expect([...value]).toEqual([...expected]);
        const ours = value.slice(a, b).slice(1, c);
        expect(`${ours}`).toBe(expected.slice(a, b).slice(1, c));
        expect(ours.length).toBe(expected.slice(a, b).slice(1, c).length);
      }),
    );
  });

  it('where it is asked for whole and is short enough', () => {
    const { value } = lazy('naïve');
    expect(`${value}!`).toBe('naïve!');
    expect(value + 1).toBe('naïve1');
    expect(JSON.stringify({ value })).toBe('{"value":"naïve"}');
    expect(['a', value].join()).toBe('a,naïve');
    expect(value.replaceAll('n', 'm')).toBe('maïve');
    expect(value.concat('!', 'x')).toBe('naïve!x');
    expect(value.padStart(6, '-')).toBe('-naïve');
    expect(value == 'naïve').toBe(true);
  });
});

describe('a large lazy text', () => {
  const { value } = lazy(fileOf('one two three\nfour').text, SMALL);

  it.each<[string, (text: Lazy) => unknown, RegExp]>([
    ['a template literal', (text) => `${text}`, /text of 18 characters.*slice\(from, to\).*grep\(pattern\).*lines\(\)/],
    ['+', (text) => text + 'x', /never copied whole/],
    ['String()', (text) => String(text), /never copied whole/],
    ['join of an array', (text) => ['a', text].join('\n'), /never copied whole/],
    ['concat', (text) => text.concat('x'), /^concat: .*slice\(from, to\)/],
    ['repeat', (text) => text.repeat(2), /^repeat: .*slice\(from, to\)/],
    ['replace', (text) => text.replace('one', '1'), /^replace: .*replace in slices/],
    ['replaceAll', (text) => text.replaceAll('one', '1'), /^replaceAll: .*replace in slices/],
    ['toUpperCase', (text) => text.toUpperCase(), /^toUpperCase: .*flag i/],
    ['toLocaleLowerCase', (text) => text.toLocaleLowerCase(), /flag i/],
    ['padEnd', (text) => text.padEnd(99), /^padEnd: /],
    ['normalize', (text) => text.normalize(), /^normalize: /],
    ['split without a limit', (text) => text.split('\n'), /^split: .*lines\(\).*grep.*limit/],
  ])('refuses %s with what to write instead', (_name, call, sentence) => {
    expect(() => call(value)).toThrow(RangeError);
    expect(() => call(value)).toThrow(sentence);
  });

  it('splits with a limit', () => {
    expect(value.split(' ', 2)).toEqual(['one', 'two']);
    expect(lazy('a b', SMALL).value.split(' ')).toEqual(['a', 'b']);
  });

  it('is told in JSON, and shown by its ends', () => {
    expect(JSON.stringify({ value })).toBe('{"value":"«text of 18 characters»"}');
    const long = lazy('head of it'.padEnd(5000, '.') + 'tail of it', SMALL);
    const shown = long.inspect.display(long.value);
    expect(shown).toMatch(/^\[text of 5010 characters: "head of it\.+" … "\.+tail of it"\]$/);
    expect(shown.length).toBeLessThan(250);
    expect(long.inspect.inspect([long.value])).toContain('[text of 5010 characters');
  });

  it('gives longer slices as lazy texts over the same one', () => {
    const { value: text, texts, slices } = lazy('0123456789', SMALL);
    const long = text.slice(2, 9);
    expect(texts.subjectOf(long)).toEqual({ ref: 0, from: 2, to: 9 });
    expect(texts.subjectOf(long.slice(1))).toEqual({ ref: 0, from: 3, to: 9 });
    expect(slices).toEqual([]);
    expect(long.slice(1, 3)).toBe('34');
    expect(text.slice()).toBe(text);
  });

  it('is read in blocks by those who go through it unit by unit', () => {
    const { value: text, slices } = lazy('0123456789', SMALL, 4);
    let seen = '';
    for (let i = 0; i < text.length; i++) seen += text.charAt(i) + String.fromCharCode(text.charCodeAt(i));
    expect(seen).toBe('00112233445566778899');
    expect(slices).toEqual([[0, 4], [4, 8], [8, 10]]);
  });

  it('counts as a text of its length among variables', () => {
    const { value: text, inspect } = lazy('0123456789', SMALL);
    expect(inspect.kindOf(text)).toBe('text');
    expect(inspect.sizeOf(text)).toBe(10);
    expect(Object.prototype.toString.call(text)).toBe('[object String]');
    expect(Array.isArray(text)).toBe(false);
    expect(Object.keys(text)).toEqual([]);
  });
});

describe('a lazy text cannot be forged or changed', () => {
  it('takes nothing that is written to it', () => {
    const { value } = lazy('0123456789', SMALL);
    const object = value as unknown as Record<string, unknown>;
    for (const write of [
      () => (object['length'] = 1),
      () => (object['slice'] = () => 'forged'),
      () => (object['0'] = 'x'),
      () => (object['own'] = 1),
      () => Object.setPrototypeOf(object, {}),
      () => (object['__proto__'] = {}),
      () => Object.defineProperty(Object.getPrototypeOf(object) as object, 'slice', { value: 1 }),
      () => Object.setPrototypeOf(Object.getPrototypeOf(object) as object, {}),
      () => Object.defineProperty(Object.getPrototypeOf(Object.getPrototypeOf(object)) as object, 'x', { value: 1 }),
    ]) {
      expect(write).toThrow(TypeError);
    }
    expect(value.length).toBe(10);
    expect(value.slice(1, 3)).toBe('12');
    expect(value[0]).toBe('0');
    expect(object['own']).toBeUndefined();
  });

  it('lends its methods to no other object', () => {
    const { value, texts, inspect } = lazy('0123456789', SMALL);
    const prototype = Object.getPrototypeOf(value) as object;
    const forged = Object.create(prototype, { length: { value: 5 } }) as Lazy;
    expect(() => forged.slice(0, 2)).toThrow(TypeError);
    expect(() => `${forged}`).toThrow(TypeError);
    expect(() => forged.lines()).toThrow(TypeError);
    expect(forged[0]).toBeUndefined();
    expect(texts.is(forged)).toBe(false);
    expect(texts.is(prototype)).toBe(false);
    expect(texts.is(new Proxy(value as unknown as object, {}))).toBe(false);
    expect(texts.is(Object.create(value as unknown as object))).toBe(false);
    expect(inspect.isText(forged)).toBe(false);
  });

  it('asks no prototype that a cell has poisoned', () => {
    const { value, inspect } = lazy('0123456789', SMALL);
    const poison = ['get', 'has', 'set', 'getPrototypeOf', 'ref', 'from', 'to', 'toJSON'];
    const natives = ['charCodeAt', 'trimStart', 'toString'] as const;
    const objects = Object.prototype as unknown as Record<string, unknown>;
    const strings = String.prototype as unknown as Record<string, unknown>;
    const saved = natives.map((name) => strings[name]);
    const seen: unknown[] = [];
    try {
      // Assigned, as a definition would itself ask the poisoned prototype.
      for (const name of poison) objects[name] = () => 'poison';
      for (const name of natives) strings[name] = () => 'poison';
      seen.push(value.slice(1, 3), value[4], value.at(-1), value.charCodeAt(1), `${value.trimStart().length}`);
      seen.push('own' in (value as unknown as object), inspect.sizeOf(value), inspect.isText(value), inspect.display(value));
    } finally {
      for (const name of poison) delete objects[name];
      natives.forEach((name, index) => (strings[name] = saved[index]));
    }
    expect(seen).toEqual([
      '12', '4', '9', 49, '10', false, 10, true, '[text of 10 characters: "0123456789" … "0123456789"]',
    ]);
  });
});
