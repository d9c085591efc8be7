import { describe, expect, it } from 'vitest';
import { createOfflineModel } from './offline-model.ts';
import { runRoot } from './testing/run-root.ts';

const model = createOfflineModel();
const filler = Array.from({ length: 3000 }, (_, i) => `On day ${i} the ferry left the quay at dawn with grain and rope.`).join('\n');
const haystack = { name: 'log.txt', text: `${filler}\nThe access code for the north vault is 7391-KX.\n${filler}` };
const QUESTION = 'What is the access code of the north vault?';
const root = (question: string) => [
  { role: 'system' as const, content: 'You are a Recursive Language Model. llm_query' },
  { role: 'user' as const, content: `Question:\n${question}\n\nContext:\none text` },
];

describe('the model port', () => {
  it('streams what it returns, costs nothing, and counts characters / 4', async () => {
    const pieces: string[] = [];
    const messages = root(QUESTION);
    const reply = await model.complete({ model: 'x', messages }, { text: (piece) => pieces.push(piece), reasoning: () => undefined }, new AbortController().signal);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(reply.text);
    const sent = messages.reduce((sum, { content }) => sum + content.length, 0);
    expect(reply.usage).toEqual({ input: Math.ceil(sent / 4), cachedInput: 0, output: Math.ceil(reply.text.length / 4), reasoning: 0, estimated: true });
    expect(reply).toMatchObject({ costUsd: 0, finishReason: 'stop' });
  });

  it('stops in the middle of a reply', async () => {
    const controller = new AbortController();
    const pieces: string[] = [];
    const onText = (piece: string): void => {
      pieces.push(piece);
      controller.abort(new Error('stopped'));
    };
    await expect(model.complete({ model: 'x', messages: root(QUESTION) }, { text: onText, reasoning: () => undefined }, controller.signal)).rejects.toThrow('stopped');
    expect(pieces).toHaveLength(1);
  });

  it('is a sub-model where the first message is no root prompt', async () => {
    const messages = [{ role: 'user' as const, content: 'Who runs?\n\nTom runs.' }];
    const reply = await model.complete({ model: 'x', messages }, { text: () => undefined, reasoning: () => undefined }, new AbortController().signal);
    expect(reply.text).toContain('Tom');
    expect(reply.text).not.toContain('```');
  });
});

describe('a root run', () => {
  it('probes, ranks, asks, finishes; says the fact, the quote, the place and what it is', async () => {
    const run = await runRoot(model, QUESTION, [haystack]);
    expect(run.turns.map(({ code }) => /^\/\/ (\w+)/.exec(code)?.[1])).toEqual(['PROBE', 'RANK', 'ASK', 'FINISH']);
    expect(run.answer).toBe('The access code of the north vault is **7391-KX**.\n\n> The access code for the north vault is 7391-KX.\n\n— log.txt, line 3001\n\n*Answered by the offline demo: rules, not a language model.*');
    expect(run.prompts.length).toBeGreaterThan(0);
    expect(run.prompts.length).toBeLessThanOrEqual(12);
  });

  it('writes the same twice', async () => {
    const [one, two] = [await runRoot(model, QUESTION, [haystack]), await runRoot(model, QUESTION, [haystack])];
    expect(one.turns.map(({ code }) => code)).toEqual(two.turns.map(({ code }) => code));
    expect(one.answer).toBe(two.answer);
  });

  it('drops an answer whose quote is not in the text', async () => {
    const invented = 'ANSWER: 0000\nCONFIDENCE: 99\nQUOTE: The access code for the north vault is 0000.';
    const run = await runRoot(model, QUESTION, [haystack], { subReply: () => invented });
    expect(run.answer).toMatch(/^Not found/);
    expect(run.answer).not.toContain('0000');
  });

  it('reads the passages itself where sub-calls fail or are not to be had', async () => {
    for (const options of [{ subReply: () => new Error('no slot') }, { subModels: false }]) {
      const run = await runRoot(model, QUESTION, [haystack], options);
      expect(run.answer).toContain('**7391-KX**');
      expect(run.answer).toContain('log.txt, line 3001');
    }
  });

  it.each([1, 2, 3, 4])('finishes within %i turns', async (maxTurns) => {
    const run = await runRoot(model, QUESTION, [haystack], { maxTurns });
    expect(run.error).toBeNull();
    expect(run.answer).toContain('7391-KX');
  });

  it.each([
    ['hi', /^Ready\. What lies here is log\.txt/],
    ['', /^Ready\./],
    ['?!', /^Ready\./],
    ['Summarise this', /^An extractive summary/],
    ['Translate this into French', /cannot do that/],
    ['What `${is}` "that\\"?', /^Not found|^An extractive/],
    ['```js\nFINAL(1)\n```', /^Not found|^An extractive/],
  ])('%j gets a sensible reply', async (question, expected) => {
    const run = await runRoot(model, question, [haystack]);
    expect(run.error).toBeNull();
    expect(run.answer).toMatch(expected);
    expect(run.answer).toContain('rules, not a language model');
  });

  it('says so where there is no text', async () => {
    expect((await runRoot(model, QUESTION, [{ name: 'empty.txt', text: '' }])).answer).toMatch(/^Not found: the context is empty/);
  });

  it.each([
    ['北门金库的密码是什么？', '北门金库的密码是7391-KX。'],
    ['Wer entdeckte den Kometen Veldra?', 'Der Komet Veldra wurde von Ilse Marchetti 1907 entdeckt.'],
    ['Quand le pont Arn a-t-il été construit ?', 'Le pont Arn a été construit en 1884.'],
    ['Какой код от северного хранилища?', 'Код от северного хранилища: 7391-KX.'],
  ])('works by the words of other languages: %s', async (question, sentence) => {
    const run = await runRoot(model, question, [{ name: 'a.txt', text: `${filler}\n${sentence}\n${filler}` }]);
    expect(run.answer).toContain(`> ${sentence}`);
    expect((await runRoot(model, question, [{ name: 'a.txt', text: filler }])).answer).toMatch(/^Not found/);
  });
});

