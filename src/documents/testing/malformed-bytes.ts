import fc from 'fast-check';

const bytes = (...values: readonly number[]): fc.Arbitrary<readonly number[]> => fc.constant(values);

/** Parts of UTF-8 as a decoder may meet them: whole, cut, too long, out of range, or noise. */
const part: fc.Arbitrary<readonly number[]> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }).map((text) => [...new TextEncoder().encode(text)]) },
  fc.constantFrom(...'\n\r\t a\0\x01').map((char) => [char.charCodeAt(0)]),
  bytes(0xef, 0xbb, 0xbf),
  bytes(0xef, 0xbf, 0xbd),
  bytes(0xc3),
  bytes(0xe2, 0x82),
  bytes(0xf0, 0x9f, 0xa7),
  bytes(0xc0, 0x80),
  bytes(0xc1, 0xbf),
  bytes(0xe0, 0x9f, 0xbf),
  bytes(0xed, 0xa0, 0x80),
  bytes(0xed, 0x9f, 0xbf),
  bytes(0xf0, 0x8f, 0xbf, 0xbf),
  bytes(0xf4, 0x8f, 0xbf, 0xbf),
  bytes(0xf4, 0x90, 0x80, 0x80),
  bytes(0xf8, 0x88, 0x80, 0x80, 0x80),
  fc.nat(9).map((count) => Array.from({ length: count }, () => 0x80)),
  fc.array(fc.nat(255), { maxLength: 4 }),
);

/** Bytes that may or may not be UTF-8, as a view at any alignment. */
export const malformedBytes: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc
  .tuple(fc.array(part, { maxLength: 12 }), fc.nat(3))
  .map(([parts, offset]) => {
    const values = parts.flat();
    const view = new Uint8Array(new ArrayBuffer(values.length + offset), offset);
    view.set(values);
    return view;
  });
