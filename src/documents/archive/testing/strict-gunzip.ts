import { constants, inflateRawSync } from 'node:zlib';

const HEADER = 10;
const TRAILER = 8;

interface Inflated {
  readonly buffer: Buffer;
  /** How many bytes it took. */
  readonly engine: { readonly bytesWritten: number };
}

/**
 * `DecompressionStream('gzip')` as browsers have it and the standard says: one member, and an error
 * for whatever follows. That of Node 20 goes on to the next member. For members whose header has no
 * name, as `gzipSync` writes them; checksums are not looked at.
 */
export class StrictGunzip extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    let all = Buffer.alloc(0);
    let given = 0;
    let ended = false;
    super({
      transform(bytes, controller) {
        all = Buffer.concat([all, bytes]);
        if (all.length <= HEADER) return;
        const packed = all.subarray(HEADER);
        // Node's types leave out what `info` changes about the result.
        const result: unknown = inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, info: true });
        const { buffer, engine } = result as Inflated;
        const rest = packed.length - engine.bytesWritten;
        if (rest > TRAILER) throw new TypeError('Junk found after end of compressed data.');
        ended = rest === TRAILER;
        if (buffer.length > given) controller.enqueue(new Uint8Array(buffer.subarray(given)));
        given = buffer.length;
      },
      flush() {
        if (!ended) throw new TypeError('Compressed input was truncated.');
      },
    });
  }
}
