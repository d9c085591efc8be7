import { expect, it } from 'vitest';
import { besidePerson, createPersonModel } from './person-model.ts';
import type { ModelListener } from './port.ts';

const quiet: ModelListener = { text: () => {}, reasoning: () => {} };
const signal = new AbortController().signal;
const request = { model: 'you', messages: [] };

it('waits for the reply that the person gives, which costs nothing', async () => {
  const person = createPersonModel();
  person.reply('before anything was asked');
  const pieces: string[] = [];
  const reply = person.complete(request, { ...quiet, text: (piece) => pieces.push(piece) }, signal);
  person.reply(' \n');
  person.reply('mine');
  person.reply('once more');
  expect(await reply).toMatchObject({ text: 'mine', costUsd: 0, finishReason: 'stop', usage: { input: 0, output: 0 } });
  expect(pieces).toEqual(['mine']);
});

it('waits no longer once the request is ended', async () => {
  const person = createPersonModel();
  const ended = new AbortController();
  const first = person.complete(request, quiet, ended.signal);
  ended.abort(new Error('Stopped.'));
  await expect(first).rejects.toThrow('Stopped.');
  await expect(person.complete(request, quiet, ended.signal)).rejects.toThrow('Stopped.');
  const second = person.complete(request, quiet, signal);
  person.reply('for the second');
  expect(await second).toMatchObject({ text: 'for the second' });
});

it('answers for the root alone', async () => {
  const person = createPersonModel();
  const asked: string[] = [];
  const model = besidePerson(person, {
    async complete({ model: name }) {
      asked.push(name);
      const usage = { input: 1, cachedInput: 0, output: 1, reasoning: 0 };
      return { text: 'model', reasoning: '', usage, costUsd: 1, finishReason: 'stop' };
    },
  });
  expect((await model.complete({ model: 'small', messages: [] }, quiet, signal)).text).toBe('model');
  const mine = model.complete(request, quiet, signal);
  person.reply('me');
  expect((await mine).text).toBe('me');
  expect(asked).toEqual(['small']);
});
