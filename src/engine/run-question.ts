import type { AnswerFormat, Citation, Fact, LogEvent, Outcome } from '../trajectory/events.ts';
import { waitedIn } from '../trajectory/person.ts';
import { createCellRecords } from './cell-record.ts';
import { createBudget } from './budget.ts';
import { limitSentence } from './limit-sentence.ts';
import { keepDeadline } from './deadline.ts';
import type { Ports, RunRequest } from './engine.ts';
import { METHOD_BY_ID } from './methods/by-id.ts';
import { createRunLimiter } from './schedule/run-limiter.ts';
import { UNATTENDED } from './steering.ts';
import { readConversation } from './conversation.ts';
import { schemaFault } from './answer-schema.ts';
import { createOpenFacts } from './open-facts.ts';
import { withPerson } from './person.ts';
import { createWaits } from './waits.ts';
import { readPast } from './past.ts';
import { spentIn } from './past-spending.ts';
import { isMethod, METHODS } from '../trajectory/methods.ts';
import { createSubCallFacts } from './guards/sub-call-facts.ts';
import { createSharedCalls } from './shared-calls.ts';
import { Cancelled, messageOf, type MethodResult, type Run } from './run.ts';

/**
 * Answers one question by the method it names, and logs it: `run.started` first, exactly one
 * `run.finished` last, whatever happens. Aborting `signal` is the person's Stop; calls still open
 * then stay open in the log. Never rejects for a fault of the run, which is an outcome.
 *
 * With `log`, the log of this very run as far as it got, it goes on from there: the same way is gone
 * again, with what the log says in place of requests, and only what is new is emitted, after one
 * `run.resumed`. The clock must go on from the log's last `at`. A run that has ended stays as it is.
 */
export async function runQuestion(
  asked: RunRequest,
  ports: Ports,
  signal: AbortSignal,
  log: readonly LogEvent[] = [],
): Promise<void> {
  const request = underMethod(asked);
  const { question, method, settings, documents, before = [], branch } = request;
  const follows = before.at(-1)?.run;
  const past = log.length === 0 ? null : readPast(log);
  if (past?.state.finished) return;
  ports.emit(
    past
      ? { type: 'run.resumed' }
      : {
          type: 'run.started',
          question,
          method,
          settings,
          documents: [...documents],
          ...(follows !== undefined && { follows }),
          ...(branch && { branch }),
        },
  );

  const all = new AbortController();
  const subCalls = new AbortController();
  const over = new AbortController();
  const endAll = (reason: Cancelled) => {
    subCalls.abort(reason);
    all.abort(reason);
  };
  const stop = () => endAll(new Cancelled('Stopped.'));
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });

  const records = createCellRecords();
  const subCallFacts = createSubCallFacts();
  const open = past && createOpenFacts();
  /** What the log says, for those who go by it. */
  let hasReply = false;
  const heed = (fact: Fact) => {
    hasReply ||= fact.type === 'turn.finished' || fact.type === 'call.finished';
    records.add(fact);
    subCallFacts.add(fact);
    open?.add(fact);
  };
  for (const event of past?.events ?? []) heed(event);
  if (past) heed({ type: 'run.resumed' });
  const conversation = readConversation(request, past);
  const waits = createWaits(() => ports.clock.now(), waitedIn(log));
  const { model, price } = withPerson(ports, waits);
  let wall = Math.max(past?.wall ?? 0, conversation?.wall ?? 0);
  let finished = false;
  /** After Stop, what unwinds is no news; after the end, nothing is. */
  const emit = (fact: Fact) => {
    if (finished || signal.aborted || past?.holds(fact)) return;
    heed(fact);
    ports.emit(fact);
  };
  const note = (text: string) => emit({ type: 'note.added', by: 'engine', text });
  const budget = createBudget(settings, price, () => ports.clock.now() - waits.ms(), {
    reached: (limit, value, call) =>
      emit({ type: 'limit.reached', limit, value, ...(call !== undefined && { call }) }),
    priceUnknown: (model) =>
      note(`The price of «${model}» is not known: money is not reserved for its requests until a reply tells its cost.`),
  });
  if (past) budget.restore(spentIn(past));
  const run: Run = {
    request,
    ports: { ...ports, model, price, emit },
    budget,
    shared: createSharedCalls(settings.reuse, past),
    limiter: createRunLimiter({
      settings,
      clock: ports.clock,
      emit,
      // An endpoint that never answered is more likely a wrong address than one to wait for.
      decide: (...asked) => (hasReply ? run.steer.decide(...asked) : Promise.resolve(false)),
      signal: all.signal,
    }),
    records,
    subCallFacts,
    past,
    endOpen: (call) => open?.endsBelow(call).forEach(emit),
    steer: ports.controls?.attach({ emit, waits }) ?? UNATTENDED,
    conversation,
    wall: () => (wall = Math.max(wall, Math.floor(ports.clock.wall()))),
    signal: all.signal,
    subCallSignal: subCalls.signal,
  };
  const outOfTime = new Cancelled(limitSentence('seconds', settings));
  const deadline = keepDeadline(
    ports.clock,
    settings.maxSeconds,
    {
      soft() {
        budget.reach('seconds', settings.maxSeconds);
        subCalls.abort(outOfTime);
      },
      hard: () => endAll(outOfTime),
    },
    over.signal,
    waits,
  );
  if (conversation?.lost != null) note(conversation.lost);
  const fault = schemaFault(settings.answerSchema);
  if (fault !== null) note(`${fault} Every answer is taken.`);

  const result = await answer(run, method);
  over.abort();
  signal.removeEventListener('abort', stop);
  await deadline;
  finished = true;
  const end = outcomeOf(result, run, signal.aborted);
  ports.emit({ type: 'run.finished', citations: await citationsOf(end, ports, signal), ...end });
}

