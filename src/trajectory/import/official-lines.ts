import * as z from 'zod/mini';

/**
 * One level of the official format each, so that a hostile file cannot nest a validation deeper than
 * the stack: what is nested is `unknown` here, and read level by level by `official-reader.ts`.
 */

const absent = <T extends z.core.SomeType>(schema: T) => z.optional(z.nullable(schema));
const text = absent(z.string());
const seconds = absent(z.number());
const tokens = absent(z.number().check(z.minimum(0)));
const anything = z.optional(z.unknown());
const record = z.record(z.string(), z.unknown());

/** A metadata line, and the `run_metadata` of a child, which has neither type nor timestamp. */
export const MetadataFields = z.looseObject({
  timestamp: text,
  root_model: text,
  max_depth: absent(z.number()),
  max_iterations: absent(z.number()),
  backend: text,
});

/** Newer logs have the answer alone, older ones a pair of what brought it and the answer. */
const FinalAnswer = absent(z.union([z.string(), z.tuple([z.string(), z.unknown()])]));
export type FinalAnswer = z.infer<typeof FinalAnswer>;

export const IterationFields = z.looseObject({
  iteration: absent(z.int().check(z.minimum(1))),
  timestamp: text,
  prompt: anything,
  response: z.string(),
  code_blocks: absent(z.array(z.unknown())),
  final_answer: FinalAnswer,
  iteration_time: seconds,
});

export const PromptMessage = z.looseObject({ role: z.string(), content: anything });

export const BlockFields = z.looseObject({
  code: z.string(),
  result: absent(
    z.looseObject({
      stdout: text,
      stderr: text,
      locals: absent(record),
      execution_time: seconds,
      rlm_calls: absent(z.array(z.unknown())),
      final_answer: FinalAnswer,
    }),
  ),
});

export const CallFields = z.looseObject({
  root_model: text,
  prompt: anything,
  response: anything,
  usage_summary: absent(
    z.looseObject({
      model_usage_summaries: absent(
        z.record(
          z.string(),
          z.looseObject({
            total_calls: tokens,
            total_input_tokens: tokens,
            total_output_tokens: tokens,
            total_cost: absent(z.number()),
          }),
        ),
      ),
      total_cost: absent(z.number()),
    }),
  ),
  prompt_tokens: tokens,
  completion_tokens: tokens,
  execution_time: seconds,
  error: text,
  metadata: absent(z.looseObject({ run_metadata: absent(MetadataFields), iterations: absent(z.array(z.unknown())) })),
});
export type CallFields = z.infer<typeof CallFields>;
