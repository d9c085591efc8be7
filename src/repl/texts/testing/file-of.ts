import fc from 'fast-check';
import type { TextEncoding, TextSource } from '../../../documents/document.ts';
import { fileText } from '../file-text.ts';
import type { HostText } from '../host-text.ts';

/** A text in a "file" of bytes in memory, and the string it must behave like. */
export interface FileOf {
  readonly text: HostText;
  readonly expected: string;
}

/**
 * @param every bytes between two places of the index, at least, where the encoding needs one.
 * @param chunk units that are read together for small slices.
 */
export function fileOf(
  content: string,
  { encoding = 'utf-8', mark = false, odd = false, every = 5, chunk = 3, pulse = () => {} }: {
    readonly encoding?: TextEncoding;
    readonly mark?: boolean;
    readonly odd?: boolean;
    readonly every?: number;
    readonly chunk?: number;
    readonly pulse?: () => void;
  } = {},
): FileOf {
  const body = bytesOf(content, encoding, odd);
  const head = mark ? bytesOf('\ufeff', encoding, false) : [];
  const skip = mark && encoding !== 'windows-1252' ? head.length : 0;
  const bytes = new Uint8Array(skip === 0 ? body : [...head, ...body]);
  const expected = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(skip));
  const index = encoding === 'utf-8' && expected.length < body.length ? indexOf(bytes, skip, every) : null;
  const source: TextSource = { blob: new Blob([bytes]), encoding, skip, index };
  const read = (_: Blob, from: number, to: number): Uint8Array => bytes.slice(from, to);
  // Whoever looks at bytes that have been given back sees that they are gone.
  const release = (bytes: Uint8Array): void => void bytes.fill(0x21);
  return { text: fileText(source, expected.length, { document: 'd', read, release, chunk, pulse }), expected };
}

/** Text or not, in any of the encodings, read in tiny pieces. */
export const anyFile = (content: fc.Arbitrary<string>): fc.Arbitrary<FileOf> =>
  fc
    .record({
      content,
      encoding: fc.constantFrom<TextEncoding>('utf-8', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
      mark: fc.boolean(),
      odd: fc.boolean(),
      every: fc.integer({ min: 1, max: 20 }),
      chunk: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ content, ...options }) => fileOf(content, options));

/** What may go wrong in a text: pairs, halves of them, NULs, marks, several bytes, line ends. */
export const hardText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      'a', 'b', 'A', 'ab', 'c', '1', '_', ' ', '"', ',', '\n', '\r\n', '\t', '\0', '\u2028',
      'é', 'ß', 'ſ', 'K', 'K', 'Σ', 'ς', '漢', '字', '\ufeff', '😀', '😁', '𐐀', '𐐨', '\ud83d', '\ude00',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** Texts of every kind with the string each must behave like. */
export const anyText: fc.Arbitrary<FileOf> = anyFile(hardText);

function bytesOf(text: string, encoding: TextEncoding, odd: boolean): number[] {
  switch (encoding) {
    case 'utf-8':
      return [...new TextEncoder().encode(text)];
    case 'windows-1252':
      // Node 20 loses a byte 255 where it begins what is decoded with `ignoreBOM`.
      return Array.from({ length: text.length }, (_, at) => Math.min(254, text.charCodeAt(at) & 0xff));
    case 'utf-16le':
    case 'utf-16be': {
      const bytes = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((unit) =>
        encoding === 'utf-16le' ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff],
      );
      return odd ? [...bytes, 0x41] : bytes;
    }
  }
}

function indexOf(bytes: Uint8Array, skip: number, every: number): TextSource['index'] {
  const places: { readonly byte: number; readonly char: number }[] = [{ byte: skip, char: 0 }];
  let char = 0;
  for (let byte = skip; byte < bytes.length; byte++) {
    const value = bytes[byte] ?? 0;
    if ((value & 0xc0) === 0x80) continue;
    if (byte - (places.at(-1)?.byte ?? 0) >= every) places.push({ byte, char });
    char += value >= 0xf0 ? 2 : 1;
  }
  return {
    bytes: Float64Array.from(places, ({ byte }) => byte),
    chars: Float64Array.from(places, ({ char }) => char),
  };
}
