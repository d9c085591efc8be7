import type { GuestQuery } from '../../repl/port.ts';
import { count, figure } from '../prompts/figures.ts';
import type { Answered, AskedIn } from '../replies.ts';
import { abortable, messageOf, type Run } from '../run.ts';

/** Answers a guest's query; never rejects. */
export type AnswerQuery = (query: GuestQuery, asked: AskedIn, signal: AbortSignal) => Promise<Answered>;

/** Characters below which a prompt is one that many would fit beside. */
export const SHORT_CHARS = 1_000;
/** Short sub-calls of one cell before the person is asked, where the settings do not say. */
const ASK_ABOVE = 1_000;
/** Milliseconds in which nothing more must come before what waits is counted. */
const GATHER_MS = 20;
/** Tokens assumed of the reply to a short prompt. */
const REPLY_TOKENS = 100;
const CHARS_PER_TOKEN = 4;

interface CellState {
  readonly cell: string;
  /** Short queries of the cell so far. */
  asked: number;
  waiting: number;
  waitingChars: number;
  decision: Promise<boolean> | null;
}

/**
 * Puts a gate before `answer`: short sub-calls of one cell past the set number wait for the person,
 * who sees how many and what they may cost. Declined ones are errors of the guest that say what to do
 * instead. What is decided stands in the log, so that a run that is gone on with does not ask again.
 */
export function holdShortCalls(run: Run, call: string, answer: AnswerQuery): AnswerQuery {
  const { askAbove = ASK_ABOVE, subModel } = run.request.settings;
  if (askAbove === 0) return answer;
  let state: CellState | null = null;

  const stateOf = (cell: string): CellState => {
    if (state?.cell !== cell) {
      const before = run.subCallFacts.of(cell).filter(({ kind, chars }) => kind === 'llm' && chars < SHORT_CHARS);
      state = { cell, asked: before.length, waiting: 0, waitingChars: 0, decision: null };
    }
    return state;
  };

  const decide = async (of: CellState, turn: number, model: string, signal: AbortSignal): Promise<boolean> => {
    const allowed = `The short sub-calls of this cell past the first ${figure(askAbove)} go on.`;
    const declined = `The short sub-calls of this cell past the first ${figure(askAbove)} are refused.`;
    const said = run.past?.state.notes.find(
      (note) => note.call === call && note.turn === turn && (note.text === allowed || note.text === declined),
    );
    if (said) return said.text === allowed;
    // The guest's queries come one by one: the person is to see the number of all of them.
    let seen: number;
    do {
      seen = of.waiting;
      await run.ports.clock.sleep(GATHER_MS, signal);
    } while (of.waiting > seen);
    const chars = of.waitingChars / of.waiting;
    const going = Math.min(of.waiting, run.budget.view(0).calls);
    const usd = run.ports.price(model, Math.ceil(chars / CHARS_PER_TOKEN), REPLY_TOKENS);
    const cost = usd === null ? 'their price is not known' : `about ${usdOf(usd * going)} USD in all`;
    const message = `One cell asks for ${count(going, 'more short sub-call')} past the first ${figure(askAbove)}, of about ${count(Math.round(chars), 'character')} each; ${cost}. Go on, or refuse them: then the model is told to pack many items into each prompt.`;
    const ok = await run.steer.decide('sub-calls', message, signal);
    const text = ok ? allowed : declined;
    run.ports.emit({ type: 'note.added', by: 'engine', text, call, turn, guard: 'many-short-calls' });
    return ok;
  };

  return async (query, asked, signal) => {
    const { cell, turn, index } = asked;
    const isShort = query.kind === 'llm' && query.prompt.length < SHORT_CHARS;
    // What became a call before the page was closed was allowed then.
    if (!isShort || run.records.get(cell)?.asked.has(index)) return answer(query, asked, signal);
    const own = stateOf(cell);
    if (++own.asked <= askAbove || run.budget.view(0).calls === 0) return answer(query, asked, signal);
    own.waiting++;
    own.waitingChars += query.prompt.length;
    own.decision ??= decide(own, turn, query.model ?? subModel, signal);
    // Nobody may be listening any more when it fails.
    own.decision.catch(() => {});
    try {
      if (await abortable(own.decision, signal)) return await answer(query, asked, signal);
      return { ok: false, message: PACK, call: null };
    } catch (error) {
      return { ok: false, message: messageOf(error), call: null };
    }
  };
}

/** A sum of next to nothing is not 0.00. */
const usdOf = (usd: number): string => usd.toFixed(usd > 0 && usd < 0.01 ? 4 : 2);

const PACK =
  'Refused: there are too many short sub-calls in this cell. Pack many items, numbered, into each prompt (about 100,000 characters), and ask for a reply of one short line an item.';
