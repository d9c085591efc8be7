/** QuickJS's string header on wasm32: reference count, length and width, hash, atom link. */
export const HEADER_BYTES = 16;
/** The bit of the header's second word that tells 16-bit units from 8-bit ones. */
export const WIDE = 0x8000_0000;
/** The tag of a plain string in the upper half of a value. */
const STRING_TAG = -7;
/** Arguments of one `String.fromCharCode`. */
const CHUNK_UNITS = 8192;
/** Up to this, a decoder is more work than it saves. */
const SMALL_UNITS = 64;

/** A string where it lies in the guest's memory. */
export interface GuestUnits {
  /** Identifies the string while somebody holds it. */
  readonly address: number;
  readonly length: number;
  /** Copies it into V8, unit for unit. */
  read(): string;
}

/**
 * The string of the value at `pointer` (the engine and its layout are pinned, and checked once for
 * each instance); null where the value is none, or a rope that is yet to be put together.
 */
export function unitsOf(memory: ArrayBuffer, pointer: number): GuestUnits | null {
  const view = new DataView(memory);
  if (view.getInt32(pointer + 4, true) !== STRING_TAG) return null;
  const address = view.getUint32(pointer, true);
  const header = view.getUint32(address + 4, true);
  const isWide = header >= WIDE;
  const length = isWide ? header - WIDE : header;
  const start = address + HEADER_BYTES;
  return {
    address,
    length,
    read: () =>
      isWide
        ? readWide(new Uint16Array(memory, start, length))
        : readNarrow(new Uint8Array(memory, start, length)),
  };
}

function readWide(units: Uint16Array): string {
  try {
    return new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(units);
  } catch {
    // A lone surrogate, which no decoder lets through.
    return fromUnits(units);
  }
}

function readNarrow(bytes: Uint8Array): string {
  if (bytes.length <= SMALL_UNITS) return String.fromCharCode(...bytes);
  if (isAscii(bytes)) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // The decoder called "latin1" is one of windows-1252, which differs between 0x80 and 0x9f.
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(new Uint16Array(bytes));
}

function isAscii(bytes: Uint8Array): boolean {
  const aligned = Math.min(bytes.length, (4 - (bytes.byteOffset & 3)) & 3);
  const words = (bytes.length - aligned) >> 2;
  const inWords = new Uint32Array(bytes.buffer, bytes.byteOffset + aligned, words);
  let seen = 0;
  for (let i = 0; i < words; i++) seen |= inWords[i] ?? 0;
  for (let i = 0; i < aligned; i++) seen |= bytes[i] ?? 0;
  for (let i = aligned + words * 4; i < bytes.length; i++) seen |= bytes[i] ?? 0;
  return (seen & 0x8080_8080) === 0;
}

function fromUnits(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK_UNITS) {
    text += String.fromCharCode(...units.subarray(at, at + CHUNK_UNITS));
  }
  return text;
}
