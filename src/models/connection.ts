import { readKey } from './api-key.ts';
import { hostOf, normaliseBaseUrl } from './base-url.ts';
import { statusFault, unreachableMessage } from './faults.ts';
import { asRecord, parseJson } from './json.ts';
import { ModelError } from './port.ts';

export interface ConnectionRequest {
  readonly baseUrl: string;
  readonly key: string | null;
  readonly fetch: typeof fetch;
  /** Milliseconds for the whole answer (10,000). */
  readonly timeoutMs?: number;
}

export type ConnectionResult =
  | { readonly ok: true; readonly models: readonly string[]; readonly ms: number }
  | { readonly ok: false; readonly message: string };

const TIMEOUT_MS = 10_000;
const MOST_MODELS = 1_000;

/**
 * Asks an endpoint for its models (`GET /models`): cheap, free, and enough to tell a good key and
 * address from bad ones. Never throws; a failure is one sentence with what to do.
 */
export async function checkConnection(request: ConnectionRequest): Promise<ConnectionResult> {
  const base = normaliseBaseUrl(request.baseUrl);
  if (!base.ok) return base;
  const timeoutMs = request.timeoutMs ?? TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const started = performance.now();
  try {
    const key = readKey(request.key);
    const response = await request.fetch(`${base.url}/models`, {
      headers: key === '' ? {} : { authorization: `Bearer ${key}` },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: timeout,
    });
    const body = await response.text();
    const ms = Math.round(performance.now() - started);
    if (!response.ok) {
      return fail(statusFault(response.status, response.headers, body, { baseUrl: base.url, key, model: null }).message);
    }
    const models = modelIds(parseJson(body));
    if (models === null) {
      return fail(
        `${hostOf(base.url)} answered, but not like a model API: ${pageOrData(body)}. Check the base URL (most end in /v1).`,
      );
    }
    return { ok: true, models, ms };
  } catch (error) {
    if (error instanceof ModelError) return fail(error.message);
    if (timeout.aborted) {
      const seconds = Number((timeoutMs / 1000).toPrecision(2));
      return fail(`${hostOf(base.url)} did not answer within ${seconds} seconds. Check the base URL and that the server runs.`);
    }
    return fail(unreachableMessage(base.url));
  }
}

/** Ids, sorted: OpenAI's `{data: [{id}]}`, Together's bare array, Ollama's `{models: [{name}]}`. */
function modelIds(body: unknown): readonly string[] | null {
  const record = asRecord(body);
  const list = Array.isArray(body) ? (body as unknown[]) : (record?.['data'] ?? record?.['models']);
  if (!Array.isArray(list)) return null;
  const ids = list.map((each: unknown) => asRecord(each)?.['id'] ?? asRecord(each)?.['name']);
  const names = ids.filter((id) => typeof id === 'string');
  return [...new Set(names)].sort().slice(0, MOST_MODELS);
}

function pageOrData(body: string): string {
  return /^\s*</.test(body) ? 'it sent a web page' : 'it sent no list of models';
}

function fail(message: string): ConnectionResult {
  return { ok: false, message };
}
