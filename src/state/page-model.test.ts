import { expect, test, vi } from 'vitest';
import type { Message } from '../trajectory/events.ts';
import type { EngineNotice } from '../worker/protocol.ts';
import type { EngineClient } from './app.ts';
import { checkPageModel, servePageModel, type BrowserModelApi } from './page-model.ts';

const MESSAGES: Message[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'First?' },
  { role: 'assistant', content: 'One.' },
  { role: 'user', content: 'Second?' },
];

interface Fake {
  readonly availability?: string;
  readonly pieces?: readonly string[];
  readonly fails?: Error;
  /** The stream says nothing more. */
  readonly hangs?: boolean;
  readonly active?: boolean;
  readonly absent?: boolean;
}

function page(fake: Fake = {}) {
  const created: unknown[] = [];
  const prompts: string[] = [];
  const destroyed = vi.fn();
  const api: BrowserModelApi = {
    availability: async () => fake.availability ?? 'available',
    async create(options) {
      created.push(options);
      if (fake.fails) throw fake.fails;
      return {
        promptStreaming(input, { signal }) {
          prompts.push(input);
          return new ReadableStream({
            start(controller) {
              for (const piece of fake.pieces ?? []) controller.enqueue(piece);
              if (!fake.hangs) controller.close();
              signal.addEventListener('abort', () => controller.error(signal.reason));
            },
          });
        },
        destroy: destroyed,
      };
    },
  };
  const sent: unknown[][] = [];
  let notify: (notice: EngineNotice) => void = () => undefined;
  const engine: Pick<EngineClient, 'request' | 'onNotice'> = {
    // The bridge asks nothing whose answer it reads.
    request: async (method, params) => void sent.push([method, params]) as never,
    onNotice: (listener) => void (notify = listener),
  };
  servePageModel({ engine, api: fake.absent ? undefined : api, isUserActive: () => fake.active ?? false });
  const ask = (request = 7) => notify({ kind: 'page-model', request, messages: MESSAGES });
  const ended = () => vi.waitFor(() => expect(sent.at(-1)?.[0]).toBe('pageModelEnd'));
  return { api, created, prompts, destroyed, sent, ask, ended, notify: (notice: EngineNotice) => notify(notice) };
}

test('a reply is streamed back, the conversation before it given as it was', async () => {
  const { ask, ended, sent, created, prompts, destroyed } = page({ pieces: ['Two', '.'] });
  ask();
  await ended();
  expect(sent).toEqual([
    ['pageModelText', { request: 7, text: 'Two' }],
    ['pageModelText', { request: 7, text: '.' }],
    ['pageModelEnd', { request: 7, error: null }],
  ]);
  expect(created).toMatchObject([{ initialPrompts: MESSAGES.slice(0, 3) }]);
  expect(prompts).toEqual(['Second?']);
  expect(destroyed).toHaveBeenCalledOnce();
});

test.each<[string, Fake, RegExp]>([
  ['no model in the browser', { absent: true }, /has no model of its own/],
  ['a computer that cannot run it', { availability: 'unavailable' }, /cannot run/],
  ['a download that needs a click', { availability: 'downloadable' }, /Check connection/],
  ['a prompt past its window', { fails: new DOMException('', 'QuotaExceededError') }, /too long/],
  ['a page that may not', { fails: new DOMException('', 'NotAllowedError') }, /does not let this page/],
  ['a language it does not know', { fails: new DOMException('', 'NotSupportedError') }, /may not know the language/],
  ['anything else', { fails: new Error('The model process crashed.') }, /failed: The model process crashed\./],
])('%s ends the request with a sentence', async (_name, fake, words) => {
  const { ask, ended, sent } = page(fake);
  ask();
  await ended();
  expect(sent).toEqual([['pageModelEnd', { request: 7, error: expect.stringMatching(words) }]]);
});

test('a download that a click allows is waited for', async () => {
  const { ask, ended, sent } = page({ availability: 'downloadable', active: true, pieces: ['Hi'] });
  ask();
  await ended();
  expect(sent).toHaveLength(2);
});

test('a cancelled request ends its session and says nothing more', async () => {
  const { ask, sent, notify, destroyed } = page({ pieces: ['Two'], hangs: true });
  ask();
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  notify({ kind: 'page-model-cancelled', request: 99 });
  notify({ kind: 'page-model-cancelled', request: 7 });
  await vi.waitFor(() => expect(destroyed).toHaveBeenCalledOnce());
  expect(sent).toEqual([['pageModelText', { request: 7, text: 'Two' }]]);
});

test.each<[Fake, object]>([
  [{}, { ok: true, models: ['browser-model'], ms: 0 }],
  [{ absent: true }, { ok: false, message: expect.stringMatching(/no model of its own/) }],
  [{ availability: 'unavailable' }, { ok: false, message: expect.stringMatching(/cannot run/) }],
  [{ availability: 'downloadable' }, { ok: false, message: expect.stringMatching(/only after a click/) }],
  [{ availability: 'downloading' }, { ok: false, message: expect.stringMatching(/is downloading/) }],
])('a check of %j', async (fake, result) => {
  const { api, created } = page(fake);
  expect(await checkPageModel(fake.absent ? undefined : api, () => false, () => 5)).toEqual(result);
  expect(created).toEqual([]);
});

test('a check from a click begins the download', async () => {
  const { api, created, destroyed } = page({ availability: 'downloadable' });
  expect(await checkPageModel(api, () => true, () => 5)).toMatchObject({ ok: false, message: expect.stringMatching(/is downloading/) });
  expect(created).toHaveLength(1);
  await vi.waitFor(() => expect(destroyed).toHaveBeenCalledOnce());
});
