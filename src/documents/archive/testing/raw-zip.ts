import { crc32, deflateRawSync } from 'node:zlib';

type Bytes = Uint8Array<ArrayBuffer>;

/** An entry of a zip as it is written, lies and all. */
export interface RawEntry {
  /** Bytes, where it is no UTF-8. */
  readonly name: string | Bytes;
  readonly data: Uint8Array;
  /** What its headers say instead of the truth. */
  readonly says?: { readonly size?: number; readonly packed?: number; readonly crc?: number; readonly offset?: number };
  readonly stored?: boolean;
  readonly method?: number;
  /** General purpose bits; 0x800 says that the name is UTF-8, 8 that sizes stand behind the data. */
  readonly flags?: number;
  /** Bytes in place of the packed data. */
  readonly raw?: Uint8Array;
  readonly attributes?: number;
}

/** Writes a zip by the specification (APPNOTE 4.3), as programs would, and as no program would. */
export function rawZip(entries: readonly RawEntry[], says: { readonly count?: number; readonly comment?: string } = {}): Bytes {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const { data, says: lies = {}, flags = 0x800 } = entry;
    const name = typeof entry.name === 'string' ? new TextEncoder().encode(entry.name) : entry.name;
    const packed = entry.raw ?? (entry.stored === true ? data : deflateRawSync(data));
    const method = entry.method ?? (entry.stored === true ? 0 : 8);
    const size = lies.size ?? data.length;
    const packedSize = lies.packed ?? packed.length;
    const crc = lies.crc ?? crc32(data);
    const streamed = (flags & 8) !== 0;
    const common = (behind: boolean) => [
      u16(20), u16(flags), u16(method), u16(0), u16(0x5a21),
      u32(behind ? 0 : crc), u32(behind ? 0 : packedSize), u32(behind ? 0 : size), u16(name.length), u16(0),
    ];
    const local = join([u32(0x04034b50), ...common(streamed), name]);
    const descriptor = streamed ? join([u32(0x08074b50), u32(crc), u32(packedSize), u32(size)]) : new Uint8Array(0);
    parts.push(local, packed, descriptor);
    list.push(
      u32(0x02014b50), u16(20 + 3 * 256), ...common(false),
      u16(0), u16(0), u16(0), u32(entry.attributes ?? 0), u32(lies.offset ?? at), name,
    );
    at += local.length + packed.length + descriptor.length;
  }
  const directory = join(list);
  const count = says.count ?? entries.length;
  const comment = new TextEncoder().encode(says.comment ?? '');
  const end = join([u32(0x06054b50), u16(0), u16(0), u16(count), u16(count), u32(directory.length), u32(at), u16(comment.length), comment]);
  return join([...parts, directory, end]);
}

const u16 = (value: number): Uint8Array => new Uint8Array([value & 255, (value >> 8) & 255]);
const u32 = (value: number): Uint8Array =>
  new Uint8Array([value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255]);

export function join(parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts));
}
