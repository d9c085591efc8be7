import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { formatBytes } from '../../base/format.ts';
import { shortName } from '../name-list.ts';
import { kindOfName } from '../sniff.ts';
import { guessEncoding } from '../text-encoding.ts';
import { simpleMail } from './mail-simple.ts';
import { createComposer } from './markup/composer.ts';
import { createHtmlWalker } from './markup/html-walker.ts';
import { parseMarkup } from './markup/parse-markup.ts';

/** Messages attached to messages attached to messages. */
const DEEPEST = 5;
/** Bytes of an attached text that is read with its message. */
const MOST_ATTACHED = 2_000_000;

export interface MailMessage {
  readonly subject: string;
  /** Headers, an empty line, the text, attachments; `\n` line ends, one at the end. */
  readonly text: string;
  /** Attachments that are told by name only. */
  readonly unread: number;
}

/**
 * A mail as text.
 * @throws what postal-mime throws where the mail is nested or long beyond its bounds; the signal's reason.
 */
export async function messageText(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal, depth = 0): Promise<MailMessage> {
  const simple = simpleMail(bytes);
  const mail = await PostalMime.parse(simple?.head ?? bytes);
  const pieces = [headers(mail), '', simple ? plainLines(simple.text) : await body(mail, signal)];
  let unread = 0;
  for (const attachment of mail.attachments) {
    signal.throwIfAborted();
    const content = bytesOf(attachment);
    pieces.push('', attachmentLine(attachment, content.length));
    if (attachment.mimeType === 'message/rfc822' && depth < DEEPEST) {
      const inner = await messageText(content, signal, depth + 1);
      pieces.push(inner.text.trimEnd());
      unread += inner.unread;
    } else if (isText(attachment) && content.length <= MOST_ATTACHED) pieces.push(decoded(content).trimEnd());
    else unread++;
  }
  return { subject: shortName(mail.subject ?? '', 200), text: `${pieces.join('\n').trimEnd()}\n`, unread };
}

function headers(mail: Email): string {
  const date = mail.headers.find(({ key }) => key === 'date')?.value;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['From', mail.from && addressText(mail.from)],
    ['To', mail.to && addresses(mail.to)],
    ['Cc', mail.cc && addresses(mail.cc)],
    ['Date', date],
    ['Subject', mail.subject],
  ];
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${value.replace(/\s+/g, ' ').trim()}`] : [])).join('\n');
}

const addresses = (all: readonly Address[]): string => all.map(addressText).join(', ');

function addressText(address: Address): string {
  if (address.group !== undefined) return `${address.name}: ${address.group.map(addressText).join(', ')};`;
  if (!address.address) return address.name;
  return address.name ? `${address.name} <${address.address}>` : address.address;
}

/** The text as its writer wrote it, else what people see of its page. */
async function body({ text, html }: Email, signal: AbortSignal): Promise<string> {
  if (text?.trim() || !html) return plainLines(text ?? '');
  const pieces: string[] = [];
  let length = 0;
  const composer = createComposer({
    get length() {
      return length;
    },
    write(piece) {
      length += piece.length;
      pieces.push(piece);
    },
    part: () => {},
  });
  await parseMarkup([html], createHtmlWalker(composer), { syntax: 'html', signal });
  composer.finish();
  return pieces.join('').trimEnd();
}

const plainLines = (text: string): string => text.replace(/\r\n?/g, '\n').replaceAll('\0', '').trimEnd();

function attachmentLine({ filename, mimeType }: Attachment, bytes: number): string {
  const name = filename ? shortName(filename, 120) : 'without a name';
  return `[attachment: ${name}, ${shortName(mimeType, 80)}, ${formatBytes(bytes)}]`;
}

/** Style sheets and scripts of saved pages are no text to read. */
function isText({ mimeType, filename }: Attachment): boolean {
  if (/^text\/(?!html|css|javascript|rtf)|^application\/(?:json|ics)|^message\/delivery-status/.test(mimeType)) return true;
  const kind = mimeType === 'application/octet-stream' && filename ? kindOfName(filename) : null;
  return kind === 'text' || kind === 'markdown' || kind === 'csv' || kind === 'log';
}

function bytesOf({ content }: Attachment): Uint8Array<ArrayBuffer> {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
}

function decoded(bytes: Uint8Array): string {
  const { encoding } = guessEncoding(bytes);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return plainLines(new TextDecoder(encoding).decode(bytes));
  try {
    return plainLines(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return plainLines(new TextDecoder('windows-1252').decode(bytes));
  }
}
