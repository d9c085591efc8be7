import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readAskArguments } from './ask-arguments.ts';

const FILE = fileURLToPath(import.meta.url);
const ASK = ['--question', ' Why? ', FILE];

test('a question and a file go to the offline demo', () => {
  expect(readAskArguments(ASK, '')).toEqual({
    question: 'Why?',
    files: [FILE],
    out: null,
    settings: { provider: 'Offline demo', askAbove: 0 },
  });
});

test('an endpoint takes its models and limits, and a key only where there is one', () => {
  const args = ['--base-url', 'http://127.0.0.1:1/v1', '--model', 'big', '--max-turns=4', '--budget', '0', ...ASK];
  expect(readAskArguments(args, '').settings).toEqual({
    provider: 'OpenAI-compatible',
    baseUrl: 'http://127.0.0.1:1/v1',
    rootModel: 'big',
    subModel: 'big',
    maxTurns: 4,
    budgetUsd: 0,
    askAbove: 0,
  });
  expect(readAskArguments([...args, '--sub-model', 'small'], 'sk-1').settings).toMatchObject({
    subModel: 'small',
    key: 'sk-1',
  });
});

test('a method, its way past the window and a profile are passed on', () => {
  const args = ['--method', 'base', '--overflow', 'truncate', '--profile', 'small-window', '--parallel', '3', ...ASK];
  expect(readAskArguments(args, '').settings).toEqual({
    provider: 'Offline demo',
    method: 'base',
    overflow: 'truncate',
    profile: 'small-window',
    parallelSubCalls: 3,
    askAbove: 0,
  });
});

test('a key and a model without an address mean OpenAI', () => {
  const { settings } = readAskArguments(['--model', 'gpt', ...ASK], 'sk-1');
  expect(settings).toMatchObject({ baseUrl: 'https://api.openai.com/v1', rootModel: 'gpt', key: 'sk-1' });
});

test.each([
  [[], '--question is missing'],
  [['--question', '  ', FILE], '--question is missing'],
  [['--question', 'Why?'], 'at least one FILE'],
  [['--question', 'Why?', 'no-such-file.txt'], 'no file no-such-file.txt'],
  [['--question', 'Why?', '/'], 'not a file'],
  [['--max-turns', 'many', ...ASK], '--max-turns takes a whole number of at least 1, not many'],
  [['--max-turns', '0', ...ASK], '--max-turns'],
  [['--parallel', '2.5', ...ASK], '--parallel'],
  [['--budget', '-1', ...ASK], '--budget'],
  [['--base-url', 'nowhere', '--model', 'm', ...ASK], '--base-url nowhere'],
  [['--base-url', 'http://127.0.0.1:1/v1', ...ASK], '--model is missing'],
  [['--model', 'm', ...ASK], 'needs a key'],
  [['--overflow', 'explode', '--method', 'base', ...ASK], '--overflow takes refuse or truncate, not explode'],
  [['--overflow', 'refuse', ...ASK], '--overflow goes with --method base'],
  [['--overflow', 'refuse', '--method', 'rlm', ...ASK], '--overflow goes with --method base'],
  [['--colour', 'red', ...ASK], '--colour'],
])('%j is refused', (args, sentence) => {
  expect(() => readAskArguments(args, '')).toThrow(sentence);
});
