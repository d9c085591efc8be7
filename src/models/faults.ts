import { whyNotAllowed } from './address-space.ts';
import { hideKey } from './api-key.ts';
import { hostOf, isLoopback } from './base-url.ts';
import { asRecord, parseJson } from './json.ts';
import { ModelError, type ModelFault } from './port.ts';
import { retryAfterMs } from './retry-after.ts';

/** What sentences about a request may say, and the key they must not. */
export interface Asked {
  readonly baseUrl: string;
  readonly key: string;
  /** Null where the request was not about a model. */
  readonly model: string | null;
}

/** Longest quotation of a provider's own words, in characters. */
const QUOTE_LIMIT = 300;

/** The error for an HTTP answer that is not a success. */
export function statusFault(status: number, headers: Headers, body: string, asked: Asked): ModelError {
  const said = providerMessage(parseJson(body));
  const fault = statusKind(status, said.code);
  const message = sentence(fault, status, said, asked) + quote(said.message, asked.key);
  return new ModelError(fault, message, { status, retryAfterMs: retryAfterMs(headers, said.message, Date.now()) });
}

/** The error for `data: {"error": …}` in a stream, or an error object under a 200. */
export function errorObjectFault(error: unknown, asked: Asked): ModelError {
  const said = providerMessage({ error });
  const status = Number(said.code);
  const known = Number.isInteger(status) && status >= 400 && status < 600 ? status : null;
  const fault = known === null ? namedKind(said.code) : statusKind(known, said.code);
  const message = sentence(fault, known, said, asked) + quote(said.message, asked.key);
  const retry = retryAfterMs(new Headers(), said.message, Date.now());
  return new ModelError(fault, message, known === null ? { retryAfterMs: retry } : { status: known, retryAfterMs: retry });
}

/**
 * The sentence for a request that got no answer a page may read. A browser tells a dead host, a
 * missing CORS header and a refused permission apart to nobody, so this names them all.
 */
export function unreachableMessage(baseUrl: string): string {
  const refused = whyNotAllowed(baseUrl);
  if (refused !== null) return refused;
  const host = hostOf(baseUrl);
  if (isLoopback(baseUrl)) {
    return (
      `Could not reach ${host} on this computer. Start the server, and let it answer web pages (Ollama: set OLLAMA_ORIGINS to ` +
      'the address of this page; LM Studio: switch on “Enable CORS”; others: allow CORS). If the browser asks for access to ' +
      'apps on this device or the local network, allow it. If the server wants a key, check the key.'
    );
  }
  return (
    `Could not read an answer from ${host}. Either the key is refused (some providers then give a web page no reason), the ` +
    'address is wrong or the server down, it does not allow calls from web pages (CORS), or the browser lacks permission for ' +
    'the local network. Check the key and the base URL, then use Check connection.'
  );
}

/** True for a 400 or 422 that complains of `stream_options`, which some servers do not know. */
export function complainsOfStreamOptions(status: number, body: string): boolean {
  return (status === 400 || status === 422) && /stream_options|include_usage/.test(body);
}

function statusKind(status: number, code: string): ModelFault {
  if (status === 401 || status === 402 || status === 403 || code === 'insufficient_quota') return 'refused';
  if (status === 429) return 'rate-limited';
  if (status === 408 || status === 409 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** The kind of an error that has only a name, as errors inside streams do. */
function namedKind(code: string): ModelFault {
  if (/insufficient_quota|auth|api_key|permission|billing/i.test(code)) return 'refused';
  if (/rate|quota|exhausted|too_many/i.test(code)) return 'rate-limited';
  if (/invalid|not_found|context_length|content|policy|unsupported/i.test(code)) return 'rejected';
  return 'unavailable';
}

interface Said {
  readonly message: string;
  readonly code: string;
}

/** The message and code of an error body: OpenAI's shape, a bare string, FastAPI's `detail`, or `message`. */
function providerMessage(body: unknown): Said {
  const record = asRecord(Array.isArray(body) ? (body as unknown[])[0] : body);
  const error = record?.['error'] ?? record?.['detail'] ?? record;
  const inner = asRecord(error);
  const message = inner?.['message'] ?? inner?.['detail'] ?? error;
  const code = inner?.['code'] ?? inner?.['type'] ?? '';
  return {
    message: typeof message === 'string' ? message : message == null ? '' : JSON.stringify(message),
    code: typeof code === 'string' || typeof code === 'number' ? String(code) : '',
  };
}

function sentence(fault: ModelFault, status: number | null, said: Said, asked: Asked): string {
  const host = hostOf(asked.baseUrl);
  const shown = status === null ? '' : ` (${status})`;
  switch (fault) {
    case 'refused':
      if (status === 402 || said.code === 'insufficient_quota') {
        return `The account at ${host} has no credit left${shown}. Add credit there, or use another key.`;
      }
      if (asked.key === '') return `${host} wants an API key${shown}. Enter one in Settings.`;
      return status === 403
        ? `${host} does not allow this${shown}. Check what the key may do, and whether the server accepts calls from this page’s address.`
        : `${host} refused the API key${shown}. Check the key in Settings; it may be mistyped, expired or of another provider.`;
    case 'rate-limited':
      return `${host} limits how fast it may be asked${shown}. Wait, or lower Parallel sub-calls in Settings.`;
    case 'unavailable':
      return `${host} could not answer now${shown}. It may work again in a moment.`;
    default:
      return rejection(host, shown, status, said, asked.model);
  }
}

function rejection(host: string, shown: string, status: number | null, said: Said, model: string | null): string {
  if (status === 413 || /context_length|too_large/.test(said.code)) {
    return `The request is too long for the model at ${host}${shown}. Use smaller pieces or a model with a longer context.`;
  }
  if (status === 404 || status === 405) {
    const what = model === null ? 'this address' : `this address or the model “${model}”`;
    return `${host} does not know ${what}${shown}. Check the base URL (most end in /v1)${model === null ? '' : ' and the model’s name'}.`;
  }
  return `${host} rejected the request${shown}. Check the model’s name and what it supports.`;
}

function quote(message: string, key: string): string {
  const said = hideKey(message.slice(0, QUOTE_LIMIT * 4), key).replace(/\s+/g, ' ').trim();
  if (said === '') return '';
  return ` It said: “${said.length > QUOTE_LIMIT ? `${said.slice(0, QUOTE_LIMIT)}…` : said}”`;
}
