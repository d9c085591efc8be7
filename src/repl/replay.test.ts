import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Session } from './session.ts';
import { stringText } from './texts/string-text.ts';
import type { CellError } from '../trajectory/events.ts';
import type { BudgetView, ReplHost } from './port.ts';

/**
 * A differential test: 40 trajectories of a frontier model that wrote JavaScript in another REPL
 * (openprose/node-rlm over ARC-AGI-2 tasks), run again in ours. That REPL printed `String(arg)`
 * joined by spaces and echoed nothing, which `printing: 'string'` matches. It had `__ctx` and
 * `rlm()`, and did not hoist functions: that may differ.
 */
const corpora = new URL('../../../shared/corpora/', import.meta.url);
const logs = ['logs/node-rlm/run-026.json', 'logs/node-rlm/run-027.json'];
const isThere = logs.every((log) => existsSync(new URL(log, corpora)));

interface RecordedCell {
  readonly code: readonly string[];
  readonly output: string;
  readonly error: string | null;
}
interface RecordedRun {
  readonly taskId: string;
  readonly trace: readonly RecordedCell[];
}

const budget: BudgetView = { calls: 0, tokens: null, usd: null, turns: 0, seconds: 0 };
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, corpora), 'utf8'));

async function replay(run: RecordedRun) {
  const task = readFileSync(new URL(`arc-agi-2/${run.taskId.replace('arc-', '')}.json`, corpora), 'utf8');
  // The original gave the model the task without its answers, as one line of JSON.
  const parsed = JSON.parse(task) as { train: unknown; test: { input: unknown }[] };
  const context = JSON.stringify({
    train: parsed.train,
    test: parsed.test.map(({ input }) => ({ input })),
  });
  const session = await Session.open(
    { single: true, texts: [stringText(context)], documents: [{ name: 'task', kind: 'text', chars: 0, lines: 1 }] },
    { memoryBytes: 2 ** 29, wasm: null, printing: 'string' },
  );
  const outcomes = [];
  for (const cell of run.trace) {
    let printed = '';
    const host: ReplHost = {
      print: (text) => (printed += text),
      query: () => Promise.resolve({ ok: false, message: 'no model here', budget, now: 0 }),
    };
    const outcome = await session.run(
      { code: cell.code.join('\n'), cpuMs: 60_000, budget, now: 0, seed: 1 },
      host,
      new AbortController().signal,
    );
    outcomes.push({ cell, printed: printed.replace(/\n$/, ''), error: outcome.error });
  }
  return outcomes;
}

function causeOf(cell: RecordedCell, error: CellError | null): string {
  if (error?.message.includes('__ctx')) return 'a name that only their REPL has';
  if (cell.error?.endsWith('is not a function') && !error) return 'their functions were not hoisted';
  return 'unknown';
}

describe.skipIf(!isThere)('recorded cells of a frontier model', () => {
  it('print in our REPL what they printed in theirs, 99 of 100', { timeout: 300_000 }, async () => {
    let same = 0;
    let nonEmpty = 0;
    const different: string[] = [];
    for (const log of logs) {
      const { results } = read(log) as { results: readonly RecordedRun[] };
      for (const run of results) {
        for (const [index, { cell, printed, error }] of (await replay(run)).entries()) {
          if (cell.output === '') continue;
          nonEmpty += 1;
          if (printed === cell.output) {
            same += 1;
            continue;
          }
          different.push(
            [
              causeOf(cell, error),
              `${log.slice(-12, -5)} ${run.taskId} cell ${index + 1}`,
              `recorded ${cell.error ?? 'no error'}`,
              `ours ${error ? `${error.name}: ${error.message}` : 'no error'}`,
            ].join(' | '),
          );
        }
      }
    }
    process.stdout.write(
      `${same} of ${nonEmpty} outputs identical; the others, by cause:\n${different.join('\n')}\n`,
    );
    expect(nonEmpty).toBeGreaterThan(600);
    expect(same / nonEmpty).toBeGreaterThanOrEqual(0.99);
  });
});

describe.runIf(!isThere)('recorded cells of a frontier model', () => {
  it.skip(`need ${corpora.pathname}logs/node-rlm and arc-agi-2, which are not here`, () => {});
});
