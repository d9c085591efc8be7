import type { Message } from '../trajectory/events.ts';
import type { ConnectionCheck } from '../worker/protocol.ts';
import type { EngineClient } from './app.ts';

/** The part of the browser's Prompt API that is used. Only pages have it, workers do not. */
export interface BrowserModelApi {
  availability(options: ModelLanguages): Promise<string>;
  create(options: ModelLanguages & { initialPrompts?: readonly Message[]; signal?: AbortSignal }): Promise<BrowserModelSession>;
}

export interface BrowserModelSession {
  promptStreaming(input: string, options: { signal: AbortSignal }): ReadableStream<string>;
  destroy(): void;
}

interface ModelLanguages {
  /** Browsers warn where it is not said. */
  readonly expectedOutputs: readonly { readonly type: 'text'; readonly languages: readonly string[] }[];
}

declare global {
  interface Window {
    readonly LanguageModel?: BrowserModelApi;
  }
}

/** What a page needs to answer for the browser's own model. */
export interface PageModelDeps {
  readonly engine: Pick<EngineClient, 'request' | 'onNotice'>;
  /** Undefined where the browser has none. */
  readonly api: BrowserModelApi | undefined;
  /** True while the browser takes what happens for the person's own doing, which downloads need. */
  readonly isUserActive: () => boolean;
}

const OPTIONS: ModelLanguages = { expectedOutputs: [{ type: 'text', languages: ['en'] }] };

const ABSENT = 'This browser has no model of its own. Use a current Chrome on a desktop computer, or choose another provider in Settings.';
const UNAVAILABLE =
  'This computer cannot run the browser’s own model: Chrome wants 22 GB of free disk and a recent graphics card or 16 GB of memory. Choose another provider in Settings.';
const NOT_YET =
  'The browser has to download its model first, which it does only after a click: open Settings, choose Check connection, and ask again when it is there.';
const DOWNLOADING = 'The browser is downloading its model. That may take many minutes; check again, and ask when it is there.';

/** Answers the engine's requests to the browser's own model, from now on. */
export function servePageModel({ engine, api, isUserActive }: PageModelDeps): void {
  const running = new Map<number, AbortController>();

  const answer = async (request: number, messages: readonly Message[]) => {
    const controller = new AbortController();
    running.set(request, controller);
    const { signal } = controller;
    let error: string | null = null;
    try {
      await stream(messages, signal, (text) => engine.request('pageModelText', { request, text }));
    } catch (reason) {
      error = sentenceOf(reason);
    }
    running.delete(request);
    // Who cancelled waits for no end.
    if (!signal.aborted) await engine.request('pageModelEnd', { request, error });
  };

  const stream = async (messages: readonly Message[], signal: AbortSignal, say: (text: string) => Promise<unknown>) => {
    if (!api) throw new Refusal(ABSENT);
    const problem = await whyNotReady(api, isUserActive);
    if (problem !== null) throw new Refusal(problem);
    const last = messages.at(-1);
    const session = await api.create({ ...OPTIONS, initialPrompts: messages.slice(0, -1), signal });
    try {
      const reader = session.promptStreaming(last?.content ?? '', { signal }).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        signal.throwIfAborted();
        await say(piece.value);
      }
    } finally {
      session.destroy();
    }
  };

  engine.onNotice((notice) => {
    if (notice.kind === 'page-model') void answer(notice.request, notice.messages);
    if (notice.kind === 'page-model-cancelled') running.get(notice.request)?.abort();
  });
}

/**
 * Whether the browser's own model can be asked. From a click it also begins the download that the
 * model may need.
 */
export async function checkPageModel(
  api: BrowserModelApi | undefined,
  isUserActive: () => boolean,
  now: () => number,
): Promise<ConnectionCheck> {
  if (!api) return { ok: false, message: ABSENT };
  const started = now();
  try {
    const state = await api.availability(OPTIONS);
    if (state === 'available') return { ok: true, models: ['browser-model'], ms: Math.round(now() - started) };
    if (state === 'unavailable') return { ok: false, message: UNAVAILABLE };
    if (state === 'downloadable' && !isUserActive()) return { ok: false, message: NOT_YET };
    // The session is not wanted: asking for one begins the download, which ends in its own time.
    if (state === 'downloadable') void api.create(OPTIONS).then((session) => session.destroy(), () => undefined);
    return { ok: false, message: DOWNLOADING };
  } catch (reason) {
    return { ok: false, message: sentenceOf(reason) };
  }
}

async function whyNotReady(api: BrowserModelApi, isUserActive: () => boolean): Promise<string | null> {
  const state = await api.availability(OPTIONS);
  if (state === 'unavailable') return UNAVAILABLE;
  if (state === 'downloadable' && !isUserActive()) return NOT_YET;
  return null;
}

/** A sentence that is already one for the person. */
class Refusal extends Error {}

function sentenceOf(reason: unknown): string {
  if (reason instanceof Refusal) return reason.message;
  const name = reason instanceof Error ? reason.name : '';
  if (name === 'QuotaExceededError') {
    return 'The request is too long for the browser’s own model, whose window is small. Use smaller pieces, or another provider.';
  }
  if (name === 'NotAllowedError') return 'The browser does not let this page use its own model. Check the site settings, or choose another provider.';
  if (name === 'NotSupportedError') return 'The browser’s own model cannot answer this: it may not know the language, or refused the content.';
  const said = reason instanceof Error ? reason.message : String(reason);
  return `The browser’s own model failed${said === '' ? '.' : `: ${said}`}`;
}
