import * as z from 'zod/mini';
import { RunSettings } from './settings.ts';

/**
 * THE LOG (design §5). A trajectory is an append-only list of these facts; every view, total,
 * export and replay is derived from it. Rules of the format:
 *
 * - `seq` is dense from 0 and is the order of truth; `at` is milliseconds since the run began.
 * - Names are past tense. A field is never given a new meaning; a shape that must break gets a new
 *   event type, and the header's `version` moves only when old readers would be wrong.
 * - Readers keep and ignore types they do not know.
 * - Usage sits only on model calls. `call.finished.usage` is the call's OWN usage; a parent's total
 *   is derived, so it cannot be counted twice. `turn.finished.soFar` is a gauge (own usage of the
 *   call up to here): readers replace with it, never add it.
 * - No event ever holds a key.
 */

const count = z.int().check(z.minimum(0));
const milliseconds = z.number().check(z.minimum(0));

/** Tokens of one call. `cachedInput` is part of `input`, `reasoning` is part of `output`. */
export const Usage = z.object({
  input: count,
  cachedInput: count,
  output: count,
  reasoning: count,
  /** True where the provider sent no usage and the numbers are characters / 4. */
  estimated: z.optional(z.boolean()),
});
export type Usage = z.infer<typeof Usage>;

export const Message = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string(),
});
export type Message = z.infer<typeof Message>;

export const DocumentInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** `text` for plain text, else its format: `pdf`, `docx`, `csv`, … (`documents/kinds.ts`). */
  kind: z.string(),
  /** UTF-16 code units of the text, as `context.length` sees them. */
  chars: count,
  lines: count,
  /** Bytes of the dropped file. */
  bytes: count,
  /** Hex SHA-256 of the dropped file's bytes; '' where it was not known yet (see `document.hashed`). */
  sha256: z.string(),
  pages: z.optional(count),
  /** How its text is laid out, in a sentence for the model: marker lines, sheets, columns. */
  shape: z.optional(z.string()),
});
export type DocumentInfo = z.infer<typeof DocumentInfo>;

/** An error of a cell: what was thrown, and where in the model's own block (1-based line). */
export const CellError = z.object({
  name: z.string(),
  message: z.string(),
  line: z.optional(count),
});
export type CellError = z.infer<typeof CellError>;

export const Outcome = z.enum(['answered', 'stopped', 'failed', 'limit']);
export type Outcome = z.infer<typeof Outcome>;

export const LimitName = z.enum([
  'turns',
  'subCalls',
  'usd',
  'seconds',
  'cellCpu',
  'replMemory',
  'depth',
]);
export type LimitName = z.infer<typeof LimitName>;

/** A slip that the engine saw a model make, and told it of (research of failure modes, §3.5). */
export const GuardName = z.enum([
  'plan-as-answer',
  'unknown-variable',
  'invented-output',
  'lost-draft',
  'many-short-calls',
  'same-again',
  'same-error',
  'error-as-data',
  'no-data',
  'cut-reply',
  'no-code',
  'answer-schema',
]);
export type GuardName = z.infer<typeof GuardName>;

/** Why a run waits for the person. */
export const PauseReason = z.enum(['person', 'provider', 'sub-calls']);
export type PauseReason = z.infer<typeof PauseReason>;

/** What an answer's text is: words, or a value written as JSON. */
export const AnswerFormat = z.enum(['text', 'json']);
export type AnswerFormat = z.infer<typeof AnswerFormat>;

/** Where in a document a passage is, as a person says it. */
export const Place = z.object({
  /** Of the document's text, from 1. */
  line: count,
  /** The page, sheet, slide, chapter or message, where the document has such. */
  part: z.optional(z.object({ kind: z.string(), number: count, label: z.optional(z.string()) })),
  /** Of a sheet, from 1. */
  row: z.optional(count),
});
export type Place = z.infer<typeof Place>;

/** A quote of the answer, found in a document (characters from..to of its text) or nowhere. */
export const Citation = z.object({
  /** As the answer has it, without the marks around it. */
  quote: z.string(),
  /** Id of the document; null where it is in none. */
  document: z.nullable(z.string()),
  from: z.nullable(count),
  to: z.nullable(count),
  /** `claim` where the answer does not say that it quotes: a value it gives. Absent is `quote`. */
  role: z.optional(z.enum(['quote', 'claim'])),
  /** `folded` where white space, hyphenation, ligatures, kinds of quotation mark or case differ. */
  match: z.optional(z.enum(['exact', 'folded'])),
  place: z.optional(Place),
});
export type Citation = z.infer<typeof Citation>;

/** What the guest's `budget()` answers; null is unknown or unlimited. */
export const BudgetFact = z.object({
  calls: z.number(),
  tokens: z.nullable(z.number()),
  usd: z.nullable(z.number()),
  turns: z.number(),
  seconds: z.number(),
});

