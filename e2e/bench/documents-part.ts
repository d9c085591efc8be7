import type { Browser } from '@playwright/test';
import { figuresOf, type Report } from './figure.ts';

/** What every part of the benchmark `documents` is given. */
export interface DocumentsBench {
  readonly appUrl: string;
  readonly report: Report;
  /** For generated files, removed when the part is over. */
  readonly folder: string;
  readonly browser: Browser;
}

export const figure = figuresOf('documents');

/** Rounds of ours and of the baseline, in turn, of which the median counts. */
export const ROUNDS = 3;
export const MEGABYTE = 1_000_000;
