import type { ReplContext } from '../../repl/port.ts';
import type { Message } from '../../trajectory/events.ts';
import { openCellRunner } from '../cell-runner.ts';
import { answerCandidates } from '../guards/final-checks.ts';
import { createGuards, type Finish } from '../guards/guards.ts';
import { outputMessage } from '../prompts.ts';
import { exampleReply, guardOf, nudgeMessage, type Nudge } from '../prompts/nudges.ts';
import { openingOf } from '../prompts/opening.ts';
import { parseReply, type ParsedReply } from '../protocol.ts';
import { knownShape } from '../read-context.ts';
import type { MethodResult, Run } from '../run.ts';
import { createSubCalls, type RunChild } from '../sub-calls.ts';
import { createTurnReplies, type Progress, type Reply } from './turn-replies.ts';

/** Replies without code in a row that are answered with a nudge; one more ends the call. */
const MOST_NUDGES = 3;
/** From this nudge in a row on, the model is shown a whole reply to copy. */
const SHOW_EXAMPLE = 2;

/** One `rlm` call as its asker wants it. */
export interface RlmCall {
  readonly call: string;
  readonly parent: string | null;
  readonly cell: string | null;
  readonly query: number | null;
  readonly line: number | null;
  readonly depth: number;
  readonly model: string;
  readonly question: string;
  readonly context: ReplContext;
}

/** How a turn ended: the call is over, or goes on with these messages. */
type TurnEnd = { readonly over: MethodResult } | { readonly kept: string; readonly body: string };

/** What ends a call, and what its sub-calls. */
export interface CallSignals {
  readonly signal: AbortSignal;
  readonly subCallSignal: AbortSignal;
}

