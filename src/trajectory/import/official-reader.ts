import * as z from 'zod/mini';
import type { Result } from '../../base/result.ts';
import type {
  OfficialBlock,
  OfficialCall,
  OfficialCallUsage,
  OfficialIteration,
  OfficialLog,
  OfficialMessage,
  OfficialRun,
  OfficialRunMetadata,
} from './official-log.ts';
import { BlockFields, CallFields, IterationFields, MetadataFields, PromptMessage, type FinalAnswer } from './official-lines.ts';

/** Children below children that are followed; the library allows a few, our export writes 64. */
const MOST_LEVELS = 100;

/**
 * Reads the JSONL of the official `rlm` logger (github.com/alexzhang13/rlm, `rlm/logger/rlm_logger.py`
 * and `rlm/core/types.py`), of all its versions: with and without a metadata line, types of lines or
 * usage summaries, with answers as pairs and several completions in a file (their numbers begin
 * again). Lines of other types are left out. The error is a sentence that names the line.
 */
export function readOfficial(file: string): Result<OfficialLog, string> {
  const runs = createRuns();
  let number = 0;
  for (const line of linesOf(file)) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      readLine(runs, parseLine(line));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { ok: false, error: `Line ${number} is not of an official rlm log: ${error.message}` };
    }
  }
  if (runs.list.length === 0) return { ok: false, error: 'The file holds no line of an official rlm log.' };
  return { ok: true, value: { runs: runs.list } };
}

/** What is wrong, in words that follow a colon. */
class Unreadable extends Error {}

function* linesOf(file: string): Generator<string> {
  let from = file.startsWith('\uFEFF') ? 1 : 0;
  while (from < file.length) {
    const end = file.indexOf('\n', from);
    yield file.slice(from, end < 0 ? undefined : end);
    from = end < 0 ? file.length : end + 1;
  }
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  const value = parseJson(line) ?? (/Infinity|NaN/.test(line) ? parseJson(withoutPythonNumbers(line)) : null);
  if (!value) throw new Unreadable('it is no JSON.');
  const { json } = value;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Unreadable('it is no object.');
  return { ...json };
}

function parseJson(text: string): { readonly json: unknown } | null {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Python writes numbers that JSON does not have: outside of strings they become null. */
function withoutPythonNumbers(line: string): string {
  const parts: string[] = [];
  for (let from = 0; from < line.length; ) {
    const quote = line.indexOf('"', from);
    const outside = line.slice(from, quote < 0 ? undefined : quote);
    parts.push(outside.replace(/-?\b(?:Infinity|NaN)\b/g, 'null'));
    if (quote < 0) break;
    from = endOfString(line, quote + 1);
    parts.push(line.slice(quote, from));
  }
  return parts.join('');
}

function endOfString(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at + 1;
  }
  return line.length;
}

type Growing = { metadata: OfficialRunMetadata | null; readonly iterations: OfficialIteration[] };

/** Completions as their lines come: one ends where numbers begin again, or another's metadata comes. */
function createRuns() {
  const list: Growing[] = [];
  const begin = (metadata: OfficialRunMetadata | null): Growing => {
    const run: Growing = { metadata, iterations: [] };
    list.push(run);
    return run;
  };
  return {
    list,
    metadata: (metadata: OfficialRunMetadata) => void begin(metadata),
    iteration(read: (number: number) => OfficialIteration) {
      const last = list.at(-1) ?? begin(null);
      const before = last.iterations.at(-1)?.number ?? 0;
      const iteration = read(before + 1);
      const run = iteration.number > before ? last : begin(last.metadata);
      run.iterations.push(iteration);
    },
  };
}
type Runs = ReturnType<typeof createRuns>;

function readLine(runs: Runs, line: Readonly<Record<string, unknown>>): void {
  const type = line['type'] ?? ('response' in line ? 'iteration' : 'root_model' in line ? 'metadata' : null);
  if (type === 'metadata') runs.metadata(metadataOf(check(MetadataFields, line, '')));
  else if (type === 'iteration') runs.iteration((number) => iterationOf(line, number, '', 0));
  else if (typeof type !== 'string') throw new Unreadable('it is neither metadata nor an iteration.');
}

/** @throws Unreadable with the place in the line and what is wrong there. */
function check<T extends z.core.$ZodType>(schema: T, value: unknown, at: string): z.core.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [at, ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('.');
  throw new Unreadable(`${path === '' ? 'the line' : path} has another shape (${issue?.message ?? 'unknown'}).`);
}

