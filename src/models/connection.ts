import { addressSpaceInit, addressSpaceOf, needsLocalPermission, whyNotAllowed } from './address-space.ts';
import { readKey } from './api-key.ts';
import { hostOf, normaliseBaseUrl } from './base-url.ts';
import { statusFault, type Asked } from './faults.ts';
import { asRecord, parseJson } from './json.ts';
import { ModelError } from './port.ts';
import type { Provider } from './provider.ts';
import { findProvider, hostedProviderAt } from './providers.ts';
import { whyUnreadable } from './unreadable.ts';

export interface ConnectionRequest {
  readonly baseUrl: string;
  readonly key: string | null;
  /** Id of the provider that the address was chosen with: what to advise where it does not answer. */
  readonly provider?: string;
  readonly fetch: typeof fetch;
  /** Origin of the page; null outside of one. */
  readonly origin?: string | null;
  /** State of a browser permission; null where the browser does not know it. */
  readonly permission?: (name: string) => Promise<PermissionState | null>;
  /** Milliseconds for the whole answer (10,000). */
  readonly timeoutMs?: number;
}

export type ConnectionResult =
  /** Without models where a living API has no list of them. */
  | { readonly ok: true; readonly models: readonly string[]; readonly ms: number }
  | { readonly ok: false; readonly message: string };

const TIMEOUT_MS = 10_000;
const MOST_MODELS = 1_000;

/**
 * Asks an endpoint for its models (`GET /models`): cheap, free, and enough to tell a good key and
 * address from bad ones. What a browser hides is told apart as far as it goes by asking again in
 * ways whose success means something. Never throws; a failure is one sentence with what to do.
 */
export async function checkConnection(request: ConnectionRequest): Promise<ConnectionResult> {
  const chosen = findProvider(request.provider ?? '');
  const base = normaliseBaseUrl(request.baseUrl || (chosen?.baseUrl ?? ''));
  if (!base.ok) return base;
  const refused = whyNotAllowed(base.url);
  if (refused !== null) return fail(refused);
  const timeoutMs = request.timeoutMs ?? TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  const host = hostedProviderAt(base.url);
  const origin = request.origin ?? null;
  let key = '';
  const ask = (path: string, init: RequestInit): Promise<Response> =>
    request.fetch(base.url + path, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: timeout,
      ...addressSpaceInit(origin, base.url),
      ...init,
    });
  const asked = (): Asked => ({ baseUrl: base.url, key, model: null });
  try {
    key = readKey(request.key);
    const response = await ask(host?.modelList?.path ?? '/models', { headers: listHeaders(host, key) });
    const body = await response.text();
    if (response.ok) {
      const models = modelIds(parseJson(body));
      if (models === null) return fail(notAnApi(base.url, body));
      const refusal = await keyRefusal(ask, host, asked());
      return refusal === null ? { ok: true, models, ms: took() } : fail(refusal.message);
    }
    if ([404, 405, 501].includes(response.status) && (await takesChats(ask, host, asked()))) {
      return { ok: true, models: [], ms: took() };
    }
    return fail(statusFault(response.status, response.headers, body, asked()).message);
  } catch (error) {
    if (error instanceof ModelError) return fail(error.message);
    if (timeout.aborted) return fail(slow(base.url, timeoutMs));
    return fail(
      await whyUnreadable({
        url: `${base.url}/models`,
        host: hostOf(base.url),
        keyed: key !== '',
        provider: host ?? chosen,
        origin,
        fetch: request.fetch,
        space: addressSpaceOf(base.url),
        gated: needsLocalPermission(origin, base.url),
        permission: request.permission ?? (async () => null),
        timeoutMs,
      }),
    );
  }
}

/** Why the key is not good, of a host that lists its models for everybody; null where that cannot be told. */
async function keyRefusal(
  ask: (path: string, init: RequestInit) => Promise<Response>,
  host: Provider | undefined,
  asked: Asked,
): Promise<ModelError | null> {
  if (host?.keyPath === undefined) return null;
  const response = await ask(host.keyPath, { headers: listHeaders(host, asked.key) }).catch(() => null);
  if (response === null || ![401, 402, 403].includes(response.status)) return null;
  return statusFault(response.status, response.headers, await response.text(), asked);
}

function listHeaders(host: Provider | undefined, key: string): Record<string, string> {
  const list = host?.modelList;
  const keyHeaders = key === '' ? {} : list ? { [list.keyHeader]: key } : { authorization: `Bearer ${key}` };
  return { ...host?.headers, ...list?.headers, ...keyHeaders };
}

/**
 * True where a server without a list of models has the chat API all the same: it complains of a
 * request without a model, which costs nothing, or refuses the key.
 */
async function takesChats(
  ask: (path: string, init: RequestInit) => Promise<Response>,
  host: Provider | undefined,
  asked: Asked,
): Promise<boolean> {
  const { key } = asked;
  const headers = { ...host?.headers, 'content-type': 'application/json', ...(key !== '' && { authorization: `Bearer ${key}` }) };
  const response = await ask('/chat/completions', { method: 'POST', headers, body: '{}' });
  const body = await response.text();
  if (response.status === 401 || response.status === 403) {
    throw statusFault(response.status, response.headers, body, asked);
  }
  return ![404, 405, 501].includes(response.status) && asRecord(parseJson(body)) !== null;
}

/** Ids, sorted: OpenAI's `{data: [{id}]}`, Together's bare array, Ollama's `{models: [{name}]}`. */
function modelIds(body: unknown): readonly string[] | null {
  const record = asRecord(body);
  const list = Array.isArray(body) ? (body as unknown[]) : (record?.['data'] ?? record?.['models']);
  if (!Array.isArray(list)) return null;
  const ids = list.map((each: unknown) => asRecord(each)?.['id'] ?? asRecord(each)?.['name']);
  // Gemini puts its collection's name before each.
  const names = ids.filter((id) => typeof id === 'string').map((id) => id.replace(/^models\//, ''));
  return [...new Set(names)].sort().slice(0, MOST_MODELS);
}

function notAnApi(url: string, body: string): string {
  const what = /^\s*</.test(body) ? 'it sent a web page' : 'it sent no list of models';
  return `${hostOf(url)} answered, but not like a model API: ${what}. Check the base URL (most end in /v1).`;
}

function slow(url: string, timeoutMs: number): string {
  const seconds = Number((timeoutMs / 1000).toPrecision(2));
  return `${hostOf(url)} did not answer within ${seconds} seconds. Check the base URL and that the server runs; one that loads a model may need a minute.`;
}

function fail(message: string): ConnectionResult {
  return { ok: false, message };
}
