import { constants, crc32, deflateRawSync } from 'node:zlib';

/** An entry as it goes into an archive: packed already, and with whatever name and sizes it claims. */
export interface MadeEntry {
  /** Written as it is: may climb out of the folder, or be a drive's. */
  readonly name: string;
  readonly packed: Buffer;
  readonly crc: number;
  readonly size: number;
  /** Says that it is encrypted. */
  readonly locked?: boolean;
}

export function entryOf(name: string, content: string | Buffer): MadeEntry {
  const bytes = Buffer.from(content);
  return { name, packed: deflateRawSync(bytes), crc: crc32(bytes), size: bytes.length };
}

/** An entry of `megabytes` of one letter, about a thousandth of that packed; never held unpacked. */
export function bombEntry(name: string, megabytes: number): MadeEntry {
  const block = Buffer.alloc(1_000_000, 'a');
  // A full flush forgets what was before, so that a block can follow itself any number of times.
  const packedBlock = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const end = deflateRawSync(Buffer.alloc(0));
  let crc = 0;
  for (let n = 0; n < megabytes; n++) crc = crc32(block, crc);
  const packed = Buffer.concat([...Array.from({ length: megabytes }, () => packedBlock), end]);
  return { name, packed, crc, size: megabytes * block.length };
}

/** A ZIP of these. `overlapping` lets all names point at the bytes of the first entry. */
export function zipOf(entries: readonly MadeEntry[], overlapping = false): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [index, { name, packed, crc, size, locked = false }] of entries.entries()) {
    const at = overlapping ? 0 : offset;
    const bytes = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    // Bit 11: names are UTF-8. Bit 0: encrypted.
    fields.writeUInt16LE(0x800 | (locked ? 1 : 0), 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt16LE(0x5821, 8);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(bytes.length, 22);
    if (!overlapping || index === 0) {
      files.push(Buffer.from('PK\u0003\u0004'), fields, bytes, packed);
      offset += 4 + fields.length + bytes.length + packed.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\0'), fields, rest, bytes);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, listed, Buffer.from('PK\u0005\u0006'), end]);
}
