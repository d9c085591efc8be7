/** Time units as providers write them in sentences, in milliseconds. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, sec: 1000, second: 1000, m: 60_000, min: 60_000, minute: 60_000 };

/**
 * Milliseconds the server asks to wait; null where it does not say. Reads `retry-after-ms`, then
 * `Retry-After` as seconds or HTTP date (RFC 9110 §10.2.3), then "try again in 1.2s" in the
 * message, because a page may read the headers only where the server exposes them.
 *
 * @param now Unix milliseconds, which an HTTP date is compared with.
 */
export function retryAfterMs(headers: Headers, message: string, now: number): number | null {
  const milliseconds = positive(headers.get('retry-after-ms'));
  if (milliseconds !== null) return milliseconds;
  const header = headers.get('retry-after');
  const seconds = positive(header);
  if (seconds !== null) return seconds * 1000;
  // Every HTTP date names its month; Date.parse alone takes "-5" for one.
  const date = header !== null && /[a-z]{3}/i.test(header) ? Date.parse(header) : NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const said = /(?:try again|retry) (?:in|after) (\d+(?:\.\d+)?) ?(ms|minute|min|m|second|sec|s)/i.exec(message);
  const unit = UNITS[said?.[2]?.toLowerCase() ?? ''];
  return said === null || unit === undefined ? null : Math.ceil(Number(said[1]) * unit);
}

function positive(text: string | null): number | null {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null;
}
