type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A file of any size that is nowhere: its bytes are made when they are read. Only what documents
 * need of a File works: name, size, slice and arrayBuffer.
 * @param fill the bytes [from, to); they are copied.
 */
export function lazyFile(
  name: string,
  size: number,
  fill: (from: number, to: number) => Bytes | Promise<Bytes>,
): File {
  const part = (from: number, to: number): File =>
    Object.defineProperties(new File([], name), {
      size: { value: to - from },
      slice: {
        value: (start: number, end: number = Infinity) => part(from + start, Math.min(to, from + end)),
      },
      arrayBuffer: { value: async () => (await fill(from, to)).slice().buffer },
    });
  return part(0, size);
}

/**
 * A file of `period` over and over, with `marks` written over it at their bytes.
 * @param period of a length that divides 4096.
 */
export function repeatedFile(
  size: number,
  period: string,
  marks: readonly (readonly [at: number, text: string])[],
): File {
  const pattern = new TextEncoder().encode(period.repeat(4096 / period.length));
  const written = marks.map(([at, text]) => ({ at, bytes: new TextEncoder().encode(text) }));
  let plain = pattern;
  return lazyFile('huge.txt', size, (from, to) => {
    const shift = from % pattern.length;
    while (plain.length < to - from + shift) plain = doubled(plain);
    const marked = written.some(({ at, bytes }) => at < to && at + bytes.length > from);
    if (!marked && shift === 0 && to - from === plain.length) return plain;
    const bytes = plain.slice(shift, shift + to - from);
    for (const mark of written) {
      for (let i = 0; i < mark.bytes.length; i++) {
        const at = mark.at + i - from;
        if (at >= 0 && at < bytes.length) bytes[at] = mark.bytes[i] ?? 0;
      }
    }
    return bytes;
  });
}

function doubled(bytes: Uint8Array): Bytes {
  const twice = new Uint8Array(bytes.length * 2);
  twice.set(bytes);
  twice.set(bytes, bytes.length);
  return twice;
}