const envelope = { seq: count, at: milliseconds };
/** Path of a call: the root is `0`, its third sub-call `0.3`, that one's first `0.3.1`. */
const call = z.string().check(z.regex(/^0(\.\d+)*$/));
/** Id of a cell, unique in the run: `<call>:<turn>`, so `0:2` is what the root ran in turn 2. */
const cell = z.string().check(z.regex(/^0(\.\d+)*:\d+$/));
const turn = z.int().check(z.minimum(1));

export const TrajectoryEvent = z.discriminatedUnion('type', [
  z.object({
    ...envelope,
    type: z.literal('run.started'),
    question: z.string(),
    /** An id of `methods.ts`; later methods are more strings. */
    method: z.string(),
    settings: RunSettings,
    documents: z.array(DocumentInfo),
    /** Id of the run before it in a conversation: its variables are in the REPL, its answer in `history`. */
    follows: z.optional(z.string()),
    /** The log up to the reply of the root's `turn` is that of another run, and the reply was changed. */
    branch: z.optional(z.object({ run: z.string(), turn })),
  }),
  /** The run waits: for the person who asked it to, or for what only they can decide. */
  z.object({ ...envelope, type: z.literal('run.paused'), why: PauseReason, message: z.string() }),
  /** The person let it go on; not `ok` where they declined what it waited for. */
  z.object({ ...envelope, type: z.literal('run.continued'), ok: z.boolean() }),
  /** The endpoint takes more or fewer requests at once than before. */
  z.object({ ...envelope, type: z.literal('parallel.changed'), slots: turn, reason: z.string() }),
  /** The hash of a document that was still being hashed when the run began. */
  z.object({ ...envelope, type: z.literal('document.hashed'), document: z.string(), sha256: z.string() }),
  /**
   * The page was closed, or the browser died, in the middle of the run, and the person went on with
   * it. Requests in flight until here are void: they are sent again. `at` goes on from the last event.
   */
  z.object({ ...envelope, type: z.literal('run.resumed') }),
  /**
   * A call exists: its number, money and slot are reserved. It is queued until `call.sent`.
   * `prompt` is the whole prompt of an `llm` call, and the question of an `rlm` call (whose
   * messages are in its `turn.started` events). `cell` is the parent's cell that asked, `line`
   * the 1-based line in it, where known.
   */
  z.object({
    ...envelope,
    type: z.literal('call.started'),
    call,
    parent: z.nullable(call),
    cell: z.nullable(cell),
    line: z.optional(count),
    /** Which of that cell's queries it answers, from 0 in the order they were asked. */
    query: z.optional(count),
    kind: z.enum(['llm', 'rlm']),
    /** What the guest asked for, where it differs: an `rlm_query` at the depth limit is an `llm` call. */
    asked: z.optional(z.enum(['llm', 'rlm'])),
    depth: count,
    model: z.string(),
    prompt: z.string(),
    /**
     * The call whose reply it takes: the same was asked, so nothing is sent and nothing spent. Should
     * that call be cancelled, this one is sent after all.
     */
    shares: z.optional(call),
    /** Of a child: the sub-calls and USD that it and all below it may use, as it began. */
    share: z.optional(z.object({ calls: count, usd: z.number().check(z.minimum(0)) })),
    /** Characters of the context an `rlm` call was given. */
    contextChars: z.optional(count),
  }),
  /** A request left for the model: an `llm` call's attempt, or one turn of an `rlm` call. */
  z.object({ ...envelope, type: z.literal('call.sent'), call, attempt: turn }),
  /** A turn of an `rlm` call began. `messages` are those ADDED to its conversation since the last turn. */
  z.object({
    ...envelope,
    type: z.literal('turn.started'),
    call,
    turn,
    messages: z.array(Message),
  }),
  /** A piece of streamed reply of the call's current attempt, coalesced. */
  z.object({ ...envelope, type: z.literal('call.text'), call, text: z.string() }),
  /** A piece of the model's reasoning, where the provider shows it. */
  z.object({ ...envelope, type: z.literal('call.reasoned'), call, text: z.string() }),
  z.object({
    ...envelope,
    type: z.literal('turn.finished'),
    call,
    turn,
    finishReason: z.string(),
    /** The call's own usage and USD up to here (a gauge, see above); cost null where unknown. */
    soFar: z.object({ usage: Usage, costUsd: z.nullable(z.number()) }),
  }),
  /** `answer` is what an `rlm` call returned; an `llm` call's reply is its `call.text` pieces. */
  z.object({
    ...envelope,
    type: z.literal('call.finished'),
    call,
    usage: Usage,
    costUsd: z.nullable(z.number()),
    finishReason: z.string(),
    answer: z.optional(z.string()),
    /** Absent is `text`. */
    format: z.optional(AnswerFormat),
  }),
  z.object({
    ...envelope,
    type: z.literal('call.failed'),
    call,
    message: z.string(),
    /** True where it was ended from outside, with whoever asked for it: no fault of its model. */
    cancelled: z.optional(z.boolean()),
    /** What was spent before it failed, where known. */
    usage: z.optional(Usage),
    costUsd: z.optional(z.nullable(z.number())),
  }),
  /** The current attempt is void (its `call.text` too); the next is sent after `waitMs`. */
  z.object({
    ...envelope,
    type: z.literal('call.retried'),
    call,
    attempt: turn,
    waitMs: milliseconds,
    reason: z.string(),
  }),
  z.object({
    ...envelope,
    type: z.literal('cell.started'),
    call,
    turn,
    cell,
    code: z.string(),
    /** What the guest's clock told when it began (ms since 1970), what its random numbers came from, and its `budget()`. */
    now: z.optional(z.number()),
    seed: z.optional(z.int()),
    budget: z.optional(BudgetFact),
    /** True where the person changed the model's code before it ran. */
    edited: z.optional(z.boolean()),
  }),
  /**
   * A reply was handed to the guest. The order of these events is the order in which the cell went
   * on, one at a time, so that a REPL can be rebuilt from the log (design §1). `text` is the reply
   * or, where not `ok`, the message of the error; absent where it is that of `call`, word for word.
   */
  z.object({
    ...envelope,
    type: z.literal('query.answered'),
    cell,
    query: count,
    ok: z.boolean(),
    call: z.nullable(call),
    text: z.optional(z.string()),
    now: z.number(),
    budget: BudgetFact,
  }),
  z.object({ ...envelope, type: z.literal('cell.printed'), cell, text: z.string() }),
  /** `observation` is what the model is shown of the cell: at most 20,000 characters, head and tail. */
  z.object({
    ...envelope,
    type: z.literal('cell.finished'),
    cell,
    ok: z.boolean(),
    error: z.optional(CellError),
    /** Guest CPU, and time spent waiting for models. */
    cpuMs: milliseconds,
    waitMs: milliseconds,
    observation: z.string(),
    /** Where the CPU limit stopped it: how often the engine had looked, which is the same each time it runs. */
    stoppedAt: z.optional(count),
    /** True where the REPL was lost in it: what it did is not part of the REPL's state. */
    lost: z.optional(z.boolean()),
    /** True where the REPL could not be rebuilt as it was before this cell either: it began anew. */
    emptied: z.optional(z.boolean()),
  }),
  /** A variable the model made has a new value; `size` is characters, elements or entries by kind. */
  z.object({
    ...envelope,
    type: z.literal('variable.changed'),
    cell,
    name: z.string(),
    kind: z.string(),
    size: z.nullable(count),
    preview: z.string(),
  }),
  /** `call` is the call that met the limit, absent where it is the run's. */
  z.object({
    ...envelope,
    type: z.literal('limit.reached'),
    limit: LimitName,
    value: z.number(),
    call: z.optional(call),
  }),
  z.object({
    ...envelope,
    type: z.literal('run.finished'),
    outcome: Outcome,
    /** The answer as text; null where there is none. */
    answer: z.nullable(z.string()),
    /** Absent is `text`. */
    format: z.optional(AnswerFormat),
    citations: z.array(Citation),
    /** One sentence: why it failed, stopped or met a limit, and what to do. */
    reason: z.optional(z.string()),
  }),
  /** A remark of the engine (`nudge`, `notice`) or of a person (`person`) about a call or the run. */
  z.object({
    ...envelope,
    type: z.literal('note.added'),
    by: z.enum(['engine', 'person']),
    text: z.string(),
    call: z.optional(call),
    turn: z.optional(turn),
    /** The slip that it is about, where it is about one. */
    guard: z.optional(GuardName),
  }),
]);
export type TrajectoryEvent = z.infer<typeof TrajectoryEvent>;
export type EventType = TrajectoryEvent['type'];
export type EventOf<T extends EventType> = Extract<TrajectoryEvent, { type: T }>;

/** An event as the engine emits it: the log gives it `seq` and `at`. */
export type Fact = TrajectoryEvent extends infer E
  ? E extends TrajectoryEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;

/** An event of a type this version does not know: kept in the log, ignored by readers. */
export interface UnknownEvent {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly [field: string]: unknown;
}
export type LogEvent = TrajectoryEvent | UnknownEvent;

export const FORMAT = 'matryoshka/trajectory';
export const FORMAT_VERSION = 1;

/** First line of a trajectory file. */
export interface TrajectoryHeader {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** `name@version` of the writer. */
  readonly app: string;
  /** ISO 8601 instant the run began; `at` of every event counts from it. */
  readonly startedAt: string;
}
