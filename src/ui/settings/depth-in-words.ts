import { BOUNDS } from './draft-numbers.ts';

/** Where the depth limit leads, in words. `depth` is text as typed. */
export function depthInWords(depth: string): string {
  const value = depth.trim() === '' ? Number.NaN : Number(depth);
  const { min, max } = BOUNDS.maxDepth;
  if (!Number.isInteger(value) || value < min || value > max) return `Levels of calls below the root, ${min} to ${max}.`;
  if (value === 0) return 'The root alone, with no sub-calls.';
  const levels = value === 1 ? 'The root and its calls.' : LEVELS[value] ?? '';
  return `${levels} At depth ${value} a question becomes one plain reply.`;
}

const LEVELS: Readonly<Record<number, string>> = {
  2: 'The root, its children, and their children.',
  3: 'The root and three levels below it.',
  4: 'The root and four levels below it.',
  5: 'The root and five levels below it.',
};
