import { compareFinish } from './cells/compare.ts';
import type { Turn } from './cells/cell.ts';
import { printedJson } from './conversation.ts';
import { figureOf } from './sides.ts';
import type { Comparison } from './sides.ts';

interface SideFound {
  readonly name: string;
  readonly answer: string | null;
}

/** Compares the two facts the compare cell printed; null where one of them is missing. */
export function compareVerdict(comparison: Comparison | null, output: string): Turn | null {
  const [a, b] = printedJson(output, 'side') as SideFound[];
  if (comparison === null || a?.answer == null || b?.answer == null) return null;
  const left = figureOf(a.answer, comparison.by);
  const right = figureOf(b.answer, comparison.by);
  if (left === null || right === null) return null;
  const facts = `(${a.name}: ${a.answer}; ${b.name}: ${b.answer}).`;
  if (left === right) return compareFinish('Both are equal', facts);
  const firstWins = comparison.wants === 'least' ? left < right : left > right;
  if (comparison.yesNo) return compareFinish(firstWins ? 'Yes' : 'No', `${facts}`);
  return compareFinish(firstWins ? a.name : b.name, facts);
}
