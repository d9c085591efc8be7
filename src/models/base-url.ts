/** A base URL that can be used, or one sentence that says what is wrong with it. */
export type BaseUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string };

const LOOPBACK = /^(localhost|[^/]+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])$/;
const EXAMPLE = 'for example https://api.openai.com/v1 or http://localhost:11434/v1';

/**
 * What a person typed or pasted as the root of an OpenAI-compatible API, as
 * `scheme://host[:port]/path` without a trailing slash. A missing scheme becomes `https://`, or
 * `http://` for this computer; a pasted `/chat/completions` is cut off. Never repeats the input in
 * a message, which may hold a password.
 */
export function normaliseBaseUrl(input: string): BaseUrl {
  const typed = input.trim();
  if (typed === '') return refuse(`Enter the base URL of the endpoint, ${EXAMPLE}.`);
  const url = parse(typed);
  if (url === null) return refuse(`The base URL is not a web address. Write it like ${EXAMPLE}.`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refuse(`The base URL must begin with https:// or http://, ${EXAMPLE}.`);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('The base URL holds a user name or password. Take it out, and put the key in the API key field.');
  }
  if (url.search !== '') {
    return refuse('The base URL must end before the “?”. Take the query out, and put a key in the API key field.');
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '').replace(/\/+$/, '');
  return { ok: true, url: url.origin + path };
}

/** True when the URL points at the computer the browser runs on. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(parse(url)?.hostname ?? '');
}

/** Host and port, for sentences; the text itself where it is no URL. */
export function hostOf(url: string): string {
  return parse(url)?.host ?? url;
}

function parse(typed: string): URL | null {
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(typed);
  const host = /^(\[[^\]]*\]|[^/:?#]*)/.exec(typed)?.[0] ?? '';
  const whole = hasScheme ? typed : `${LOOPBACK.test(host.toLowerCase()) ? 'http' : 'https'}://${typed}`;
  return URL.canParse(whole) ? new URL(whole) : null;
}

function refuse(message: string): BaseUrl {
  return { ok: false, message };
}
