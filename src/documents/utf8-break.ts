/**
 * Where UTF-8 may be cut, valid or not, so that both parts decoded afresh give the characters of the
 * whole: before every byte that continues no character (a decoder never takes one into a character,
 * but first ends a broken one), and after three that do (no character has more of them).
 */

/** The first such place at or after `from`, at most three bytes on; `bytes.length` where none is known before it. */
export function breakAfter(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (at === from + 3 || !continues(bytes[at] ?? 0)) return at;
  }
  return bytes.length;
}

/** The last such place in `bytes`, at most three bytes before the end, whatever may follow. */
export function lastBreak(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let at = length - 1; at >= 0 && at >= length - 3; at--) {
    const byte = bytes[at] ?? 0;
    if (!continues(byte)) return byte < 0x80 ? length : at;
  }
  return length >= 3 ? length : 0;
}

const continues = (byte: number): boolean => (byte & 0xc0) === 0x80;
