import { expect, test } from 'vitest';
import type { Message } from '../trajectory/events.ts';
import { createPageModel } from './page-model.ts';
import { ModelError } from './port.ts';

const SILENT = { text: () => undefined, reasoning: () => undefined };
const NEVER = new AbortController().signal;
const say = (content: string): Message[] => [{ role: 'user', content }];

function bridge() {
  const asked: { request: number; messages: readonly Message[] }[] = [];
  const cancelled: number[] = [];
  const page = createPageModel({
    ask: (request, messages) => void asked.push({ request, messages }),
    cancel: (request) => void cancelled.push(request),
  });
  const ask = (content: string, signal = NEVER) => page.model.complete({ model: 'browser-model', messages: say(content) }, SILENT, signal);
  return { page, asked, cancelled, ask };
}

/** Lets what is ready run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a reply comes in pieces and whole, counted as characters / 4, and costs nothing', async () => {
  const { page, asked } = bridge();
  const pieces: string[] = [];
  const reply = page.model.complete(
    { model: 'browser-model', messages: say('12345678') },
    { ...SILENT, text: (piece) => void pieces.push(piece) },
    NEVER,
  );
  await settle();
  expect(asked).toEqual([{ request: 0, messages: say('12345678') }]);
  page.text(0, 'Hello, ');
  page.text(0, 'you.');
  page.end(0, null);
  expect(await reply).toEqual({
    text: 'Hello, you.',
    reasoning: '',
    usage: { input: 2, cachedInput: 0, output: 3, reasoning: 0, estimated: true },
    costUsd: 0,
    finishReason: 'stop',
  });
  expect(pieces).toEqual(['Hello, ', 'you.']);
});

test('what the page says went wrong is the error, and is not worth another try', async () => {
  const { page, ask } = bridge();
  const reply = ask('a');
  await settle();
  page.end(0, 'It has to be downloaded first.');
  const error = await reply.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelError);
  expect(error).toMatchObject({ fault: 'rejected', message: 'It has to be downloaded first.' });
});

test('two requests at once; the third follows when one is over', async () => {
  const { page, asked, ask } = bridge();
  const replies = ['a', 'b', 'c'].map((content) => ask(content));
  await settle();
  expect(asked.map(({ request }) => request)).toEqual([0, 1]);
  page.end(1, null);
  await settle();
  expect(asked.map(({ messages }) => messages[0]?.content)).toEqual(['a', 'b', 'c']);
  replies.push(ask('d'));
  await settle();
  expect(asked).toHaveLength(3);
  page.end(0, null);
  await settle();
  page.end(2, null);
  page.end(3, null);
  expect(await Promise.all(replies)).toHaveLength(4);
});

test('an abort tells the page, and gives the place on; one that waits is forgotten', async () => {
  const { page, asked, cancelled, ask } = bridge();
  const first = new AbortController();
  const waits = new AbortController();
  const gone = ask('a', first.signal);
  const stays = ask('b');
  const never = ask('c', waits.signal);
  const last = ask('d');
  await settle();
  waits.abort(new Error('stopped'));
  await expect(never).rejects.toThrow('stopped');
  first.abort(new Error('stopped'));
  await expect(gone).rejects.toThrow('stopped');
  expect(cancelled).toEqual([0]);
  await settle();
  expect(asked.map(({ messages }) => messages[0]?.content)).toEqual(['a', 'b', 'd']);
  page.text(0, 'too late');
  page.end(0, null);
  page.end(1, null);
  page.end(2, null);
  expect((await stays).text).toBe('');
  expect((await last).text).toBe('');
});

test('an aborted signal asks nobody', async () => {
  const { asked, ask } = bridge();
  await expect(ask('a', AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  expect(asked).toEqual([]);
});
