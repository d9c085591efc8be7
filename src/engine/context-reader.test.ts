import { expect, it } from 'vitest';
import { ReplError, type Repl } from '../repl/port.ts';
import { runScript, type ScriptedRun } from './testing/run-script.ts';

/** The reader as the base model uses it: what came of the documents is its prompt. */
async function read(script: Partial<ScriptedRun>) {
  const run = await runScript({ method: 'base', rlm: {}, sub: () => 'ok', ...script });
  return { ...run, prompt: run.model.requests[0]?.messages[0]?.content ?? '' };
}

/** Does something before each cell of the reader. */
const before = (cell: (code: string) => void) => (repl: Repl): Repl => ({
  async open(options, signal) {
    const session = await repl.open(options, signal);
    return {
      ...session,
      run(asked, host, runSignal) {
        cell(asked.code);
        return session.run(asked, host, runSignal);
      },
    };
  },
});

it('reads a long text in pieces that a cell can hand over', async () => {
  const text = Array.from({ length: 1_000_001 }, (_, n) => `${n % 10}=piece\n`).join('');
  const ranges: string[] = [];
  const { prompt } = await read({
    documents: [{ name: 'a.txt', text }],
    windowTokens: () => 10_000_000,
    wrap: before((code) => ranges.push(/slice\((.*?)\)/.exec(code)?.[1] ?? '')),
  });
  expect(prompt.endsWith(text)).toBe(true);
  expect(ranges).toEqual(['0, 4000000', '4000000, 8000000', '8000000, 8000008']);
});

it('cuts no character in two', async () => {
  const text = '🎈'.repeat(4_000);
  const settings = { windowTokens: 1_000, overflow: 'truncate' } as const;
  for (const question of ['Q', 'QQ']) {
    const { prompt } = await read({ question, documents: [{ name: 'a.txt', text }], settings });
    expect(prompt.isWellFormed()).toBe(true);
    expect(prompt).toMatch(/(?:🎈)+$/u);
  }
});

it('reads on in another REPL where another session took its worker along, but not for ever', async () => {
  let losses = 0;
  const lose = (most: number) =>
    before(() => {
      if (losses++ < most) throw new ReplError('The worker is gone.', 'other');
    });
  const { prompt, repl } = await read({ wrap: lose(2) });
  expect(prompt).toMatch(/The secret word is plum\.$/);
  expect([repl.opened, repl.closed]).toEqual([3, 3]);
  losses = 0;
  const { end } = await read({ wrap: lose(100) });
  expect(end).toMatchObject({ outcome: 'failed', reason: 'The worker is gone.' });
  expect(losses).toBeLessThan(12);
});

it('says so where a text cannot be read', async () => {
  const { end } = await read({ wrap: (repl) => ({
    async open(options, signal) {
      const session = await repl.open(options, signal);
      return { ...session, run: (cell, host, runSignal) => session.run({ ...cell, code: 'nope()' }, host, runSignal) };
    },
  }) });
  expect(end).toMatchObject({ outcome: 'failed', reason: 'A document could not be read: nope is not defined.' });
});
