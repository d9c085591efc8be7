import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswer, compileSchema } from './answer-schema.ts';

const PEOPLE = JSON.stringify({
  type: 'object',
  required: ['people'],
  additionalProperties: false,
  properties: {
    people: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'born'],
        properties: { name: { type: 'string', pattern: '^[A-Z]' }, born: { type: ['integer', 'null'] }, 'a/b c': { enum: ['x', 'y'] } },
      },
    },
  },
});

const errorsOf = (schema: unknown, value: unknown): readonly string[] => {
  const compiled = compileSchema(typeof schema === 'string' ? schema : JSON.stringify(schema));
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.check(value);
};
const refusal = (schema: unknown): string => {
  const compiled = compileSchema(typeof schema === 'string' ? schema : JSON.stringify(schema));
  return compiled.ok ? 'none' : compiled.message;
};

describe('a schema of the answer', () => {
  it('lets pass what satisfies it', () => {
    expect(errorsOf(PEOPLE, { people: [{ name: 'Ada', born: 1815 }, { name: 'B', born: null, 'a/b c': 'x' }] })).toEqual([]);
    expect(errorsOf(true, 1)).toEqual([]);
  });

  it('tells each fault by its place, in words', () => {
    const value = { people: [{ name: 'Ada', born: 'x' }, { name: 'ada', 'a/b c': 'z' }], more: 1 };
    expect(errorsOf(PEOPLE, value)).toEqual([
      '$.people[0].born: is of type string, and must be integer or null',
      '$.people[1]: has no property "born", which is required',
      '$.people[1].name: does not match the pattern',
      '$.people[1]["a/b c"]: must be one of ["x","y"]',
      '$.more: is not allowed here',
    ]);
    expect(errorsOf({ type: 'array' }, 'text')).toEqual(['$: is of type string, and must be array']);
    expect(errorsOf({ anyOf: [{ type: 'string' }, { minimum: 5 }] }, 3)).toEqual([
      '$: matches none of the alternatives (anyOf)',
      '$: is of type number, and must be string',
      '$: 3 is less than 5',
    ]);
  });

  it.each([
    ['http://json-schema.org/draft-04/schema#', { minimum: 3, exclusiveMinimum: true }, 3],
    ['http://json-schema.org/draft-06/schema#', { exclusiveMinimum: 3 }, 3],
    ['http://json-schema.org/draft-07/schema#', { if: { const: 3 }, then: false }, 3],
    ['https://json-schema.org/draft/2019-09/schema', { items: [{ type: 'string' }] }, [3]],
    ['https://json-schema.org/draft/2020-12/schema', { prefixItems: [{ type: 'string' }] }, [3]],
  ])('is of a draft it names: %s', (draft, schema, value) => {
    expect(errorsOf({ $schema: draft, ...schema }, value)).not.toEqual([]);
    expect(errorsOf(schema, 'x')).toEqual([]);
  });

  it('may refer to its own parts, and to itself where the value goes deeper', () => {
    const tree = { $ref: '#/$defs/node', $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } } };
    expect(errorsOf(tree, { next: { next: {} } })).toEqual([]);
    expect(errorsOf(tree, { next: { next: 1 } })).toEqual(['$.next.next: is of type number, and must be object']);
  });

  it.each([
    ['{"type": ', 'it is not JSON'],
    ['[1]', 'must be an object'],
    ['"object"', 'must be an object'],
    [{ $schema: 'https://example.com/mine' }, '$schema is none of the drafts'],
    [{ $ref: '#/$defs/none' }, 'its $ref "#/$defs/none" leads nowhere'],
    [{ properties: { a: { $ref: 'https://example.com/other.json' } } }, 'leads nowhere'],
    [{ properties: { a: { type: 'text' } } }, '"text" is no type'],
    [{ pattern: '(' }, 'its pattern "(" is no regular expression'],
    [{ patternProperties: { '[': {} } }, 'its pattern "[" is no regular expression'],
    [{ required: 'name' }, '"required" must be an array'],
    [{ enum: 'name' }, '"enum" must be an array'],
    [{ anyOf: { type: 'string' } }, '"anyOf" must be an array'],
    [{ properties: [] }, '"properties" must be an object'],
    [{ $dynamicRef: '#node' }, 'write $ref'],
    [{ $ref: '#' }, 'refer to each other without an end'],
    [{ allOf: [{ anyOf: [{ $ref: '#' }] }] }, 'refer to each other without an end'],
  ])('that cannot be used says why: %j', (schema, why) => {
    expect(refusal(schema)).toContain("The answer's JSON Schema cannot be used: ");
    expect(refusal(schema)).toContain(why);
  });
});

