import { describe, expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../state/settings-store.ts';
import { checkBaseUrl, checkDraft, depthInWords, draftOf, withProvider, type SettingsDraft } from './settings-draft.ts';

const draft = draftOf(DEFAULT_PREFERENCES);
const check = (change: Partial<SettingsDraft>) => checkDraft({ ...draft, ...change }, DEFAULT_PREFERENCES);
const problems = (change: Partial<SettingsDraft>) => {
  const checked = check(change);
  return checked.ok ? {} : checked.problems;
};

test('the defaults go through unchanged', () => {
  expect(check({})).toEqual({ ok: true, preferences: DEFAULT_PREFERENCES });
});

test('another provider brings what is usual there, and keeps what was typed', () => {
  const network = withProvider({ ...draft, rootModel: 'llama' }, 'openai-compatible');
  expect(network).toMatchObject({ baseUrl: 'https://api.openai.com/v1', rootModel: 'llama', subModel: 'gpt-5-mini' });
  const checked = checkDraft({ ...network, baseUrl: ' http://localhost:1234/v1/ ' }, DEFAULT_PREFERENCES);
  expect(checked).toMatchObject({ ok: true, preferences: { run: { baseUrl: 'http://localhost:1234/v1', rootModel: 'llama' } } });
});

test('offline needs no endpoint, and none is kept', () => {
  expect(check({ provider: 'offline', baseUrl: 'nonsense', rootModel: '' })).toMatchObject({
    ok: true,
    preferences: { run: { provider: 'offline', baseUrl: '', rootModel: 'offline-demo' } },
  });
});

test('limits have bounds, each with its sentence', () => {
  expect(problems({ maxTurns: '0', maxDepth: '6', parallelSubCalls: '1.5', maxSubCalls: '', budgetUsd: '-1' })).toEqual({
    maxTurns: 'Must be from 1 to 500.',
    maxDepth: 'Must be from 0 to 5.',
    parallelSubCalls: 'A whole number from 1 to 256.',
    maxSubCalls: 'A number from 0 to 100,000.',
    budgetUsd: 'Must be from 0 to 10,000.',
  });
  expect(check({ budgetUsd: '0.25' })).toMatchObject({ ok: true, preferences: { run: { budgetUsd: 0.25 } } });
});

describe('a base URL', () => {
  test('is https, or http on this machine', () => {
    expect(checkBaseUrl('https://api.example.com/v1')).toBeNull();
    expect(checkBaseUrl('http://127.0.0.1:8080/v1')).toBeNull();
    expect(checkBaseUrl('http://api.example.com/v1')).toContain('https://');
    expect(checkBaseUrl('http://localhost.example.com')).toContain('https://');
    expect(checkBaseUrl('javascript:alert(1)')).toContain('https://');
  });
  test('is an address without credentials', () => {
    expect(checkBaseUrl('api.openai.com')).toContain('Not an address');
    expect(checkBaseUrl('https://me:secret@api.example.com')).toContain('Leave name and password out');
    expect(problems({ provider: 'openai-compatible', baseUrl: '' })).toMatchObject({
      baseUrl: expect.stringContaining('Where is the model'),
      rootModel: expect.any(String),
      subModel: expect.any(String),
    });
  });
});

test('depth is told in words', () => {
  expect(depthInWords('0')).toBe('The root alone, with no sub-calls.');
  expect(depthInWords('2')).toBe(
    'The root, its children, and their children. At depth 2 a question becomes one plain reply.',
  );
  expect(depthInWords('')).toBe('Levels of calls below the root, 0 to 5.');
});
