import * as z from 'zod/mini';

/**
 * What a run was allowed to do and with which models. Stored in `run.started`, so it must never
 * hold a key. Defaults are those of the design's contract (§4, limits).
 */
export const RunSettings = z.object({
  /** Provider id: `offline` or `openai-compatible`. A string, so that old apps open new logs. */
  provider: z.string(),
  /** Endpoint root without credentials, '' for models that need no network. */
  baseUrl: z.string(),
  rootModel: z.string(),
  subModel: z.string(),
  /** Replies of one `rlm` call. */
  maxTurns: z.int().check(z.minimum(1)),
  /** 0 is the root; an `rlm_query` at this depth becomes one plain reply. */
  maxDepth: z.int().check(z.minimum(0)),
  /** Sub-calls in flight at once, over the whole run. */
  parallelSubCalls: z.int().check(z.minimum(1)),
  /** Sub-calls of the whole run, at every depth. */
  maxSubCalls: z.int().check(z.minimum(0)),
  /** USD for the whole run. */
  budgetUsd: z.number().check(z.minimum(0)),
  /** Wall-clock seconds for the whole run. */
  maxSeconds: z.number().check(z.positive()),
  /** Guest CPU seconds for one cell; time waiting for models does not count. */
  cellCpuSeconds: z.number().check(z.positive()),
  /** Bytes of one REPL's heap, in MiB. */
  replMemoryMb: z.int().check(z.positive()),
});
export type RunSettings = z.infer<typeof RunSettings>;

export const DEFAULT_SETTINGS: RunSettings = {
  provider: 'offline',
  baseUrl: '',
  rootModel: 'offline-demo',
  subModel: 'offline-demo',
  maxTurns: 30,
  maxDepth: 1,
  parallelSubCalls: 8,
  maxSubCalls: 200,
  budgetUsd: 1,
  maxSeconds: 1800,
  cellCpuSeconds: 30,
  replMemoryMb: 1024,
};
