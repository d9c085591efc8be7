import fc from 'fast-check';
import type { SourceDocument } from '../document.ts';
import { countedDocument, encodedDocument } from './encoded-document.ts';
import { malformedBytes } from './malformed-bytes.ts';

const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\n\n', 'é漢\n', '\ud83e', '\u{1f9f8}', 'abcdefghij')), { maxLength: 14 })
  .map((parts) => parts.join(''));

const window = fc.integer({ min: 1, max: 12 });

/** Documents in every encoding, damaged or not, with dense indexes. */
export const arbitraryDocument: fc.Arbitrary<SourceDocument> = fc.oneof(
  fc.tuple(text, fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const), window).map((asked) => encodedDocument(...asked)),
  fc.tuple(malformedBytes, fc.constantFrom('utf-8' as const, 'utf-16le' as const), window).map((asked) => countedDocument(...asked)),
  // Latin letters in one byte each are no UTF-8; older versions of Node decode the other signs otherwise.
  fc
    .tuple(fc.array(fc.constantFrom(10, 97, 0xe9, 0xfc), { maxLength: 40 }), window)
    .map(([bytes, size]) => countedDocument(Uint8Array.from([...bytes, 0xe9]), 'bytes', size)),
);
