import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, type Preferences } from '../../state/settings-store.ts';
import { METHODS } from '../../trajectory/methods.ts';
import { RunSettings } from '../../trajectory/settings.ts';
import { checkDraft } from './check-draft.ts';
import { BOUNDS, type NumberField } from './draft-numbers.ts';
import { draftOf, type SettingsDraft } from './settings-draft.ts';
import { SOME_PROVIDERS, someProvider } from './testing/some-providers.ts';

const draft = draftOf(DEFAULT_PREFERENCES, someProvider('offline'));
const check = (change: Partial<SettingsDraft>, before: Preferences = DEFAULT_PREFERENCES) => {
  const changed = { ...draft, ...change };
  return checkDraft(changed, before, someProvider(changed.provider));
};
const problems = (change: Partial<SettingsDraft>) => check(change).problems;

test('the defaults go through unchanged', () => {
  expect(check({})).toEqual({ preferences: DEFAULT_PREFERENCES, problems: {} });
});

test('a provider without an address keeps none, and its own models', () => {
  expect(check({ provider: 'offline', baseUrl: 'nonsense', rootModel: '' })).toMatchObject({
    preferences: { run: { provider: 'offline', baseUrl: '', rootModel: 'offline-demo' } },
    problems: {},
  });
});

test('an endpoint needs an address and a root model; sub-calls go to the root model unless said', () => {
  expect(problems({ provider: 'openai-compatible', baseUrl: '' })).toEqual({
    baseUrl: expect.stringContaining('Where is the model'),
    rootModel: expect.any(String),
  });
  expect(check({ provider: 'openai-compatible', baseUrl: ' http://localhost:1234/v1/ ', rootModel: ' llama ' })).toMatchObject({
    preferences: { run: { baseUrl: 'http://localhost:1234/v1', rootModel: 'llama', subModel: 'llama' } },
    problems: {},
  });
  expect(problems({ provider: 'of-another-version', baseUrl: '', rootModel: 'm' })).toHaveProperty('baseUrl');
});

test('limits have bounds, each with its sentence, and stay as they were where they are broken', () => {
  const before = { ...DEFAULT_PREFERENCES, run: { ...DEFAULT_PREFERENCES.run, maxTurns: 7 } };
  const broken = { maxTurns: '0', maxDepth: '6', parallelSubCalls: '1.5', maxSubCalls: '', budgetUsd: '-1' };
  expect(check(broken, before)).toMatchObject({
    preferences: { run: { maxTurns: 7, maxDepth: 1 } },
    problems: {
      maxTurns: 'Must be from 1 to 500.',
      maxDepth: 'Must be from 0 to 5.',
      parallelSubCalls: 'A whole number from 1 to 256.',
      maxSubCalls: 'A number from 0 to 100,000.',
      budgetUsd: 'Must be from 0 to 10,000.',
    },
  });
  expect(problems({ askAbove: '-1', maxMinutes: '0', cellCpuSeconds: 'x', replMemoryMb: '1', windowTokens: '10' })).toEqual({
    askAbove: 'Must be from 0 to 100,000.',
    maxMinutes: 'Must be from 0.01 to 1,440.',
    cellCpuSeconds: 'A number from 1 to 600.',
    replMemoryMb: 'Must be from 64 to 4,096.',
    windowTokens: 'Must be from 1,000 to 100,000,000.',
  });
});

test('a price is said whole or not at all; cached input may stay out', () => {
  expect(check({ rootInput: '0.5', rootOutput: '2' }).preferences.run.prices).toEqual({ root: { input: 0.5, output: 2 } });
  expect(check({ subInput: '1', subCached: '0', subOutput: '2' }).preferences.run.prices).toEqual({
    sub: { input: 1, cachedInput: 0, output: 2 },
  });
  expect(check({ rootOutput: '2' }).preferences.run.prices).toBeUndefined();
  expect(problems({ rootOutput: '2' })).toEqual({ rootInput: 'A number from 0 to 10,000.' });
  expect(problems({ subCached: '-1', subInput: '1', subOutput: '1' })).toHaveProperty('subCached');
});

test('what is chosen can be unchosen', () => {
  const chosen = check({
    profile: 'small-window',
    rootBy: 'person',
    overflow: 'truncate',
    reuse: 'run',
    askAbove: '0',
    windowTokens: '32000',
    rootInput: '1',
    rootOutput: '1',
    answerSchema: '{}',
    systemPrompts: { default: 'Mine.', other: ' ' },
  }).preferences;
  expect(chosen.run).toMatchObject({ profile: 'small-window', askAbove: 0, systemPrompts: { default: 'Mine.' } });
  expect(check({}, chosen).preferences).toEqual(DEFAULT_PREFERENCES);
});

