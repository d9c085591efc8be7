import { describe, expect, test } from 'vitest';
import type { ModelFacts } from '../../worker/protocol.ts';
import { checkSchema } from './answer-schema.ts';
import { checkBaseUrl } from './check-base-url.ts';
import { depthInWords } from './depth-in-words.ts';
import { priceInWords, windowInWords } from './facts-in-words.ts';
import { modelsToOffer } from './models-to-offer.ts';
import { fieldsInWords, promptFields } from './prompt-fields.ts';
import { sizeInWords } from './prompt-size.ts';

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
  });
});

test('depth is told in words', () => {
  expect(depthInWords('0')).toBe('The root alone, with no sub-calls.');
  expect(depthInWords('2')).toBe(
    'The root, its children, and their children. At depth 2 a question becomes one plain reply.',
  );
  expect(depthInWords('')).toBe('Levels of calls below the root, 0 to 5.');
});

test('a price is told with cents, and where it comes from; unknown is never free', () => {
  const facts: ModelFacts = { price: { input: 1.25, output: 10 }, priceFrom: 'list', windowTokens: 400_000 };
  expect(priceInWords(facts)).toBe('$1.25 in, $10.00 out per million');
  expect(priceInWords({ ...facts, price: { input: 0.075, output: 0.3 }, priceFrom: 'person' })).toBe(
    '$0.075 in, $0.30 out per million, as you say',
  );
  expect(priceInWords({ ...facts, price: null, priceFrom: null })).toBe('price unknown');
  expect(priceInWords({ ...facts, price: { input: 0, output: 0 }, priceFrom: 'free' })).toBe('costs nothing');
  expect(windowInWords(facts)).toBe('window of 400k tokens');
  expect(windowInWords({ ...facts, windowTokens: null })).toBeNull();
});

test('models are offered once and in order; part of a name narrows them down', () => {
  const models = ['gpt-10', 'gpt-5', 'claude', 'gpt-5'];
  expect(modelsToOffer(models, '')).toEqual(['claude', 'gpt-5', 'gpt-10']);
  expect(modelsToOffer(models, 'GPT')).toEqual(['gpt-5', 'gpt-10']);
  expect(modelsToOffer(models, 'gpt-5')).toEqual(['claude', 'gpt-5', 'gpt-10']);
  expect(modelsToOffer(models, 'none of them')).toEqual(['claude', 'gpt-5', 'gpt-10']);
});

test('a schema is told in a line', () => {
  expect(checkSchema('  ')).toEqual({ problem: null, summary: null });
  expect(checkSchema('{"type":"object","properties":{"a":{},"b":{}}}').summary).toBe('Valid JSON: object with 2 properties.');
  expect(checkSchema('{"type":"array"}').summary).toBe('Valid JSON: an answer of type array.');
  expect(checkSchema('{}').summary).toBe('Valid JSON: an object.');
});

test('a changed template says which fields it lost and which nobody fills in', () => {
  const builtIn = 'You have {{documents}} and {{ depth }}. {{documents}}';
  expect(promptFields(builtIn)).toEqual(['documents', 'depth']);
  expect(fieldsInWords(builtIn, builtIn)).toBe('');
  expect(fieldsInWords(builtIn, 'Only {{depth}} and {{moon}}.')).toBe(
    'Left out: {{documents}}. The model is not told. Nothing fills in {{moon}}.',
  );
});

test('a prompt has its size in characters and tokens', () => {
  expect(sizeInWords('x'.repeat(4_001))).toBe('4,001 characters, about 1,001 tokens');
  expect(sizeInWords('x')).toBe('1 character, about 1 token');
});
