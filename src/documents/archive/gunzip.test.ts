import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { gunzip } from './gunzip.ts';
import { StrictGunzip } from './testing/strict-gunzip.ts';

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

describe('gunzip over a stream that takes one member only, as browsers have it', () => {
  beforeAll(() => void vi.stubGlobal('DecompressionStream', StrictGunzip));
  afterAll(() => void vi.unstubAllGlobals());

  test('members on end are one file, empty ones too', async () => {
    const parts = [text(9000), text(0), text(3), text(20_000, 'row'), text(1)];
    const { file, notice } = await run(bytes(...parts.map((part) => gzipSync(part)))).result;
    expect((await content(file)).equals(Buffer.concat(parts))).toBe(true);
    expect(notice).toBe(null);
  });

  test('members end where they end, wherever that is among the steps', async () => {
    const step = 64 * 1024;
    // Uncompressed, a member is about as long as what is in it.
    for (let less = 0; less < 60; less++) {
      const filler = text(12_000).subarray(0, step - less);
      const first = gzipSync(filler, { level: 0 });
      const { file, notice } = await run(bytes(first, gzipSync(text(50, 'second')))).result;
      expect([less, notice, (await content(file)).equals(Buffer.concat([filler, text(50, 'second')]))]).toEqual([less, null, true]);
    }
  });

  test('bytes that look like the beginning of a member are data', async () => {
    const lookalike = Buffer.concat([text(500), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), text(500)]);
    const packed = gzipSync(lookalike, { level: 0 });
    const { file, notice } = await run(bytes(packed, gzipSync(text(2)))).result;
    expect((await content(file)).equals(Buffer.concat([lookalike, text(2)]))).toBe(true);
    expect(notice).toBe(null);
  });

  test.each([
    ['zeros', Buffer.alloc(5000), null],
    ['a text', Buffer.from('some text '.repeat(500)), '5,000 bytes behind the packed data are not packed themselves and were left out.'],
  ])('%s behind it: all of the file is there', async (_, junk, told) => {
    const { file, notice } = await run(bytes(gzipSync(text(5000)), gzipSync(text(30)), junk)).result;
    expect((await content(file)).equals(Buffer.concat([text(5000), text(30)]))).toBe(true);
    expect(notice).toBe(told);
  });

  test('what is cut off in its second member gives the first and what came', async () => {
    const second = gzipSync(text(20_000));
    const { file, notice } = await run(bytes(gzipSync(text(3000)), second.subarray(0, second.length / 2))).result;
    const got = await content(file);
    expect(Buffer.concat([text(3000), text(20_000)]).subarray(0, got.length).equals(got)).toBe(true);
    expect(got.length).toBeGreaterThan(text(3000).length + 100_000);
    expect(notice).toMatch(/damaged or was cut off/);
  });

  test('any number of members of any size come back', async () => {
    const members = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(members, fc.nat(30), async (parts, zeros) => {
        const { file, notice } = await run(bytes(...parts.map((part) => gzipSync(part)), Buffer.alloc(zeros))).result;
        expect((await content(file)).equals(Buffer.concat(parts))).toBe(true);
        expect(notice).toBe(null);
      }),
      { numRuns: 60 },
    );
  });
});
