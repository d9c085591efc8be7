import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLocalRepl } from './local-repl.ts';
import { read, source } from './testing/documents.ts';
import { BUDGET } from './testing/test-session.ts';
import { stringText } from './texts/string-text.ts';
import { warmUp } from './warm-up.ts';
import type { ReplSession } from './port.ts';

const context = { kind: 'documents', ids: ['a.txt'] } as const;
const signal = new AbortController().signal;
const LINES = 'a line of text\n'.repeat(20_000);

async function printed(session: ReplSession, code: string): Promise<string> {
  let text = '';
  const cell = { code, cpuMs: 5000, budget: BUDGET, now: 0, seed: 0 };
  await session.run(cell, { print: (more) => (text += more), query: () => Promise.reject(new Error('none')) }, signal);
  return text;
}

const compiled = async (): Promise<WebAssembly.Module> =>
  WebAssembly.compile(
    await readFile(createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm')),
  );

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a REPL in this thread', () => {
  it('gives the memory of what it has read of a file back', async () => {
    const buffers: ArrayBuffer[] = [];
    const document = source('a.txt', LINES);
    // Node has none: the real one reads a blob at once, as this does.
    class Reader {
      readAsArrayBuffer(part: { readonly from: number; readonly to: number }): ArrayBuffer {
        const bytes = new Uint8Array(read(document.text.blob, part.from, part.to));
        buffers.push(bytes.buffer);
        return bytes.buffer;
      }
    }
    vi.stubGlobal('FileReaderSync', Reader);
    const blob = {
      size: document.text.blob.size,
      slice: (from: number, to: number) => ({ from, to, arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)) }),
    } as unknown as Blob;
    const repl = createLocalRepl({ documents: [{ ...document, text: { ...document.text, blob } }], heldBytes: 0 });
    const session = await repl.open({ context, memoryBytes: 2 ** 20 }, signal);
    expect(await printed(session, 'print(context.slice(30, 44), context.indexOf("none"))')).toBe('a line of text -1\n');
    expect(buffers.length).toBeGreaterThan(1);
    expect(buffers.every(({ byteLength }) => byteLength === 0)).toBe(true);
  });

  it('is warm after the first session: the file has been read, and nothing shows', async () => {
    let reads = 0;
    const repl = createLocalRepl({
      documents: [source('a.txt', LINES)],
      wasm: await compiled(),
      heldBytes: 0,
      read: (...args) => {
        reads += 1;
        return read(...args);
      },
    });
    const session = await repl.open({ context, memoryBytes: 2 ** 20 }, signal);
    expect(reads).toBe(0);
    await vi.waitFor(() => expect(reads).toBe(1));
    expect(await printed(session, 'print(typeof part, SHOW_VARS())')).toMatch(/^undefined/);
    await repl.open({ context, memoryBytes: 2 ** 20 }, signal);
    await new Promise((resolve) => setTimeout(resolve));
    expect(reads).toBe(1);
  });

  it('is warmed up in silence over a file that has gone', async () => {
    const gone = { ...stringText('text'), whole: null, slice: (): string => { throw new Error('gone'); } };
    const loaded = { single: true, documents: [], texts: [gone] };
    await expect(warmUp(loaded, { memoryBytes: 2 ** 24, wasm: null, printing: 'notebook' })).resolves.toBeUndefined();
  });
});
