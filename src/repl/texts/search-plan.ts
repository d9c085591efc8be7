import { RegExpParser } from '@eslint-community/regexpp';
import { type IsCut, cutsOf } from './regex-cuts.ts';
import { edgeSource } from './regex-edge.ts';
import { reachOf } from './regex-reach.ts';

/** How an expression can be searched for in windows of a text. */
export interface SearchPlan {
  /** Units from the beginning of a match that it may depend on; Infinity where nothing bounds it. */
  readonly ahead: number;
  /** Units before the beginning of a match that it may depend on. */
  readonly behind: number;
  readonly isCut: IsCut | null;
  /** See `edgeSource`; with the flags of the expression. */
  readonly edge: RegExp | null;
}

const KEPT_PLANS = 16;
const plans = new Map<string, SearchPlan>();
const parser = new RegExpParser({ ecmaVersion: 2025 });

/** The plan for an expression, kept for the next call: cells search for the same in loops. */
export function searchPlan({ source, flags }: RegExp): SearchPlan {
  const key = `${flags}/${source}`;
  const kept = plans.get(key);
  if (kept) return kept;
  const plan = makePlan(source, flags);
  const oldest = plans.keys().next();
  if (plans.size >= KEPT_PLANS && !oldest.done) plans.delete(oldest.value);
  plans.set(key, plan);
  return plan;
}

function makePlan(source: string, flags: string): SearchPlan {
  try {
    const pattern = parser.parsePattern(source, 0, source.length, {
      unicode: flags.includes('u'),
      unicodeSets: flags.includes('v'),
    });
    const { width, over, back } = reachOf([...pattern.alternatives], /[uv]/.test(flags));
    const ahead = width + over;
    if (ahead !== Infinity && back !== Infinity) return { ahead, behind: back, isCut: null, edge: null };
    const edge = edgeSource(pattern, flags);
    return {
      ahead,
      behind: back,
      isCut: cutsOf(pattern, flags),
      edge: edge === null ? null : new RegExp(edge, flags),
    };
  } catch {
    // An expression newer than the parser: only a text that fits into one window can be searched.
    return { ahead: Infinity, behind: Infinity, isCut: null, edge: null };
  }
}
