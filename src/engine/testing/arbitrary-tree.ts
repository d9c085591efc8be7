import * as fc from 'fast-check';
import { ModelError } from '../../models/port.ts';
import { cell, type ScriptedRun } from './run-script.ts';
import type { Scripted } from './scripted-model.ts';

/** Prices of `arbitraryTree`: what a reply may cost at most, whatever the length of its prompt. */
const TREE_PRICE = 0.01;

interface Plan {
  /** What each cell asks, in parallel: a plain call, or a child with a plan. */
  readonly cells: readonly (readonly ('llm' | Plan)[])[];
  readonly fails: boolean;
}

const plans = (depth: number): fc.Arbitrary<Plan> => {
  const asks: fc.Arbitrary<'llm' | Plan>[] = [fc.constant('llm'), fc.constant('llm')];
  if (depth < 3) asks.push(plans(depth + 1));
  const asked = fc.array(fc.oneof(...asks), { maxLength: 4 });
  return fc.record({ cells: fc.array(asked, { minLength: 1, maxLength: 2 }), fails: fc.nat(9).map((n) => n === 0) });
};

/**
 * Trees of children and plain calls under limits that many of them meet, with faults of the model
 * at any place. No reply costs more than was reserved for it.
 */
export function arbitraryTree(): fc.Arbitrary<ScriptedRun> {
  const settings = fc.record({
    maxDepth: fc.constantFrom(1, 2, 3, 4),
    parallelSubCalls: fc.integer({ min: 1, max: 5 }),
    maxSubCalls: fc.integer({ min: 0, max: 30 }),
    budgetUsd: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
    maxTurns: fc.integer({ min: 2, max: 5 }),
    reuse: fc.constantFrom('never' as const, 'in-flight' as const, 'run' as const),
  });
  const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 });
  return fc.tuple(plans(0), settings, parts, fc.nat(9)).map(([root, limits, costs, faults]) => {
    const rlm: Record<string, readonly Scripted[]> = {};
    let numbered = 0;
    let replies = 0;
    const cost = () => TREE_PRICE * (costs[replies++ % costs.length] ?? 0);

    const write = (question: string, { cells, fails }: Plan) => {
      const codes = cells.map((asked) => {
        const queries = asked.map((ask) => {
          // Some ask the same.
          if (ask === 'llm') return `llm_query("p${numbered++ % 5}").catch(String)`;
          const name = `q${numbered++}`;
          write(name, ask);
          return `rlm_query("${name}", "text").catch(String)`;
        });
        return `answer = { content: "draft" }; await Promise.all([${queries.join(', ')}]); print(budget().usd)`;
      });
      const turns: Scripted[] = [...codes, 'FINAL("done")'].map((code) => ({ text: cell(code), costUsd: cost() }));
      rlm[question] = fails ? [...turns.slice(0, -1), new ModelError('rejected', 'No.')] : turns;
    };
    write('Q', root);
    return {
      rlm,
      sub(prompt, attempt) {
        const kind = (prompt.length + attempt + faults) % 7;
        if (kind === 0) return new ModelError('cut', 'The stream broke.');
        if (kind === 1 && faults % 2 === 0) return new ModelError('rejected', 'Too long.');
        return { text: 'ok', costUsd: cost(), latencyMs: attempt % 4 };
      },
      price: () => TREE_PRICE,
      latencyMs: 2,
      settings: limits,
    };
  });
}
