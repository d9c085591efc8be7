import type { DocumentPart } from '../document.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { TextSink } from './extractor.ts';

/** UTF-16 code units of text that are gathered before they become bytes. */
const GATHERED = 1 << 20;

/** Code units that the text of one extracted file may have. */
export const MOST_CHARS = 1_000_000_000;

export interface TextWriter extends TextSink {
  readonly parts: readonly DocumentPart[];
  /** The text so far as UTF-8; the browser may keep it on the disk. */
  finish(): Blob;
}

/** Gathers the text of a file as it is extracted, without ever holding it as one string. */
export function createTextWriter(name: string, mostChars: number = MOST_CHARS): TextWriter {
  const pieces: Blob[] = [];
  const parts: DocumentPart[] = [];
  let gathered: string[] = [];
  let waiting = 0;
  let length = 0;

  const flush = (): void => {
    let text = gathered.join('');
    // The low half of a pair may still come.
    const cut = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
    if (cut !== '') text = text.slice(0, -1);
    if (text !== '') pieces.push(new Blob([text]));
    gathered = cut === '' ? [] : [cut];
    waiting = cut.length;
  };

  return {
    get length() {
      return length;
    },
    parts,
    write(text) {
      length += text.length;
      if (length > mostChars) {
        throw new UnreadableFile(
          `“${name}” holds more than ${mostChars.toLocaleString('en')} characters of text: split it and add the parts.`,
        );
      }
      gathered.push(text);
      waiting += text.length;
      if (waiting >= GATHERED) flush();
    },
    part: (part) => void parts.push({ ...part, from: length }),
    finish() {
      flush();
      // A lone surrogate at the very end becomes U+FFFD, as everywhere else in a Blob's text.
      if (gathered.length > 0) pieces.push(new Blob(gathered));
      gathered = [];
      return new Blob(pieces, { type: 'text/plain' });
    },
  };
}
