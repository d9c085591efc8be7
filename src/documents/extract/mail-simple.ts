/** Bytes of headers that are looked through. */
const MOST_HEADERS = 65_536;

export interface SimpleMail {
  /** Its headers, with the empty line behind them. */
  readonly head: Uint8Array<ArrayBuffer>;
  readonly text: string;
}

/**
 * A mail that is one plain text, written as it is; else null. Most mails of old mailboxes are, and
 * postal-mime takes ten times as long for them, as it makes a Blob of their lines.
 */
export function simpleMail(bytes: Uint8Array<ArrayBuffer>): SimpleMail | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, MOST_HEADERS));
  const end = /\r?\n\r?\n/.exec(start);
  if (!end) return null;
  const headers = start.slice(0, end.index).replace(/\r?\n[ \t]+/g, ' ');
  const types = [...headers.matchAll(/^content-type:(.*)$/gim)].map(([, value = '']) => value.trim());
  const [type = ''] = types;
  if (types.length > 1 || /format\s*=\s*"?flowed|\(/i.test(type) || !/^(?:text\/plain\s*(?:;|$)|$)/i.test(type)) return null;
  if (/^content-disposition:/im.test(headers)) return null;
  if (/^content-transfer-encoding:(?!\s*(?:7bit|8bit|binary)\s*$)/im.test(headers)) return null;
  const label = labelOf(/charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8');
  if (label === null) return null;
  const body = end.index + end[0].length;
  return { head: bytes.subarray(0, body), text: decode(bytes.subarray(body), label) };
}

function labelOf(charset: string): 'utf-8' | 'windows-1252' | null {
  if (/^(?:utf-?8|us-ascii|ascii)$/i.test(charset)) return 'utf-8';
  return /^(?:iso-8859-1|windows-1252)$/i.test(charset) ? 'windows-1252' : null;
}

/** As said, unless it is plainly not so. */
function decode(bytes: Uint8Array, label: 'utf-8' | 'windows-1252'): string {
  if (label === 'utf-8') {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }
  return new TextDecoder(label).decode(bytes);
}
