import type { SourceDocument, TextIndex } from '../../documents/document.ts';
import type { ReadBytes } from '../texts/host-text.ts';

/** Characters between two places of an index, at the least. */
const STEP = 1000;
const BYTES = new WeakMap<Blob, Uint8Array>();

/** A document of UTF-8 text, with an index where it needs one; its name is its id. */
export function source(name: string, text: string): SourceDocument {
  const bytes = new TextEncoder().encode(text);
  const blob = new Blob([bytes]);
  BYTES.set(blob, bytes);
  return {
    info: {
      id: name,
      name,
      kind: 'text',
      chars: text.length,
      lines: text === '' ? 0 : text.replace(/\n$/, '').split('\n').length,
      bytes: bytes.length,
      sha256: '',
      pages: 3,
    },
    text: {
      blob,
      encoding: 'utf-8',
      skip: 0,
      index: bytes.length === text.length ? null : indexOf(text),
    },
    notice: null,
  };
}

/** Reads the files of documents made by `source`, and those alone, at once: as a worker does. */
export const read: ReadBytes = (blob, from, to) => {
  const bytes = BYTES.get(blob);
  if (!bytes) throw new Error('this file is not there');
  return bytes.slice(from, to);
};

function indexOf(text: string): TextIndex {
  const bytes: number[] = [];
  const chars: number[] = [];
  let byte = 0;
  let char = 0;
  for (const point of text) {
    if (char >= chars.length * STEP) {
      bytes.push(byte);
      chars.push(char);
    }
    byte += new TextEncoder().encode(point).length;
    char += point.length;
  }
  return { bytes: Float64Array.from(bytes), chars: Float64Array.from(chars) };
}