/** What the answer quotes, looked up in the documents: time that is not the run's. Stop ends it early. */
async function citationsOf({ answer: text, format = 'text' }: End, { cite }: Ports, signal: AbortSignal): Promise<Citation[]> {
  if (text === null || !cite || signal.aborted) return [];
  try {
    return [...(await cite(text, format, signal))];
  } catch {
    // An answer is worth having without its places.
    return [];
  }
}

/** A method may narrow what the person allowed: the run, its log and its limits go by that. */
function underMethod(request: RunRequest): RunRequest {
  const narrow = isMethod(request.method) ? METHOD_BY_ID[request.method].settings : undefined;
  return narrow ? { ...request, settings: narrow(request.settings) } : request;
}

async function answer(run: Run, method: string): Promise<MethodResult> {
  if (!isMethod(method)) {
    const names = METHODS.map(({ id }) => id).join(', ');
    return { kind: 'failed', text: null, reason: `There is no method «${method}»; choose one of: ${names}.` };
  }
  try {
    return await METHOD_BY_ID[method].answer(run);
  } catch (error) {
    return { kind: 'failed', text: null, reason: `The engine itself failed: ${messageOf(error)}` };
  }
}

interface End {
  readonly outcome: Outcome;
  readonly answer: string | null;
  readonly format?: AnswerFormat;
  readonly reason?: string;
}

/** A run that met the money or time limit is `limit` even where its last turn brought an answer. */
function outcomeOf(result: MethodResult, run: Run, stopped: boolean): End {
  const answer = result.text;
  if (stopped) {
    const reason = answer === null ? 'Stopped before there was an answer.' : 'Stopped; this is the draft it had.';
    return { outcome: 'stopped', answer, reason };
  }
  const { ending } = run.budget;
  // A run that is gone on with may find in its log that its time had ended it.
  const timeIsUp = result.kind === 'failed' && result.reason === limitSentence('seconds', run.request.settings);
  const outOfTime = run.signal.aborted || timeIsUp;
  if (ending !== null && (result.kind !== 'failed' || outOfTime)) {
    const sentence = result.kind === 'limit' ? result.reason : limitSentence(ending, run.request.settings);
    return { outcome: 'limit', answer, reason: `${sentence} ${RAISE}` };
  }
  switch (result.kind) {
    case 'final':
      return { outcome: 'answered', answer, ...(result.format === 'json' && { format: result.format }) };
    case 'limit':
      return { outcome: 'limit', answer, reason: `${result.reason} ${RAISE}` };
    case 'failed':
      return { outcome: 'failed', answer, reason: result.reason };
  }
}

const RAISE = 'Raise it in Settings to go further.';
