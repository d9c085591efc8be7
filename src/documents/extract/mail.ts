import { formatBytes } from '../../base/format.ts';
import { readBytes } from '../blob-pieces.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { Extracted, ExtractTools, Extractor } from './extractor.ts';
import { MOST_MESSAGE_BYTES, mboxMessages } from './mail-mbox.ts';
import { type MailMessage, messageText } from './mail-message.ts';
import { markerLine } from './marker.ts';
import { notRead, sentences } from './markup/notices.ts';

const LAYOUT = 'From, To, Cc, Date and Subject, an empty line, the text, then attachments as “[attachment: name, type, size]”';

/**
 * The text of a mail, or of the mails of a mailbox, each a part of it. Attached texts and mails are
 * read with it, other attachments are listed.
 */
export const extractMail: Extractor = (file, tools) => (tools.kind === 'mbox' ? mailbox(file, tools) : oneMail(file, tools));

async function oneMail(file: Blob, { name, out, signal, onProgress }: ExtractTools): Promise<Extracted> {
  if (file.size > MOST_MESSAGE_BYTES) {
    throw new UnreadableFile(
      `“${name}” is a mail of ${formatBytes(file.size)}, and up to ${formatBytes(MOST_MESSAGE_BYTES)} can be read: save its text or its attachments and add those.`,
    );
  }
  onProgress(0, file.size, 'bytes');
  const bytes = await readBytes(file, 0, file.size);
  signal.throwIfAborted();
  let mail: MailMessage;
  try {
    mail = await messageText(withoutLength(bytes), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new UnreadableFile(
      `“${name}” could not be read as a mail (${reasonOf(error)}): open it in a mail program, save it as text and add that.`,
    );
  }
  if (mail.text.trim() === '') throw empty(name);
  out.write(mail.text);
  onProgress(file.size, file.size, 'bytes');
  return { shape: `A mail: ${LAYOUT}.`, notice: notRead(mail.unread, 'attachment') };
}

async function mailbox(file: Blob, { name, out, signal, onProgress }: ExtractTools): Promise<Extracted> {
  let number = 0;
  let unread = 0;
  let broken = 0;
  let large = 0;
  onProgress(0, file.size, 'bytes');
  for await (const { bytes, end } of mboxMessages(file, { signal })) {
    number++;
    let text: string;
    let subject = '';
    if (bytes === null) {
      large++;
      text = '(This mail is too large to be read.)\n';
    } else {
      try {
        const mail = await messageText(bytes, signal);
        ({ text, subject } = mail);
        unread += mail.unread;
      } catch (error) {
        signal.throwIfAborted();
        broken++;
        text = `(This mail could not be read: ${reasonOf(error)}.)\n`;
      }
    }
    const part = { kind: 'message', number, ...(subject === '' ? {} : { label: subject }) } as const;
    out.part(part);
    out.write(`${markerLine(part)}${text}\n`);
    onProgress(end, file.size, 'bytes');
  }
  if (number === 0 || large + broken === number) throw empty(name);
  return {
    shape: `A mailbox of ${number.toLocaleString('en')} mails, each after a line like “=== message 1: Subject ===”: ${LAYOUT}.`,
    notice: sentences([
      notRead(unread, 'attachment'),
      large > 0 && `Mails larger than ${formatBytes(MOST_MESSAGE_BYTES)} are left out: ${large.toLocaleString('en')}.`,
      broken > 0 && `Mails that are damaged are left out: ${broken.toLocaleString('en')}.`,
    ]),
  };
}

const empty = (name: string): UnreadableFile =>
  new UnreadableFile(`“${name}” holds no mail that can be read: save its mails as EML or text and add those.`);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 100);

/** Apple Mail writes the length of the mail before it, and its own notes behind it. */
function withoutLength(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const line = /^\s*(\d{1,10})\s*\n/.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 32)));
  if (!line) return bytes;
  return bytes.subarray(line[0].length, line[0].length + Number(line[1]));
}
