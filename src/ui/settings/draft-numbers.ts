/** Bounds of the numbers, both included, and whether they are whole. */
export const BOUNDS = {
  maxTurns: { min: 1, max: 500, whole: true },
  maxDepth: { min: 0, max: 5, whole: true },
  parallelSubCalls: { min: 1, max: 256, whole: true },
  maxSubCalls: { min: 0, max: 100_000, whole: true },
  budgetUsd: { min: 0, max: 10_000, whole: false },
  rootInput: { min: 0, max: 10_000, whole: false },
  rootCached: { min: 0, max: 10_000, whole: false },
  rootOutput: { min: 0, max: 10_000, whole: false },
  subInput: { min: 0, max: 10_000, whole: false },
  subCached: { min: 0, max: 10_000, whole: false },
  subOutput: { min: 0, max: 10_000, whole: false },
  windowTokens: { min: 1_000, max: 100_000_000, whole: true },
  askAbove: { min: 0, max: 100_000, whole: true },
  maxMinutes: { min: 0.01, max: 1_440, whole: false },
  cellCpuSeconds: { min: 1, max: 600, whole: false },
  replMemoryMb: { min: 64, max: 4_096, whole: true },
} as const satisfies Readonly<Record<string, Bounds>>;

export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}
export type NumberField = keyof typeof BOUNDS;

/** The number that `text` says, or a sentence about what it must be. */
export function checkNumber(text: string, { min, max, whole }: Bounds): number | string {
  const value = Number(text.trim());
  const range = `from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  if (text.trim() === '' || !Number.isFinite(value)) return `A number ${range}.`;
  if (whole && !Number.isInteger(value)) return `A whole number ${range}.`;
  return value < min || value > max ? `Must be ${range}.` : value;
}
