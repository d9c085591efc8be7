import OpenAI, { APIConnectionError, APIError } from 'openai';
import type { Usage } from '../trajectory/events.ts';
import { addressSpaceInit, pageOrigin } from './address-space.ts';
import { readKey } from './api-key.ts';
import { hostOf } from './base-url.ts';
import { readChunk } from './chunk.ts';
import { errorObjectFault, unreachableMessage, type Asked } from './faults.ts';
import { ModelError, type Model, type ModelListener, type ModelReply, type ModelRequest } from './port.ts';
import { checkedResponse, StreamOptionsRefused } from './response-check.ts';
import { createSilenceWatches } from './silence.ts';
import { estimateUsage, readCost, readUsage } from './usage.ts';

export interface OpenAIModelOptions {
  /** As `normaliseBaseUrl` gives it. */
  readonly baseUrl: string;
  /** The key now, asked for before each request; null or '' sends no Authorization header. */
  readonly key: () => string | null;
  /** USD of a reply whose provider names no cost; null where nobody knows. */
  readonly price: (model: string, usage: Usage) => number | null;
  /** Headers that the provider asks of web pages. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds without a byte after which a request is given up (60,000). */
  readonly idleMs?: number;
}

const IDLE_MS = 60_000;
/** After `finish_reason` only usage and the end of the stream are missing: neither is worth a long wait. */
const USAGE_GRACE_MS = 2_000;
const END_GRACE_MS = 200;
/** The longest timer there is: the silence watch decides, not the SDK's own timeout. */
const NO_TIMEOUT_MS = 2_147_483_647;

/** The SDK's telemetry: servers with a strict CORS list refuse a page's request that carries it. */
const NO_TELEMETRY: Readonly<Record<string, null>> = {
  'user-agent': null,
  'x-stainless-arch': null,
  'x-stainless-lang': null,
  'x-stainless-os': null,
  'x-stainless-package-version': null,
  'x-stainless-retry-count': null,
  'x-stainless-runtime': null,
  'x-stainless-runtime-version': null,
  'x-stainless-timeout': null,
  'x-stainless-helper-method': null,
};

/**
 * A model behind any OpenAI-compatible endpoint, over streamed chat completions. One request per
 * `complete`: retries are the engine's, so that they are events. Temperature and token limits are
 * not sent, because some models refuse them.
 */