function metadataOf(fields: z.infer<typeof MetadataFields>): OfficialRunMetadata {
  const { root_model, max_depth = null, max_iterations = null, backend = null, timestamp = null } = fields;
  return { rootModel: root_model ?? 'unknown', maxDepth: max_depth, maxIterations: max_iterations, backend, timestamp };
}

function iterationOf(value: unknown, next: number, at: string, level: number): OfficialIteration {
  const fields = check(IterationFields, value, at);
  const place = at === '' ? '' : `${at}.`;
  return {
    number: fields.iteration ?? next,
    timestamp: fields.timestamp ?? null,
    prompt: messagesOf(fields.prompt, `${place}prompt`),
    response: fields.response,
    blocks: (fields.code_blocks ?? []).map((block, index) => blockOf(block, `${place}code_blocks.${index}`, level)),
    finalAnswer: answerOf(fields.final_answer),
    seconds: fields.iteration_time ?? null,
  };
}

function blockOf(value: unknown, at: string, level: number): OfficialBlock {
  const { code, result } = check(BlockFields, value, at);
  const calls = result?.rlm_calls ?? [];
  return {
    code,
    stdout: result?.stdout ?? '',
    stderr: result?.stderr ?? '',
    locals: new Map(Object.entries(result?.locals ?? {})),
    seconds: result?.execution_time ?? null,
    calls: calls.map((call, index) => callOf(call, `${at}.result.rlm_calls.${index}`, level)),
    finalAnswer: answerOf(result?.final_answer),
  };
}

function callOf(value: unknown, at: string, level: number): OfficialCall {
  const fields = check(CallFields, value, at);
  return {
    model: fields.root_model ?? 'unknown',
    prompt: textOf(fields.prompt),
    response: textOf(fields.response),
    usage: usageOf(fields),
    seconds: fields.execution_time ?? null,
    error: fields.error ?? null,
    runs: fields.metadata ? childRuns(fields.metadata, `${at}.metadata`, level + 1) : [],
  };
}

function childRuns(
  { run_metadata, iterations }: NonNullable<CallFields['metadata']>,
  at: string,
  level: number,
): readonly OfficialRun[] {
  if (level > MOST_LEVELS) throw new Unreadable(`${at.slice(0, 200)}… is nested more than ${MOST_LEVELS} children deep.`);
  const runs = createRuns();
  if (run_metadata) runs.metadata(metadataOf(run_metadata));
  for (const [index, each] of (iterations ?? []).entries()) {
    runs.iteration((number) => iterationOf(each, number, `${at}.iterations.${index}`, level));
  }
  return runs.list;
}

/** Summaries by model where they are there, else the flat fields of older logs. */
function usageOf({ usage_summary, prompt_tokens, completion_tokens }: CallFields): OfficialCallUsage | null {
  const models = Object.values(usage_summary?.model_usage_summaries ?? {});
  if (models.length > 0) {
    const sum = (pick: (model: (typeof models)[number]) => number | null | undefined) =>
      models.reduce((all, model) => all + (pick(model) ?? 0), 0);
    const costs = models.map(({ total_cost }) => total_cost ?? null);
    const known = costs.reduce<number | null>((all, cost) => (all === null || cost === null ? null : all + cost), 0);
    return {
      inputTokens: sum((model) => model.total_input_tokens),
      outputTokens: sum((model) => model.total_output_tokens),
      replies: sum((model) => model.total_calls),
      costUsd: usage_summary?.total_cost ?? known,
    };
  }
  if (prompt_tokens == null && completion_tokens == null) return null;
  return {
    inputTokens: prompt_tokens ?? 0,
    outputTokens: completion_tokens ?? 0,
    replies: null,
    costUsd: usage_summary?.total_cost ?? null,
  };
}

function messagesOf(prompt: unknown, at: string): readonly OfficialMessage[] {
  if (prompt === undefined || prompt === null) return [];
  if (!Array.isArray(prompt)) return [{ role: 'user', content: textOf(prompt) }];
  return prompt.map((each: unknown, index) => {
    if (typeof each === 'string') return { role: 'user', content: each };
    const { role, content } = check(PromptMessage, each, `${at}.${index}`);
    return { role, content: textOf(content) };
  });
}

function answerOf(answer: FinalAnswer): string | null {
  if (answer === undefined || answer === null) return null;
  return typeof answer === 'string' ? answer : textOf(answer[1]);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  try {
    return JSON.stringify(value);
  } catch {
    throw new Unreadable('a value in it is nested too deeply.');
  }
}
