import type { Citation, LogEvent, Message, TrajectoryHeader } from '../events.ts';
import { messagesAt } from '../derive/reading.ts';
import { EMPTY, fold } from '../fold.ts';
import type { CallState, CellState, RunState } from '../run-state.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { usageSummary, type OfficialUsage } from './official-usage.ts';
import { uncelledCalls } from './uncelled-calls.ts';

/**
 * The official `rlm` logger's JSONL (github.com/alexzhang13/rlm, `rlm/logger/rlm_logger.py` and
 * `rlm/core/types.py`), for its visualizer and every tool that reads it. Keys keep its order.
 * What it has no place for (streaming, retries, reasoning, limits) stays in our own format.
 */

/** Calls nested deeper than this are written without their iterations, so that no reader overflows. */
const MAX_NESTED = 64;

interface OfficialMetadata {
  readonly root_model: string;
  readonly max_depth: number;
  readonly max_iterations: number;
  readonly backend: string;
  readonly backend_kwargs: Readonly<Record<string, string>>;
  readonly environment_type: 'local';
  readonly environment_kwargs: Readonly<Record<string, never>>;
  readonly other_backends: readonly string[] | null;
}

interface OfficialIteration {
  readonly type: 'iteration';
  /** From 1. */
  readonly iteration: number;
  readonly timestamp: string;
  /** The complete list the model was sent. */
  readonly prompt: readonly Message[];
  readonly response: string;
  readonly code_blocks: readonly OfficialCodeBlock[];
  readonly final_answer: string | null;
  /** Seconds. */
  readonly iteration_time: number | null;
  readonly citations?: readonly Citation[];
}

interface OfficialCodeBlock {
  readonly code: string;
  readonly result: {
    readonly stdout: string;
    readonly stderr: string;
    readonly locals: Readonly<Record<string, string>>;
    /** Seconds. */
    readonly execution_time: number;
    readonly rlm_calls: readonly OfficialCall[];
    readonly final_answer: string | null;
  };
}

interface OfficialCall extends OfficialUsage {
  readonly root_model: string;
  readonly prompt: string;
  readonly response: string;
  /** Seconds. */
  readonly execution_time: number;
  readonly metadata?: { readonly run_metadata: OfficialMetadata; readonly iterations: readonly OfficialIteration[] };
  readonly error?: string;
}

