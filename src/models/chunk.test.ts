import { expect, test } from 'vitest';
import { readChunk } from './chunk.ts';

const delta = (fields: object, more: object = {}) => ({ choices: [{ index: 0, delta: fields, finish_reason: null, ...more }] });

test.each<[string, unknown, object]>([
  ['plain text', delta({ content: 'a' }), { text: 'a', reasoning: '' }],
  ['a refusal', delta({ content: null, refusal: 'No.' }), { text: 'No.', reasoning: '' }],
  ['reasoning as DeepSeek has it', delta({ content: null, reasoning_content: 'hm' }), { text: '', reasoning: 'hm' }],
  ['reasoning as OpenRouter has it', delta({ content: '', reasoning: 'hm' }), { text: '', reasoning: 'hm' }],
  [
    'parts as Mistral has them',
    delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'h' }, { type: 'text', text: 'm' }] }, { type: 'text', text: 'a' }] }),
    { text: 'a', reasoning: 'hm' },
  ],
  ['parts of no known kind', delta({ content: [{ type: 'image' }, null, 'x'] }), { text: '', reasoning: '' }],
  ['a chunk of usage alone', { choices: [], usage: { prompt_tokens: 1 } }, { usage: { prompt_tokens: 1 }, finishReason: null }],
  ['usage in the choice', delta({}, { usage: { prompt_tokens: 1 } }), { usage: { prompt_tokens: 1 } }],
  ['usage as Groq has it', { ...delta({}), x_groq: { usage: { prompt_tokens: 1 } } }, { usage: { prompt_tokens: 1 } }],
])('%s', (_name, chunk, read) => {
  expect(readChunk(chunk)).toMatchObject(read);
});

test.each([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['MAX_TOKENS', 'length'],
  ['model_length', 'length'],
  ['stop', 'stop'],
  ['content_filter', 'content_filter'],
])('the finish reason %s is %s', (said, read) => {
  expect(readChunk(delta({}, { finish_reason: said }))?.finishReason).toBe(read);
});

test('what is no object is no chunk', () => {
  for (const value of [null, 'x', 3, []]) expect(readChunk(value)?.text ?? null).toBeNull();
});
