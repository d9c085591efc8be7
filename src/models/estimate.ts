import type { RunSettings } from '../trajectory/settings.ts';
import type { Prices } from './prices.ts';

/** What is known before a run. */
export interface EstimateInput {
  readonly settings: RunSettings;
  /** Id of the method; one that is not known is estimated as `rlm`. */
  readonly method: string;
  /** Characters of each document. */
  readonly chars: readonly number[];
  readonly prices: Pick<Prices, 'estimate' | 'windowTokens'>;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * `calls` are the root and its sub-calls. `tokens` and `calls` are what the work would take, `usd`
 * what it may cost: the budget ends the run there.
 */
export interface Estimate {
  readonly tokens: Range;
  readonly calls: Range;
  readonly usd: Range | null;
}

/** Requests of one model that are alike. Tokens each. */
interface Requests {
  readonly model: string;
  readonly count: number;
  readonly input: number;
  readonly output: number;
}

/** One way that a run may go. */
interface Course {
  readonly root: readonly Requests[];
  readonly sub: readonly Requests[];
}

const CHARS_PER_TOKEN = 4;
/** Where neither the person nor the list says. */
const DEFAULT_WINDOW = 128_000;
/** Tokens that are kept free for one reply, and for a conversation: at most a quarter of the window. */
const KEPT = { reply: 8_192, turns: 32_768 };

// Guesses, from runs of strong models on documents of some hundred pages: tokens.
const SYSTEM = 4_000;
const SHORT_TURNS = 4;
/** What one more turn adds to the messages of the next: a reply with its cell, and what it printed. */
const TURN_GROWTH = 1_500;
const TURN_OUTPUT = 500;
const ANSWER = { low: 300, high: 2_000 };
/** A prompt as the root is told to make them: 100,000 characters. */
const FAT_PROMPT = 25_000;
const SUMMARY = { low: 500, high: 3_000 };

const NONE: Course = { root: [], sub: [] };

/**
 * A guess of what a run takes, from one that finds its answer at once to one that reads everything.
 * It knows the sizes of the documents and the limits, and nothing of the question: it is for telling
 * cents from dollars. USD is null where a price that is needed is unknown.
 */
export function estimateRun(input: EstimateInput): Estimate {
  const low = courseOf(input, 'low');
  const high = courseOf(input, 'high');
  const { settings, prices } = input;
  const usd = { low: usdOf(low, prices), high: usdOf(high, prices) };
  const tokens = { low: tokensOf(low), high: tokensOf(high) };
  const calls = { low: callsOf(low), high: callsOf(high) };
  if (usd.low === null || usd.high === null) return { tokens, calls, usd: null };
  const most = Math.min(usd.high, settings.budgetUsd);
  return { tokens, calls, usd: { low: Math.min(usd.low, most), high: most } };
}

function courseOf(input: EstimateInput, end: keyof Range): Course {
  const course = courseOfMethod(input, end);
  // A person costs nothing and is not counted in tokens.
  return input.settings.rootBy === 'person' ? { ...course, root: course.root.map((each) => ({ ...each, input: 0, output: 0 })) } : course;
}

function courseOfMethod(input: EstimateInput, end: keyof Range): Course {
  const { settings } = input;
  const context = Math.ceil(input.chars.reduce((sum, chars) => sum + chars, 0) / CHARS_PER_TOKEN);
  const room = roomOf(input, settings.rootModel, input.method === 'base' ? 'reply' : 'turns');
  const held = context <= room ? context : settings.overflow === 'truncate' ? room : null;
  switch (input.method) {
    case 'base':
      return held === null ? NONE : { root: [{ model: settings.rootModel, count: 1, input: held, output: ANSWER[end] }], sub: [] };
    case 'codeact':
    case 'codeact-subcalls': {
      if (held === null) return NONE;
      const root = turns(input, end === 'low' ? 2 : settings.maxTurns, held + SYSTEM);
      return { root, sub: input.method === 'codeact' || end === 'low' ? [] : reading(input, context) };
    }
    case 'compaction':
      return compaction(input, context, end);
    case 'codeact-bm25':
    case 'rlm-no-subcalls':
      return { root: turns(input, end === 'low' ? SHORT_TURNS : settings.maxTurns, SYSTEM), sub: [] };
    default:
      return {
        root: turns(input, end === 'low' ? SHORT_TURNS : settings.maxTurns, SYSTEM),
        sub: end === 'low' ? [] : reading(input, context),
      };
  }
}

/** Turns whose messages grow, as far as the window goes. */
function turns(input: EstimateInput, wanted: number, first: number): readonly Requests[] {
  const { rootModel, maxTurns } = input.settings;
  const window = windowOf(input, rootModel);
  return Array.from({ length: Math.min(wanted, maxTurns) }, (_, turn) => ({
    model: rootModel,
    count: 1,
    input: Math.min(window, first + turn * TURN_GROWTH),
    output: TURN_OUTPUT,
  }));
}

/** Every character once through the sub-model at each depth below the root, as far as calls and windows go. */
function reading(input: EstimateInput, context: number): readonly Requests[] {
  const { subModel, maxDepth, maxSubCalls } = input.settings;
  const window = roomOf(input, subModel, 'reply');
  const all = context * maxDepth;
  const count = Math.min(maxSubCalls, Math.ceil(all / Math.min(FAT_PROMPT, window)));
  if (count === 0) return [];
  return [{ model: subModel, count, input: Math.min(window, Math.ceil(all / count)), output: ANSWER.low }];
}

/** Parts as large as both windows allow; all but the last are summarised, and each summary read again. */
function compaction(input: EstimateInput, context: number, end: keyof Range): Course {
  const { rootModel, subModel, maxSubCalls } = input.settings;
  const window = Math.min(roomOf(input, rootModel, 'reply'), roomOf(input, subModel, 'reply'));
  const summary = Math.min(SUMMARY[end], Math.floor(window / 8));
  const room = window - summary;
  const parts = Math.max(1, Math.ceil(context / room));
  const summaries = Math.min(parts - 1, maxSubCalls);
  const last = Math.max(0, Math.min(room, context - summaries * room));
  const carried = summaries === 0 ? 0 : summary;
  return {
    root: [{ model: rootModel, count: 1, input: last + carried, output: ANSWER[end] }],
    sub: summaries === 0 ? [] : [{ model: subModel, count: summaries, input: room + summary, output: summary }],
  };
}

/** Tokens that a model reads and writes at once, as the engine takes them: what the person said is the root's. */
function windowOf({ settings: { rootModel, windowTokens }, prices }: EstimateInput, model: string): number {
  const listed = prices.windowTokens(model) ?? undefined;
  return (model === rootModel ? (windowTokens ?? listed) : (listed ?? windowTokens)) ?? DEFAULT_WINDOW;
}

function roomOf(input: EstimateInput, model: string, kept: keyof typeof KEPT): number {
  const window = windowOf(input, model);
  return window - Math.min(KEPT[kept], Math.floor(window / 4));
}

const requestsOf = ({ root, sub }: Course): readonly Requests[] => [...root, ...sub];

function tokensOf(course: Course): number {
  return requestsOf(course).reduce((sum, { count, input, output }) => sum + count * (input + output), 0);
}

function callsOf({ root, sub }: Course): number {
  return (root.length > 0 ? 1 : 0) + sub.reduce((sum, { count }) => sum + count, 0);
}

function usdOf(course: Course, prices: EstimateInput['prices']): number | null {
  let sum = 0;
  for (const { model, count, input, output } of requestsOf(course)) {
    if (input + output === 0) continue;
    const usd = prices.estimate(model, input, output);
    if (usd === null) return null;
    sum += count * usd;
  }
  return sum;
}
