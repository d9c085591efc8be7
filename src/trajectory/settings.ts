import * as z from 'zod/mini';

/**
 * What a run was allowed to do and with which models. Stored in `run.started`, so it must never
 * hold a key. Defaults are those of the design's contract (§4, limits).
 */

/** USD for a million tokens, as the person says it. `cachedInput` absent costs as `input`. */
export const OwnPrice = z.object({
  input: z.number().check(z.minimum(0)),
  cachedInput: z.optional(z.number().check(z.minimum(0))),
  output: z.number().check(z.minimum(0)),
});
export type OwnPrice = z.infer<typeof OwnPrice>;

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

  // Later additions: absent in old logs, where the default said here holds.
  /** Prompt profile id; absent or `auto`: chosen by the model's name and the depth. */
  profile: z.optional(z.string()),
  /** Templates of the system prompt that the person changed, by profile id. */
  systemPrompts: z.optional(z.record(z.string(), z.string())),
  /** Who writes the root's replies (model). */
  rootBy: z.optional(z.enum(['model', 'person'])),
  /** Tokens that the root model can read and write at once; absent: by the list, else 128,000. */
  windowTokens: z.optional(z.int().check(z.minimum(1_000))),
  /** What `base` does with a context past the window (refuse). */
  overflow: z.optional(z.enum(['refuse', 'truncate'])),
  /** Prices where no list has the model. */
  prices: z.optional(z.object({ root: z.optional(OwnPrice), sub: z.optional(OwnPrice) })),
  /** Whether sub-calls that ask the same share one reply: never, while it is in flight, in the whole run (never). */
  reuse: z.optional(z.enum(['never', 'in-flight', 'run'])),
  /** Short sub-calls of one cell before the person is asked (1,000); 0 never asks. */
  askAbove: z.optional(z.int().check(z.minimum(0))),
  /** JSON Schema that the answer must satisfy, as text; absent or '' for none. */
  answerSchema: z.optional(z.string()),
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