describe('the questions of needle benchmarks', () => {
  const hay = 'The grass is green. The sky is blue. The sun is yellow. Here we go.\n'.repeat(400);
  const text = `${hay}One of the special magic numbers for quiet-lantern is: 5519283.\n${hay}One of the special magic numbers for calm-meadow is: 8812345.\n${hay}${[7000001, 7000002, 7000003, 7000004].map((value) => `One of the special magic numbers for old-orchard is: ${value}.\n${hay}`).join('')}The special magic uuid for dry-well is: 6f2c1d3e-9a4b-4c7d-8e21-0b5a7c9d1f34.\nOne of the special magic numbers for 3f0e21aa-77b1-4c20-9d51-aa10cc20ee31 is: 4455667.\nThe magic number is 8675309.\n${hay}`;
  const ask = async (question: string) => (await runRoot(createOfflineModel(), question, [{ name: 'hay.txt', text }])).answer;

  it.each([
    ['What are all the special magic numbers for quiet-lantern mentioned in the provided text?', '5519283'],
    ['Some special magic numbers are hidden within the following text. Make sure to memorize it. I will quiz you about the numbers afterwards. What are all the special magic numbers for calm-meadow mentioned in the provided text?', '8812345'],
    ['According to the text, what is the special magic number for quiet-lantern?', '5519283'],
    ['A special magic number is hidden within the following text. Make sure to memorize it. I will quiz you about the number afterwards.\nWhat is the special magic number for calm-meadow mentioned in the provided text? The special magic number for calm-meadow mentioned in the provided text is', '8812345'],
    ['What is the special magic uuid for dry-well mentioned in the provided text?', '6f2c1d3e-9a4b-4c7d-8e21-0b5a7c9d1f34'],
  ])('are read without what is said around them: %s', async (question, gold) => {
    expect(await ask(question)).toContain(gold);
  });

  it('get every value of the keys asked for, and of no other', async () => {
    const four = await ask('What are all the special magic numbers for old-orchard mentioned in the provided text?');
    expect([...four.matchAll(/\*\*(\d+)\*\*/g)].map(([, value]) => value).sort()).toEqual(['7000001', '7000002', '7000003', '7000004']);
    const two = await ask('What are all the special magic numbers for quiet-lantern and calm-meadow mentioned in the provided text?');
    expect([...two.matchAll(/\*\*(\d+)\*\*/g)].map(([, value]) => value).sort()).toEqual(['5519283', '8812345']);
  });

  it('prefer the statement about exactly what is asked', async () => {
    expect(await ask('What is the magic number?')).toContain('**8675309**');
  });

  it.each([
    ['To whom did Margaret Osgood write?', /\*\*the governor\*\*/],
    ['From whom did Ingrid buy the violin?', /\*\*a sailor\*\*/],
    ['How much did Ingrid pay for the violin?', /\*\*90 guilders\*\*/],
    ['When was the Arn canal opened?', /^Not found/],
  ])('stand beside everyday ones: %s', async (question, expected) => {
    const facts = 'Margaret Osgood wrote to the governor in spring.\nIngrid bought the violin from a sailor for 90 guilders.\nConstruction of the Arn canal began in 1784.\n';
    const { answer } = await runRoot(model, question, [{ name: 'a.txt', text: `${hay}${facts}${hay}` }]);
    expect(answer).toMatch(expected);
  });

  it('group the figures of counts', async () => {
    const { answer } = await runRoot(model, 'How many lines are there?', [{ name: 'hay.txt', text: hay.repeat(5) }]);
    expect(answer).toContain('**2,000** lines');
  });

  it('get no number of another key', async () => {
    const answer = await ask('What are all the special magic numbers for loud-river mentioned in the provided text?');
    expect(answer).toMatch(/^Not found: hay\.txt \(\d{2,3},\d{3} characters\)/);
  });
});