describe('a schema of the answer', () => {
  test.each([
    ['{"type":', /not JSON/],
    ['[1]', /is an object/],
    ['"text"', /is an object/],
    ['null', /is an object/],
  ])('%s is refused', (answerSchema, sentence) => {
    const before = check({ answerSchema: '{}' }).preferences;
    expect(check({ answerSchema }, before)).toMatchObject({
      preferences: { run: { answerSchema: '{}' } },
      problems: { answerSchema: expect.stringMatching(sentence) },
    });
  });
  test('is kept as text', () => {
    expect(check({ answerSchema: ' {"type":"object"} ' }).preferences.run.answerSchema).toBe('{"type":"object"}');
  });
});

/** A number within its bounds, as people may have it. */
const within = (field: NumberField) => {
  const { min, max, whole } = BOUNDS[field];
  return whole ? fc.integer({ min, max }) : fc.integer({ min: Math.ceil(min * 1000), max: max * 1000 }).map((n) => n / 1000);
};
const price = fc.record(
  { input: within('rootInput'), cachedInput: within('rootCached'), output: within('rootOutput') },
  { requiredKeys: ['input', 'output'] },
);
const notBlank = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
const run = fc
  .record(
    {
      provider: fc.constantFrom(...SOME_PROVIDERS.map(({ id }) => id)),
      baseUrl: fc.constantFrom('https://api.acme.example/v1', 'http://127.0.0.1:8080'),
      rootModel: fc.constantFrom('big', 'my-own'),
      subModel: fc.constantFrom('small', 'my-own'),
      maxTurns: within('maxTurns'),
      maxDepth: within('maxDepth'),
      parallelSubCalls: within('parallelSubCalls'),
      maxSubCalls: within('maxSubCalls'),
      budgetUsd: within('budgetUsd'),
      maxSeconds: fc.integer({ min: 1, max: 86_400 }),
      cellCpuSeconds: within('cellCpuSeconds'),
      replMemoryMb: within('replMemoryMb'),
      profile: fc.constantFrom('default', 'small-window'),
      systemPrompts: fc.dictionary(fc.constantFrom('default', 'small-window'), notBlank, { minKeys: 1 }),
      rootBy: fc.constant('person' as const),
      windowTokens: within('windowTokens'),
      overflow: fc.constant('truncate' as const),
      prices: fc.record({ root: price, sub: price }, { requiredKeys: ['root'] }),
      reuse: fc.constantFrom('in-flight' as const, 'run' as const),
      askAbove: within('askAbove').filter((count) => count !== 1000),
      answerSchema: fc.constantFrom('{}', '{"type":"object","properties":{"n":{"type":"number"}}}'),
    },
    {
      requiredKeys: [
        ...(['provider', 'baseUrl', 'rootModel', 'subModel', 'maxTurns', 'maxDepth', 'parallelSubCalls'] as const),
        ...(['maxSubCalls', 'budgetUsd', 'maxSeconds', 'cellCpuSeconds', 'replMemoryMb'] as const),
      ],
    },
  )
  .map((settings): RunSettings => {
    const provider = someProvider(settings.provider);
    if (provider?.baseUrl !== null) return settings;
    return { ...settings, baseUrl: '', rootModel: provider.rootModel, subModel: provider.subModel };
  });
const preferences: fc.Arbitrary<Preferences> = fc.record({
  method: fc.constantFrom(...METHODS.map(({ id }) => id)),
  theme: fc.constantFrom('system' as const, 'light' as const, 'dark' as const),
  keepDocuments: fc.boolean(),
  run,
});

test('settings shown in the dialog come back as they were, and so does their draft', () => {
  fc.assert(
    fc.property(preferences, (kept) => {
      const provider = someProvider(kept.run.provider);
      const shown = draftOf(kept, provider);
      const checked = checkDraft(shown, { ...DEFAULT_PREFERENCES, keepDocuments: kept.keepDocuments }, provider);
      expect(checked).toEqual({ preferences: kept, problems: {} });
      expect(draftOf(checked.preferences, provider)).toEqual(shown);
    }),
  );
});

test('whatever is typed, what is kept are sound settings', () => {
  fc.assert(
    fc.property(
      fc.record({
        maxTurns: fc.string(),
        budgetUsd: fc.string(),
        maxMinutes: fc.string(),
        rootInput: fc.string(),
        windowTokens: fc.string(),
        answerSchema: fc.json(),
        rootModel: fc.string(),
        baseUrl: fc.webUrl(),
      }),
      (typed) => {
        const { preferences: kept } = check({ ...typed, provider: 'openai-compatible' });
        expect(RunSettings.safeParse(kept.run).success).toBe(true);
      },
    ),
  );
});
