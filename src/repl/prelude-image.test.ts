import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { GuestMemory } from './guest-memory.ts';
import { createPrepared } from './prelude-image.ts';
import { Session } from './session.ts';
import { BUDGET } from './testing/test-session.ts';
import { stringText } from './texts/string-text.ts';

const file = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
const compiled = readFile(file).then((bytes) => WebAssembly.compile(bytes));

async function open(text: string, memoryBytes = 2 ** 28) {
  const wasm = await compiled;
  const session = await Session.open(
    { single: true, texts: [stringText(text)], documents: [{ name: 'a', kind: 'text', chars: text.length, lines: 1 }] },
    { memoryBytes, wasm, printing: 'notebook' },
  );
  return async (code: string) => {
    let printed = '';
    const outcome = await session.run(
      { code, cpuMs: 5000, budget: BUDGET, now: 0, seed: 0 },
      { print: (piece) => (printed += piece), query: () => Promise.reject(new Error('none')) },
      new AbortController().signal,
    );
    expect(outcome.error).toBeNull();
    return printed;
  };
}

describe('sessions from the image of one', () => {
  it('work as the first does, each by itself', async () => {
    const runs = [await open('first'), await open('second'), await open('third', 2 ** 30)];
    for (const [index, run] of runs.entries()) {
      expect(await run(`mine = ${index}; Array.prototype.mark = ${index}; print(context, [].mark)`)).toMatch(
        new RegExp(`^(first|second|third) ${index}\n`),
      );
    }
    for (const [index, run] of runs.entries()) expect(await run('print(mine, [].mark)')).toBe(`${index} ${index}\n`);
  });

  it('take memory and give it back, with texts of any kind', async () => {
    const run = await open('中文 😀\0 ', 2 ** 27);
    expect(await run('big = "x".repeat(40e6); big = null; list = Array.from({ length: 1e5 }, (_, i) => ({ i })); print(list.at(-1).i, context)')).toBe(
      '99999 中文 😀\0 \n',
    );
  });

  it('hold nothing of the prelude that a cell could reach', async () => {
    await open('first');
    const run = await open('second');
    expect(await run('print(Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith("__")))')).toBe('["__repl"]\n');
  });

  it('are the same, word for word, as where the prelude was compiled', async () => {
    const wasm = await WebAssembly.compile(await readFile(file));
    const memories = [new GuestMemory(2 ** 27).memory, new GuestMemory(2 ** 27).memory];
    for (const memory of memories) await createPrepared(wasm, memory);
    const [compiledHere, image] = memories.map(({ buffer }) => new BigUint64Array(buffer));
    let different = 0;
    compiledHere?.forEach((word, index) => (different += word === image?.[index] ? 0 : 1));
    // The engine seeds its random numbers with the time; ours come from the cell.
    expect(different).toBeLessThanOrEqual(1);
  });
});
