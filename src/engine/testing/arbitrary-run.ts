import * as fc from 'fast-check';
import { ModelError } from '../../models/port.ts';
import { KILL } from './one-worker.ts';
import { cell, type ScriptedRun } from './run-script.ts';
import type { Scripted } from './scripted-model.ts';

/** What one cell does at once; each part has a number of its own in the whole run. */
type Part =
  | { readonly kind: 'llm'; readonly latencyMs: number; readonly faults: number }
  | { readonly kind: 'twice'; readonly latencyMs: number }
  | { readonly kind: 'rlm'; readonly cells: readonly CellPlan[] };

interface CellPlan {
  readonly parts: readonly Part[];
  readonly ends: 'well' | 'throws' | 'kills';
}

const latencyMs = fc.nat(30);
const cellPlans = (depth: number): fc.Arbitrary<readonly CellPlan[]> => {
  const llm = fc.record({ kind: fc.constant('llm' as const), latencyMs, faults: fc.constantFrom(0, 0, 0, 1, 2) });
  const twice = fc.record({ kind: fc.constant('twice' as const), latencyMs });
  const parts: fc.Arbitrary<Part>[] = [llm, llm, twice];
  if (depth < 2) parts.push(fc.record({ kind: fc.constant('rlm' as const), cells: cellPlans(depth + 1) }));
  const plan = fc.record({
    parts: fc.array(fc.oneof(...parts), { maxLength: 3 }),
    ends: fc.constantFrom('well' as const, 'well' as const, 'throws' as const, 'kills' as const),
  });
  return fc.array(plan, { minLength: 1, maxLength: 3 });
};

/**
 * Runs with sub-calls of all kinds in flight together, in any order of replies, with retries,
 * children, errors and cells that kill the worker of all. Every cell keeps what it saw in `seen`, in
 * the order in which it saw it, and prints it; the answer is all of it, so that it tells whether a
 * rebuilt REPL holds what the model was shown.
 */
export function arbitraryRun(): fc.Arbitrary<ScriptedRun> {
  return fc.tuple(cellPlans(0), fc.integer({ min: 1, max: 4 })).map(([plans, parallelSubCalls]) => {
    const rlm: Record<string, readonly Scripted[]> = {};
    const replies = new Map<string, { readonly latencyMs: number; readonly faults: number }>();
    let numbered = 0;

    const codeOf = (part: Part): string => {
      const name = `p${++numbered}`;
      const ask = (prompt: string) => `got.push(await llm_query(${prompt}));`;
      switch (part.kind) {
        case 'llm':
          replies.set(name, part);
          return `(async () => { ${ask(`"${name}"`)} })()`;
        case 'twice':
          for (const prompt of [name, `${name}+`]) replies.set(prompt, { ...part, faults: 0 });
          return `(async () => { ${ask(`"${name}"`)} ${ask(`"${name}+"`)} })()`;
        case 'rlm':
          write(name, part.cells);
          return `rlm_query("${name}", "text of ${name}").then((text) => got.push(text))`;
      }
    };
    const write = (question: string, cells: readonly CellPlan[]) => {
      const codes = cells.map(({ parts, ends }) => {
        const waits = `got = []; await Promise.all([${parts.map(codeOf).join(', ')}]); seen.push(got.join()); print(got.join());`;
        const kills = `print("before"); await 0; print("${KILL}")`;
        return ends === 'kills' ? `${waits} ${kills}` : ends === 'throws' ? `${waits} nope()` : waits;
      });
      const first = 'seen = []; print("begun")';
      const last = 'FINAL(JSON.stringify(seen))';
      rlm[question] = [first, ...codes, last].map((code) => ({ text: cell(code), costUsd: 0.001 }));
    };
    write('Q', plans);
    return {
      rlm,
      sub(prompt, attempt) {
        const { latencyMs: ms = 0, faults = 0 } = replies.get(prompt) ?? {};
        if (attempt <= faults) return new ModelError('cut', 'The stream broke.');
        return { text: `<${prompt}>`, latencyMs: ms, costUsd: 0.001 };
      },
      latencyMs: 5,
      settings: { maxDepth: 3, parallelSubCalls },
    };
  });
}