describe('a hostile schema', () => {
  it('is bounded in size and depth', () => {
    expect(refusal(JSON.stringify({ title: 'x'.repeat(1_000_000) }))).toContain('more than 100,000 characters');
    expect(refusal(`${'{"not":'.repeat(5000)}{}${'}'.repeat(5000)}`)).toContain('nested deeper');
    expect(refusal(`{"default": ${'['.repeat(40_000)}${']'.repeat(40_000)}}`)).toContain('nested deeper');
  });

  it('cannot double its work with every part', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`d${i}`, i === 39 ? {} : { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] }]),
    );
    expect(refusal({ $ref: '#/$defs/d0', $defs })).toContain('too many times');
  });

  it.each(['(a+)+$', '^(a|aa)+$', '(a|a)*b', '^(\\w|\\d)+$', '(x+x+)+y', '(.*a){20}', '((a*)*)*', '(a?){50}a{50}', '^(\\d+,?)+$', '(?:(?=a)a+)+', '(a+)\\1+', '^(([a-z])+.)+$'])(
    'may not have the pattern %s',
    (pattern) => {
      expect(refusal({ pattern })).toContain('write it without one inside the other');
    },
  );

  it.each(['^\\d{4}-\\d{2}-\\d{2}$', '^[A-Z][a-z]+$', '^\\d+(,\\d+)*$', '^(foo|bar)+$', '^([a-z]+;)*$', '^\\S+@\\S+$', '^(?:[01]\\d|2[0-3]):[0-5]\\d$', '^(0x)?[\\da-f]+$', '中+'])(
    'may have the pattern %s',
    (pattern) => {
      expect(refusal({ pattern })).toBe('none');
    },
  );

  it('may not have a pattern that is long, or repeats dozens of alternatives', () => {
    expect(refusal({ pattern: 'a'.repeat(501) })).toContain('more than 500 characters');
    const codes = Array.from({ length: 40 }, (_, i) => `${String.fromCodePoint(0x4e00 + i)}`);
    expect(refusal({ pattern: `^(${codes.join('|')})+$` })).toContain('without one inside');
    expect(refusal({ pattern: `^(${codes.slice(0, 30).join('|')})+$` })).toBe('none');
    expect(refusal({ pattern: '^([α-ω]|[А-Я])+$' })).toBe('none');
  });

  it('has an answer that is large checked but for patterns and items that must differ', () => {
    const schema = { type: 'array', uniqueItems: true, items: { type: 'object', properties: { a: { type: 'string', pattern: '^x' }, pattern: { type: 'string' } } } };
    const rows = Array.from({ length: 100_000 }, () => ({ a: 'a', pattern: 'p' }));
    expect(errorsOf(schema, rows)).toEqual([]);
    const wrong = rows.map((row, i) => ({ ...row, pattern: i }));
    expect(errorsOf(schema, wrong)[0]).toBe('$[0].pattern: is of type number, and must be string');
    expect(errorsOf(schema, [{ a: 'a' }, { a: 'a' }])).toHaveLength(3);
  });

  it('has an answer that is deep refused in words', () => {
    const value: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(errorsOf({ type: 'array', items: { $ref: '#' } }, value)).toEqual(['$: is nested too deep to be checked']);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom('type', 'items', 'properties', 'enum', 'allOf', '$ref', '$id', 'required', 'dependentRequired', 'minimum', 'format', 'not', 'contains'), (part, value, key) => {
        const schema = compileSchema(JSON.stringify({ [key]: part }));
        if (schema.ok) schema.check(value);
        else expect(schema.message).toMatch(/^The answer's JSON Schema cannot be used: .*\.$/s);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an answer', () => {
  const numbers = '{"type": "array", "items": {"type": "integer"}}';

  it('passes where there is no schema, or one that cannot be used', () => {
    for (const schema of [undefined, '', '  ', '{"type": "strange"}']) expect(checkAnswer(schema, 'x', 'text')).toBeNull();
  });

  it.each([
    ['[1, 2]', 'json'],
    ['[1, 2]', 'text'],
    ['```json\n[1, 2]\n```', 'text'],
    ['\n```\n[1]\n```\n', 'text'],
  ] as const)('%j as %s is judged as what it says', (text, format) => {
    expect(checkAnswer(numbers, text, format)).toBeNull();
  });

  it('that is a text is judged as one', () => {
    for (const text of ['plain words', '42', 'true', '{"a": 1}', 'null']) expect(checkAnswer('{"type": "string"}', text, 'text')).toBeNull();
    expect(checkAnswer('{"enum": ["7", "8"]}', '7', 'text')).toBeNull();
    expect(checkAnswer('{"enum": ["7", "8"]}', '9', 'text')).toContain('$: ');
    expect(checkAnswer(numbers, 'plain words', 'text')).toContain('$: is of type string, and must be array');
  });

  it('that fails is told with a few errors, the schema, and what to do', () => {
    const told = checkAnswer(numbers, JSON.stringify(Array.from({ length: 20 }, () => 'x')), 'json') ?? '';
    expect(told.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(9);
    expect(told).toContain('- $[0]: is of type string, and must be integer\n');
    expect(told).toContain('- and 12 more\n');
    expect(told).toContain('Call FINAL with a value that satisfies the schema');
    expect(told).toContain(`The schema: ${numbers}`);
  });
});
