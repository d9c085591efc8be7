import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gunzip } from './gunzip.ts';

const text = (lines: number, word = 'line'): Buffer =>
  Buffer.from(Array.from({ length: lines }, (_, i) => `${word} ${i} ${(i * 2654435761) % 4294967296}\n`).join(''));
const run = (bytes: Uint8Array<ArrayBuffer>, name = 'app.log.gz', signal = new AbortController().signal) => {
  const progress: number[] = [];
  return { progress, result: gunzip(new Blob([bytes]), name, { signal, onProgress: (done) => void progress.push(done) }) };
};
const bytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));
const content = async (file: Blob): Promise<Buffer> => Buffer.from(await file.arrayBuffer());

describe('gunzip', () => {
  test('gives the file inside, named so', async () => {
    const { result, progress } = run(bytes(gzipSync(text(100_000))));
    const { file, notice } = await result;
    expect(file.name).toBe('app.log');
    expect(notice).toBe(null);
    expect((await content(file)).equals(text(100_000))).toBe(true);
    expect(progress.at(-1)).toBe(gzipSync(text(100_000)).length);
  });

  test.each([
    ['notes.txt.gz', 'notes.txt'],
    ['backup.TGZ', 'backup.tar'],
    ['../../x.csv.gz', 'x.csv'],
    ['.gz', 'unnamed'],
    ['data', 'data'],
  ])('%s becomes %s', async (name, inner) => {
    expect((await run(bytes(gzipSync(text(3))), name).result).file.name).toBe(inner);
  });

  test('members on end are one file, empty ones too', async () => {
    const packed = bytes(...[text(50_000), text(0), text(3), text(20_000, 'row')].map((part) => gzipSync(part)));
    const { file, notice } = await run(packed).result;
    expect(notice).toBe(null);
    expect((await content(file)).equals(Buffer.concat([text(50_000), text(3), text(20_000, 'row')]))).toBe(true);
  });

  test('thousands of members come back', async () => {
    const packed = bytes(...Array.from({ length: 2000 }, (_, i) => gzipSync(text(5, `m${i}`))));
    const { file } = await run(packed).result;
    expect(String(await content(file))).toBe(Array.from({ length: 2000 }, (_, i) => String(text(5, `m${i}`))).join(''));
  });

  test('a log that is cut off gives what came, and says so', async () => {
    const whole = text(200_000);
    const packed = gzipSync(whole);
    const { file, notice } = await run(bytes(packed.subarray(0, packed.length / 2))).result;
    const got = await content(file);
    expect(got.length).toBeGreaterThan(whole.length / 3);
    expect(whole.subarray(0, got.length).equals(got)).toBe(true);
    expect(notice).toMatch(/damaged or was cut off: only its first [\d.]+ MB are here\.$/);
  });

  test('a damaged place gives what came before it', async () => {
    const whole = text(200_000);
    const packed = bytes(gzipSync(whole));
    packed.fill(0xff, packed.length / 2, packed.length / 2 + 50);
    const { file, notice } = await run(packed).result;
    const got = await content(file);
    expect(got.length).toBeGreaterThan(whole.length / 3);
    // What deflate made of damaged bytes may be wrong until it notices; the most is right.
    expect(whole.subarray(0, whole.length / 3).equals(got.subarray(0, whole.length / 3))).toBe(true);
    expect(notice).toMatch(/damaged/);
  });

  test('zeros behind it are padding', async () => {
    const { file, notice } = await run(bytes(gzipSync(text(100)), Buffer.alloc(5000))).result;
    expect((await content(file)).equals(text(100))).toBe(true);
    expect(notice).toBe(null);
  });

  test.each([
    ['nothing', bytes()],
    ['no gzip at all', bytes(Buffer.from('plain text'))],
    ['only its beginning', bytes(gzipSync(text(100)).subarray(0, 12))],
  ])('%s is told in one sentence', async (_, packed) => {
    await expect(run(packed).result).rejects.toThrow(/^“app\.log\.gz” is .+: get it again, or add the file inside\.$/);
  });

  test('a bomb is refused while it grows', async () => {
    const zeros = gzipSync(Buffer.alloc(200_000_000));
    await expect(run(bytes(zeros)).result).rejects.toThrow(/^“app\.log\.gz” unpacks to more than 1000 times its size: it may be a zip bomb/);
  });

  test('is ended by its signal, with its reason', async () => {
    const reason = new Error('enough');
    await expect(run(bytes(gzipSync(text(1000))), 'a.gz', AbortSignal.abort(reason)).result).rejects.toBe(reason);
  });

  test('any bytes, cut and flipped anywhere, give data or a sentence', async () => {
    const packed = bytes(gzipSync(text(2000)), gzipSync(text(500)));
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length), fc.nat(packed.length - 1), fc.nat(255), async (cut, at, value) => {
        const hurt = packed.slice();
        hurt[at] = value;
        const outcome = await run(hurt.slice(0, cut)).result.then(
          ({ file }) => file.size,
          (error: unknown) => error,
        );
        expect(typeof outcome === 'number' || (outcome instanceof Error && outcome.name === 'UnreadableFile')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