/** The turns of a call. @throws ReplError, ModelError or the abort reason: the call failed. */
export async function converse(
  run: Run,
  { call, depth, model, question, context }: RlmCall,
  progress: Progress,
  { signal, subCallSignal }: CallSignals,
  runChild: RunChild,
): Promise<MethodResult> {
  const { emit } = run.ports;
  const { settings } = run.request;
  const turns = settings.maxTurns;
  const turnsLeft = (turn: number) => turns - turn;
  const guards = createGuards(run, { call, question });
  const query = guards.watch(createSubCalls(run, { call, depth, context }, runChild));
  const options = { call, context, signal, subCallSignal, turnsLeft, query };
  // The first reply is asked for while the context is loaded: tens of megabytes take a while. A REPL
  // that cannot be opened ends the request.
  const unopened = new AbortController();
  const opening = openCellRunner(run, options);
  opening.catch((reason: unknown) => unopened.abort(reason));
  const shape = knownShape(run, context) ?? (await opening).session;
  const requests = AbortSignal.any([signal, unopened.signal]);

  const first = openingOf({
    settings,
    question,
    depth,
    model,
    shape,
    earlier: depth === 0 ? run.conversation : null,
    listedTokens: run.ports.windowTokens?.(model) ?? null,
  });
  if (depth === 0 && first.note !== null) emit({ type: 'note.added', by: 'engine', text: first.note, call });
  let added: readonly Message[] = [{ role: 'system', content: first.system.text }];
  let { body } = first;
  let nudges = 0;
  /** What the next message that is written must say of the REPL. */
  let notice: string | null = null;
  let variables: readonly string[] = [];

  const candidates = (turn: number) => {
    const found = progress.draft === null ? answerCandidates(variables) : [];
    if (found.length > 0) guards.remindOfDraft(turn, found);
    return found;
  };
  const replies = createTurnReplies(run, { call, depth, model, candidates }, progress, requests);

  const limit = (name: 'turns' | 'usd' | 'seconds'): MethodResult => {
    const reason = [run.budget.sentence(name), ...(depth === 0 ? whence(progress, variables) : [])].join(' ');
    return { kind: 'limit', text: progress.draft, reason };
  };

  const nudge = (turn: number, why: Nudge): string => {
    const guard = guardOf(why);
    const example = guard === 'no-code' && nudges >= SHOW_EXAMPLE ? [exampleReply(question)] : [];
    const text = [nudgeMessage(why), ...example].join('\n\n');
    emit({ type: 'note.added', by: 'engine', text, call, turn, ...(guard && { guard }) });
    return text;
  };

  /** The call is over with this final, unless a guard doubts it: then it is kept as a draft. */
  const finished = (turn: number, finish: Finish, isLast: boolean): MethodResult | null => {
    if (guards.accepts(turn, finish, variables, isLast)) {
      return { kind: 'final', text: finish.text, format: finish.format };
    }
    progress.draft = finish.text;
    progress.draftFrom = 'unconfirmed';
    return null;
  };

  const runCell = async (
    turn: number,
    code: string,
    kept: string,
    { isLast, edited = false }: { readonly isLast: boolean; readonly edited?: boolean },
  ): Promise<TurnEnd> => {
    nudges = 0;
    const cells = await opening;
    const { observation, final, draft, notice: news } = await cells.run(turn, code, edited);
    ({ variables } = cells);
    if (draft !== null) {
      progress.draft = draft;
      progress.draftFrom = 'answer';
    }
    notice = news ?? notice;
    guards.afterCell(turn, code, variables);
    const isEmpty = final !== null && final.text.trim() === '';
    const over = final === null || isEmpty ? null : finished(turn, { ...final, code }, isLast);
    if (over !== null) return { over };
    const output = [outputMessage(observation, variables), ...guards.take()];
    if (isEmpty) output.push(nudge(turn, { why: 'empty-final' }));
    return { kept, body: output.join('\n\n') };
  };

  /** A cell as the model wrote it, or of the root as the person changed it: then the history has what ran. */
  const runWritten = async (turn: number, written: string, kept: string, isLast: boolean): Promise<TurnEnd> => {
    if (depth > 0) return runCell(turn, written, kept, { isLast });
    const before = run.records.get(`${call}:${turn}`);
    const code = before?.code ?? (await run.steer.beforeCell(turn, written, signal));
    if (code === written) return runCell(turn, written, kept, { isLast });
    const prose = kept.slice(0, Math.max(0, kept.lastIndexOf(written))).replace(/[^\n]*\n?$/, '');
    return runCell(turn, code, `${prose}\`\`\`repl\n${code}\n\`\`\``, { isLast, edited: true });
  };

  const act = async (turn: number, reply: Reply, isLast: boolean): Promise<TurnEnd> => {
    const parsed = parseReply(reply.text);
    ({ variables } = await opening);
    const name = variableOf(parsed, variables);
    if (name !== null) {
      if (parsed.kind === 'final') {
        const text = `FINAL(${name}) was written as text and names a variable: its value is the answer.`;
        emit({ type: 'note.added', by: 'engine', text, call, turn, guard: 'unknown-variable' });
      }
      return runCell(turn, `FINAL_VAR(${JSON.stringify(name)})`, reply.text, { isLast });
    }
    if (parsed.kind === 'code') {
      guards.afterReply(turn, reply.text.slice(parsed.kept.length));
      return runWritten(turn, parsed.code, parsed.kept, isLast);
    }
    if (parsed.kind === 'final' && parsed.text !== '') {
      const over = finished(turn, { text: parsed.text, format: 'text', via: 'text', code: '' }, isLast);
      return over === null ? { kept: reply.text, body: guards.take().join('\n\n') } : { over };
    }
    if (++nudges > MOST_NUDGES) return { over: { kind: 'failed', text: progress.draft, reason: NO_CODE } };
    return { kept: reply.text, body: nudge(turn, nudgeFor(parsed, reply)) };
  };

  try {
    for (let turn = 1; turn <= turns; turn++) {
      signal.throwIfAborted();
      if (depth === 0 && !run.past?.turn(call, turn)) await run.steer.beforeTurn(turn, signal);
      const asked = await replies.ask(turn, added, () => {
        const told = notice;
        notice = null;
        return told === null ? body : `${body}\n\n${told}`;
      });
      if (asked.refused !== null) return limit(asked.refused);
      const { reply, ending } = asked;
      const end = await act(turn, reply, ending !== null || turn === turns);
      if ('over' in end) return end.over;
      if (ending !== null) return limit(ending);
      // Some endpoints refuse an empty message.
      added = [{ role: 'assistant', content: end.kept.trim() === '' ? '(empty reply)' : end.kept }];
      body = end.body;
    }
    run.budget.reach('turns', turns, call);
    return limit('turns');
  } finally {
    await opening.then(
      (cells) => cells.close(),
      () => undefined,
    );
  }
}

/** Where the answer of a call that met a limit comes from, or may lie; for the log and the person. */
function whence({ draft, draftFrom }: Progress, variables: readonly string[]): string[] {
  if (draft !== null) {
    const origin = draftFrom === 'unconfirmed' ? 'one that was in doubt and was not given again' : 'the draft in `answer`';
    return [`The answer is ${origin}.`];
  }
  const found = answerCandidates(variables);
  return found.length === 0 ? [] : [`There is no answer, but these variables may hold one: ${found.join(', ')}.`];
}

const NO_CODE = `The model wrote no code in ${MOST_NUDGES + 1} replies in a row. Choose a model that writes JavaScript well, in Settings.`;

/** The variable that a final in text names: by FINAL_VAR, or as the bare name of one there is. */
function variableOf(parsed: ParsedReply, variables: readonly string[]): string | null {
  if (parsed.kind === 'final-var') return parsed.name;
  if (parsed.kind === 'final' && variables.includes(parsed.text)) return parsed.text;
  return null;
}

function nudgeFor(parsed: Exclude<ParsedReply, { kind: 'code' }>, { finishReason }: Reply): Nudge {
  if (parsed.kind !== 'none') return { why: 'empty-final' };
  if (parsed.why === 'empty') return { why: 'empty', finishReason };
  if (finishReason === 'length') return { why: 'cut' };
  if (parsed.why === 'other-language') return { why: parsed.why, language: parsed.language };
  return { why: parsed.why };
}