export function createOpenAIModel(options: OpenAIModelOptions): Model {
  const idleMs = options.idleMs ?? IDLE_MS;
  const addressSpace = addressSpaceInit(pageOrigin(), options.baseUrl);
  /** Whether this endpoint takes `stream_options`; some refuse the request over it. */
  let asksUsage = true;
  /**
   * When any request here last had a byte. A browser queues requests beyond its connections per
   * host, so one that has no headers yet is silent only if the whole endpoint is.
   */
  let endpointHeard = performance.now();
  const watchSilence = createSilenceWatches();

  async function complete(request: ModelRequest, on: ModelListener, signal: AbortSignal): Promise<ModelReply> {
    try {
      return await attempt(request, on, signal);
    } catch (error) {
      if (!(error instanceof StreamOptionsRefused)) throw error;
      asksUsage = false;
      return await attempt(request, on, signal);
    }
  }

  async function attempt(request: ModelRequest, on: ModelListener, signal: AbortSignal): Promise<ModelReply> {
    signal.throwIfAborted();
    const asked: Asked = { baseUrl: options.baseUrl, key: readKey(options.key()), model: request.model };
    const withUsage = asksUsage;
    const connection = new AbortController();
    const abort = (): void => connection.abort();
    signal.addEventListener('abort', abort, { once: true });

    let started = false;
    let finishReason: string | null = null;
    let providerUsage: unknown = null;
    let silent = false;
    let heard = performance.now();
    const deadline = (): number => {
      if (finishReason !== null) return heard + Math.min(idleMs, providerUsage === null ? USAGE_GRACE_MS : END_GRACE_MS);
      return (started ? heard : Math.max(heard, endpointHeard)) + idleMs;
    };
    const watch = watchSilence(deadline, () => {
      silent = true;
      connection.abort();
    });
    const hear = (): void => {
      heard = performance.now();
      endpointHeard = heard;
      started = true;
    };

    /** A fault found before the SDK saw the response; the SDK would wrap it in its own. */
    let found: ModelError | null = null;
    const fetchChecked = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const response = await fetch(url, { ...init, ...addressSpace });
      hear();
      try {
        return await checkedResponse(response, asked, withUsage, hear);
      } catch (error) {
        if (error instanceof ModelError) found = error;
        throw error;
      }
    };

    /** Chunks as they come; every way that receiving can fail becomes a ModelError or the abort reason. */
    async function* receive(): AsyncGenerator<unknown, void> {
      try {
        const stream = await clientFor(asked.key, fetchChecked).chat.completions.create(
          {
            model: request.model,
            messages: [...request.messages],
            stream: true,
            ...(withUsage ? { stream_options: { include_usage: true } } : {}),
          },
          { signal: connection.signal },
        );
        yield* stream;
      } catch (error) {
        // A complete reply whose connection broke afterwards is still complete.
        const broken = !(error instanceof APIError) && finishReason !== null;
        if (!signal.aborted && !silent && !broken) throw found ?? faultOf(error, asked, started);
      }
      signal.throwIfAborted();
      if (silent && finishReason === null) throw silenceFault(asked, started, idleMs);
    }

    let text = '';
    let reasoning = '';
    let chunks = 0;
    try {
      for await (const value of receive()) {
        const chunk = readChunk(value);
        if (chunk === null) throw notAModel(asked, 'sent an event that is no chat completion');
        chunks += 1;
        if (chunk.reasoning !== '') {
          reasoning += chunk.reasoning;
          on.reasoning(chunk.reasoning);
        }
        if (chunk.text !== '') {
          text += chunk.text;
          on.text(chunk.text);
        }
        if (chunk.usage !== null) providerUsage = chunk.usage;
        finishReason ??= chunk.finishReason;
        if (finishReason !== null) watch.recheck();
      }
    } finally {
      watch.stop();
      signal.removeEventListener('abort', abort);
    }

    if (chunks === 0) throw notAModel(asked, 'answered with an empty stream');
    if (finishReason === null) {
      throw new ModelError('cut', `${hostOf(options.baseUrl)} ended its reply in the middle, without a finish_reason.`);
    }
    const usage = readUsage(providerUsage) ?? estimateUsage(request.messages, text, reasoning);
    const costUsd = readCost(providerUsage) ?? options.price(request.model, usage);
    return { text, reasoning, usage, costUsd, finishReason };
  }

  /** A client per request costs about 0.02 ms, and lets each have its own key and watch. */
  function clientFor(key: string, fetchChecked: typeof fetch): OpenAI {
    return new OpenAI({
      baseURL: options.baseUrl,
      apiKey: 'unused',
      adminAPIKey: null,
      organization: null,
      project: null,
      dangerouslyAllowBrowser: true,
      maxRetries: 0,
      timeout: NO_TIMEOUT_MS,
      logLevel: 'off',
      fetch: fetchChecked,
      fetchOptions: { credentials: 'omit', referrerPolicy: 'no-referrer' },
      defaultHeaders: { ...NO_TELEMETRY, ...options.headers, authorization: key === '' ? null : `Bearer ${key}` },
    });
  }

  return { complete };
}

/**
 * What the SDK threw, as ours. Its class names are mangled when minified, so only `instanceof`
 * tells them apart; a broken connection is a plain TypeError, broken JSON a SyntaxError.
 */
function faultOf(error: unknown, asked: Asked, started: boolean): ModelError {
  if (error instanceof APIConnectionError) return new ModelError('unreachable', unreachableMessage(asked.baseUrl));
  if (error instanceof APIError) return errorObjectFault(error.error, asked);
  if (error instanceof SyntaxError) return notAModel(asked, 'sent an event with broken JSON');
  return started
    ? new ModelError('cut', `The connection to ${hostOf(asked.baseUrl)} broke in the middle of a reply. Run it again; if it keeps breaking, try fewer parallel sub-calls or another model.`)
    : new ModelError('unreachable', unreachableMessage(asked.baseUrl));
}

function silenceFault(asked: Asked, started: boolean, idleMs: number): ModelError {
  const host = hostOf(asked.baseUrl);
  const seconds = `${Number((idleMs / 1000).toPrecision(2))} seconds`;
  return started
    ? new ModelError('cut', `${host} fell silent for ${seconds} in the middle of a reply.`)
    : new ModelError('unavailable', `${host} answered nothing for ${seconds}. It may be busy, or loading the model.`);
}

function notAModel(asked: Asked, what: string): ModelError {
  return new ModelError(
    'not-a-model',
    `${hostOf(asked.baseUrl)} ${what}. Check that the base URL is that of an OpenAI-compatible API (most end in /v1).`,
  );
}
