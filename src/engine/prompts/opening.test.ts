import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import { openingOf } from './opening.ts';

const open = (settings: Partial<RunSettings> = {}, depth = 0) => {
  const whole = { ...DEFAULT_SETTINGS, ...settings };
  const shape = { documents: [], single: false };
  return openingOf({ settings: whole, question: 'Who?', depth, model: whole.rootModel, shape, earlier: null, listedTokens: null });
};

it('says which profile was taken where that is not plain', () => {
  expect(open().note).toBeNull();
  expect(open({ maxDepth: 2 }).note).toBeNull();
  expect(open({ profile: 'default' }).note).toBeNull();
  expect(open({ profile: 'batching' }).note).toBe('Prompt profile: Cautious batching (chosen in Settings).');
  expect(open({ rootModel: 'phi-4' }).note).toBe('Prompt profile: Small window (for «phi-4»).');
});

it('tells the root its schema, after the context, and no child', () => {
  const answerSchema = ' {"type":"array"}\n';
  expect(open({ answerSchema }).body).toMatch(/\n\nContext:\n[\s\S]*\n\nThe answer must satisfy this JSON Schema: .*\n\{"type":"array"\}$/);
  expect(open({ answerSchema, maxDepth: 2 }, 1).body).not.toContain('Schema');
  expect(open({ answerSchema: '  ' }).body).not.toContain('Schema');
});

it('names what is left of the runs before in both messages', () => {
  const { settings, question } = { settings: DEFAULT_SETTINGS, question: 'And?' };
  const earlier = { exchanges: [{ question: 'Who?', answer: 'Ada.' }], variables: ['found'] };
  const shape = { documents: [], single: false };
  const { system, body } = openingOf({ settings, question, depth: 0, model: 'm', shape, earlier, listedTokens: null });
  expect(system.text).toContain('`history`');
  expect(body).toMatch(/0\. Asked: Who\?\n {3}Answered: Ada\.\nYour variables of before live on: found\.$/);
});
