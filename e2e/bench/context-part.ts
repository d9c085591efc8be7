import type { Report } from './figure.ts';

/** What every part of the benchmark `context` is given. */
export interface ContextBench {
  readonly appUrl: string;
  readonly report: Report;
  /** A folder for generated files, removed when the part is over. */
  readonly folder: string;
  /** Bytes of the generated file. */
  readonly size: number;
}