/** The log as the official logger would have written it: a metadata line, then the root's iterations. */
export function officialRlm(header: TrajectoryHeader, events: readonly LogEvent[]): string {
  const run: Run = { state: fold(EMPTY, events), startedAt: Date.parse(header.startedAt) };
  const root = run.state.calls.get('0');
  const metadata = { type: 'metadata', timestamp: timestamp(run, 0), ...metadataOf(run.state, root?.model) };
  const lines = [metadata, ...withCitations(root === undefined ? [] : iterations(run, root, 0), run.state)];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Places of what the answer quotes, in a key of our own beside the final answer: readers pass over it. */
function withCitations(turns: readonly OfficialIteration[], { finished }: RunState): readonly OfficialIteration[] {
  const last = turns.at(-1);
  const citations = finished?.citations ?? [];
  return last && citations.length > 0 ? [...turns.slice(0, -1), { ...last, citations }] : turns;
}

interface Run {
  readonly state: RunState;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Backends the official library knows; whatever else speaks to us does so as `openai` does. */
const BACKENDS = ['openai', 'portkey', 'openrouter', 'vercel', 'vllm', 'anthropic', 'azure_openai', 'gemini'];

function metadataOf({ started }: RunState, model = 'unknown'): OfficialMetadata {
  const { provider, baseUrl, rootModel, subModel, maxDepth, maxTurns } = started?.settings ?? DEFAULT_SETTINGS;
  const backend = BACKENDS.includes(provider) ? provider : 'openai';
  // Only host and path: whatever a person pasted around them may be a secret.
  const base_url = baseUrl.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/s, '');
  return {
    root_model: model,
    max_depth: maxDepth,
    max_iterations: maxTurns,
    backend,
    backend_kwargs: { model_name: model, ...(base_url !== '' && { base_url }) },
    environment_type: 'local',
    environment_kwargs: {},
    other_backends: subModel === rootModel ? null : [backend],
  };
}

function iterations(run: Run, call: CallState, level: number): readonly OfficialIteration[] {
  if (call.kind === 'llm') return [plainIteration(run, call)];
  // A turn that was cut before a word of it came is no iteration.
  const turns = call.turns.filter((turn) => turn.repliedAt !== null || turn.text !== '');
  const locals = new Map<string, string>();
  const before = (index: number) => codelessBlocks(run, uncelledCalls(run.state, call, turns, index), level);
  if (turns.length === 0) {
    const blocks = before(0);
    return blocks.length === 0 ? [] : [plainIteration(run, call, blocks)];
  }
  return turns.map((turn, index) => {
    const cell = turn.cell === null ? undefined : run.state.cells.get(turn.cell);
    const final = index === turns.length - 1 ? finalAnswer(run.state, call) : null;
    const endedAt = cell?.endedAt ?? turn.repliedAt ?? call.endedAt ?? run.state.at;
    const ownBlocks = cell === undefined ? [] : [codeBlock(run, call, cell, locals, final, level)];
    return {
      type: 'iteration',
      iteration: index + 1,
      timestamp: timestamp(run, endedAt),
      prompt: messagesAt(call, turn.turn),
      response: turn.text,
      code_blocks: [...before(index), ...ownBlocks],
      final_answer: final,
      iteration_time: seconds(turn.startedAt, endedAt),
    };
  });
}

/** A call that is one plain reply, or ended before its first turn. */
function plainIteration(run: Run, call: CallState, blocks: readonly OfficialCodeBlock[] = []): OfficialIteration {
  const endedAt = call.endedAt ?? run.state.at;
  return {
    type: 'iteration',
    iteration: 1,
    timestamp: timestamp(run, endedAt),
    prompt: messagesAt(call, 1),
    response: call.text,
    code_blocks: blocks,
    final_answer: finalAnswer(run.state, call),
    iteration_time: seconds(call.sentAt ?? call.startedAt, endedAt),
  };
}

function codeBlock(
  run: Run,
  call: CallState,
  cell: CellState,
  locals: Map<string, string>,
  final: string | null,
  level: number,
): OfficialCodeBlock {
  for (const { name, kind, preview } of cell.variables) {
    locals.set(name, kind === 'function' ? `<function '${name}'>` : preview);
  }
  // A limit's best answer was not given by the code.
  const byLimit = call.parent === null ? run.state.finished?.outcome === 'limit' : call.finishReason === 'limit';
  const children = cell.calls.flatMap((id) => run.state.calls.get(id) ?? []);
  return {
    code: cell.code,
    result: {
      stdout: cell.printed,
      stderr: errorText(cell),
      locals: Object.fromEntries([...locals, ['context', describeContext(call)]]),
      execution_time: seconds(cell.startedAt, cell.endedAt ?? run.state.at),
      rlm_calls: children.map((child) => officialCall(run, child, level + 1)),
      final_answer: byLimit ? null : final,
    },
  };
}

/** The format has a place for calls in code blocks alone: one without code holds those that no cell asked for. */
function codelessBlocks(run: Run, calls: readonly CallState[], level: number): readonly OfficialCodeBlock[] {
  if (calls.length === 0) return [];
  const from = Math.min(...calls.map(({ startedAt }) => startedAt));
  const to = Math.max(...calls.map(({ endedAt }) => endedAt ?? run.state.at));
  const rlm_calls = calls.map((child) => officialCall(run, child, level + 1));
  const execution_time = seconds(from, to);
  return [{ code: '', result: { stdout: '', stderr: '', locals: {}, execution_time, rlm_calls, final_answer: null } }];
}

function officialCall(run: Run, call: CallState, level: number): OfficialCall {
  const error = failureOf(call);
  const { usage_summary, prompt_tokens, completion_tokens } = usageSummary(run.state, call);
  const nested = call.kind === 'rlm' && level <= MAX_NESTED;
  return {
    root_model: call.model,
    prompt: call.prompt,
    response: call.answer ?? call.text,
    usage_summary,
    execution_time: seconds(call.sentAt ?? call.startedAt, call.endedAt ?? run.state.at),
    ...(nested && {
      metadata: { run_metadata: metadataOf(run.state, call.model), iterations: iterations(run, call, level) },
    }),
    ...(error !== null && { error }),
    prompt_tokens,
    completion_tokens,
  };
}

function failureOf(call: CallState): string | null {
  if (call.status === 'failed') return call.failure ?? 'Failed';
  return call.status === 'finished' ? null : 'The run ended before this call did.';
}

/** The root's answer is the run's; a plain reply is its own. */
function finalAnswer(state: RunState, call: CallState): string | null {
  if (call.parent === null && state.finished !== null) return state.finished.answer;
  if (call.status !== 'finished') return null;
  return call.answer ?? (call.kind === 'llm' ? call.text : null);
}

function errorText({ error }: CellState): string {
  if (error === null) return '';
  const place = error.line === undefined ? '' : ` (line ${error.line})`;
  return `${error.name}: ${error.message}${place}`;
}

/** The official logger writes the whole text here, in every block. We say how long it is. */
function describeContext(call: CallState): string {
  return call.contextChars === null ? '<context>' : `<context of ${call.contextChars} characters>`;
}

/**
 * `datetime.now().isoformat()`: no zone, microseconds. In UTC: a log does not know where it was made.
 */
function timestamp(run: Run, at: number): string {
  return new Date(run.startedAt + at).toISOString().replace('Z', '000');
}

function seconds(from: number, to: number): number {
  return Math.max(0, to - from) / 1000;
}
