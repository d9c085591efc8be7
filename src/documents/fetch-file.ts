import { formatBytes } from '../base/format.ts';
import { nameOfResponse } from './response-name.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Bytes that are fetched from one address, at most. */
export const MOST_FETCHED = 4 * 2 ** 30;

/** Bytes that are gathered before the browser takes them, on its disk where they are many. */
const GATHERED = 8 * 2 ** 20;

export interface Fetching {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly signal: AbortSignal;
  /** Bytes so far; `total` is 0 where the server does not say. */
  readonly onProgress: (done: number, total: number) => void;
  readonly most?: number;
}

/** The http and https addresses that a page may ask at all: the others its own policy blocks. */
const PLAIN_HOSTS = ['localhost', '127.0.0.1'];

const BY_HAND = 'download it and add the file';

/**
 * What is at a web address, as a file named after it. Nothing that could tell the server who asks is
 * sent along: no cookies, no password, not the page's address. Text in another encoding than those
 * that files are read in comes as UTF-8 with a byte-order mark.
 * @throws UnreadableFile in one sentence for the person; the reason of `signal` when it aborts.
 */
export async function fetchFile(address: string, { fetch, signal, onProgress, most = MOST_FETCHED }: Fetching): Promise<File> {
  const url = checked(address);
  const response = await answered(url, () =>
    fetch(url.href, { signal, credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'follow', cache: 'no-store' }),
  signal);
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined);
    throw new UnreadableFile(statusSentence(response.status, url));
  }
  const blob = await answered(url, () => received(response, url, { signal, onProgress, most }), signal);
  return new File([blob], nameOfResponse(url, response.headers), { type: blob.type });
}

function checked(address: string): URL {
  if (!URL.canParse(address)) {
    throw new UnreadableFile('This is no web address: write one that begins with https://.');
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UnreadableFile(`Addresses that begin with ${url.protocol} are not fetched: write one that begins with https://.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UnreadableFile(`An address with a password in it is not fetched: ${BY_HAND}.`);
  }
  if (url.protocol === 'http:' && !PLAIN_HOSTS.includes(url.hostname)) {
    throw new UnreadableFile(
      `This page may not fetch from http:// addresses of other machines: try https://, or ${BY_HAND}.`,
    );
  }
  url.hash = '';
  return url;
}

/** What `job` gives; a sentence where the network, or the browser, refuses. */
async function answered<T>({ hostname }: URL, job: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await job();
  } catch (reason) {
    if (signal.aborted) throw signal.reason;
    if (reason instanceof UnreadableFile) throw reason;
    throw new UnreadableFile(
      `${hostname} cannot be reached, or does not let web pages read this (CORS; a browser does not say which): ${BY_HAND}.`,
    );
  }
}

function statusSentence(status: number, { hostname }: URL): string {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return `${hostname} does not give this to everybody (HTTP ${status}); nothing of your log-in is sent from here: ${BY_HAND}.`;
    case 404:
    case 410:
      return `There is nothing at this address (HTTP ${status}): check it.`;
    case 429:
      return `${hostname} wants fewer requests (HTTP 429): wait a while, or ${BY_HAND}.`;
    default:
      return `${hostname} answered with an error (HTTP ${status}): try again later, or ${BY_HAND}.`;
  }
}

async function received(
  response: Response,
  { hostname }: URL,
  { signal, onProgress, most }: Pick<Fetching, 'signal' | 'onProgress'> & { readonly most: number },
): Promise<Blob> {
  const declared = Number(response.headers.get('content-length') ?? 0);
  // What is compressed on the way comes out longer than it says.
  const total = response.headers.has('content-encoding') || !Number.isSafeInteger(declared) ? 0 : declared;
  const tooMuch = () =>
    new UnreadableFile(`${hostname} sends more than ${formatBytes(most)}: ${BY_HAND}, or a part of it.`);
  if (total > most) {
    await response.body?.cancel().catch(() => undefined);
    throw tooMuch();
  }
  const type = response.headers.get('content-type') ?? '';
  const decoder = decoderFor(type);
  const pieces: BlobPart[] = decoder ? ['\ufeff'] : [];
  let gathered: BlobPart[] = [];
  let waiting = 0;
  let done = 0;
  const flush = (): void => {
    if (gathered.length > 0) pieces.push(new Blob(gathered));
    gathered = [];
    waiting = 0;
  };
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    signal.throwIfAborted();
    const { value } = next;
    done += value.length;
    if (done > most) {
      await reader?.cancel().catch(() => undefined);
      throw tooMuch();
    }
    gathered.push(decoder ? decoder.decode(value, { stream: true }) : value);
    waiting += value.length;
    if (waiting >= GATHERED) flush();
    onProgress(done, total);
  }
  if (decoder) gathered.push(decoder.decode());
  flush();
  return new Blob(pieces, { type: type.split(';')[0] ?? '' });
}

/** Encodings that files are told to be in when they are read, or that such are taken for. */
const READ_ANYWAY = ['utf-8', 'windows-1252'];

/** For text whose server says an encoding that nothing in it would tell. */
function decoderFor(type: string): TextDecoder | null {
  if (!/^\s*(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)|image\/svg)/i.test(type)) return null;
  const label = /;\s*charset\s*=\s*"?\s*([\w.:-]+)/i.exec(type)?.[1];
  if (label === undefined) return null;
  try {
    const decoder = new TextDecoder(label);
    return READ_ANYWAY.includes(decoder.encoding) ? null : decoder;
  } catch {
    // No encoding that the browser knows: what is in the file decides.
    return null;
  }
}
