import { createByteCounter } from '../count-bytes.ts';
import { createUnitCounter } from '../count-units.ts';
import type { SourceDocument } from '../document.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const utf16 = (text: string, littleEndian: boolean): Bytes => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
  return bytes;
};

/** A document of these bytes in an encoding, with an entry of its indexes every `window` bytes or units. */
export function countedDocument(bytes: Bytes, encoding: 'bytes' | 'utf-8' | 'utf-16le' | 'utf-16be', window: number): SourceDocument {
  // Nothing but UTF-8 begins with a byte-order mark.
  const skip = encoding === 'utf-8' ? 3 : 0;
  const counter =
    encoding === 'bytes' || encoding === 'utf-8' ? createByteCounter(skip, window) : createUnitCounter(encoding, window);
  counter.add(bytes);
  const count = counter.finish();
  const blob = new Blob(skip > 0 ? [Uint8Array.of(0xef, 0xbb, 0xbf), bytes] : [bytes]);
  const { chars, lines, index, lineIndex } = count;
  return {
    info: { id: 'd', name: 'a.txt', kind: 'text', chars, lines, bytes: blob.size, sha256: '' },
    text: { blob, encoding: count.encoding, skip, index, lineIndex },
    notice: null,
  };
}

/** A text as a document in UTF-8 or UTF-16. */
export function encodedDocument(text: string, encoding: 'utf-8' | 'utf-16le' | 'utf-16be', window: number): SourceDocument {
  const bytes = encoding === 'utf-8' ? new TextEncoder().encode(text) : utf16(text, encoding === 'utf-16le');
  return countedDocument(bytes, encoding, window);
}
