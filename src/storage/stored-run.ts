import * as z from 'zod/mini';
import { RunSummary } from '../trajectory/derive/run-summary.ts';
import { FORMAT, FORMAT_VERSION } from '../trajectory/events.ts';

/** Where a document of a run can be had again after a reload. */
export const DocumentOrigin = z.discriminatedUnion('from', [
  /** From the person only. */
  z.object({ from: z.literal('person') }),
  /** The recipe of a sample writes it again; `file` counts from 0. */
  z.object({ from: z.literal('sample'), sample: z.string(), file: z.int().check(z.minimum(0)) }),
  /** A copy in OPFS, under this name. */
  z.object({ from: z.literal('copy'), key: z.string() }),
]);
export type DocumentOrigin = z.infer<typeof DocumentOrigin>;

/** What is known of a run without its log. */
export const StoredRun = z.object({
  id: z.string(),
  header: z.object({
    format: z.literal(FORMAT),
    version: z.int().check(z.minimum(1), z.maximum(FORMAT_VERSION)),
    app: z.string(),
    startedAt: z.string().check(z.refine((instant) => !Number.isNaN(Date.parse(instant)))),
  }),
  summary: RunSummary,
  /** True where its endpoint was given a key. */
  keyed: z.boolean(),
  /** One for each document of the run, in their order. */
  origins: z.array(DocumentOrigin),
  /** Characters of its log. */
  chars: z.int().check(z.minimum(0)),
});
export type StoredRun = z.infer<typeof StoredRun>;

/** The run in a record that may hold anything; null where it is none. */
export function readStoredRun(record: unknown): StoredRun | null {
  const checked = StoredRun.safeParse(record);
  return checked.success ? checked.data : null;
}
