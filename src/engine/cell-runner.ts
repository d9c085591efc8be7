import { ReplError, type CellOutcome, type FinalValue, type GuestQuery, type ReplContext, type ReplSession } from '../repl/port.ts';
import type { CellError } from '../trajectory/events.ts';
import { isRlm } from '../trajectory/methods.ts';
import { shapeObservation } from '../trajectory/observation.ts';
import type { CellEnd, CellRecord } from './cell-record.ts';
import { createCoalescer } from './coalesce.ts';
import { LOST } from './conversation.ts';
import { type Beginning, KeptSession } from './kept-session.ts';
import { createRecordedHost } from './recorded-host.ts';
import { createReplies, type Answered, type AskedIn } from './replies.ts';
import { replayCell } from './replay-session.ts';
import { abortable, messageOf, type Run } from './run.ts';
import { openScope } from './scope.ts';

/** Times one call may lose its REPL by its own fault and have it rebuilt. */
const MOST_REBUILDS = 30;

/** The REPL of one `rlm` call: runs its cells, logs them, and outlives the loss of a session. */
export interface CellRunner {
  readonly session: Pick<ReplSession, 'documents' | 'single'>;
  /** Names of the variables that cells have made, in order of appearance. */
  readonly variables: readonly string[];
  /**
   * Runs the cell of a turn (`edited` where the person changed it), or goes on with it where the past has it: one that ended runs again for
   * its effects alone.
   * @throws the abort reason of the run; ReplError when the REPL cannot be had again.
   */
  run(turn: number, code: string, edited?: boolean): Promise<CellResult>;
  /** Ends the sub-calls that nobody waits for any more, and the session; that of the root may be kept for the next run. */
  close(): Promise<void>;
}

export interface CellResult {
  readonly observation: string;
  readonly final: FinalValue | null;
  readonly draft: string | null;
  /** What the model must be told of its REPL beside the observation, or null. */
  readonly notice: string | null;
}

export interface CellRunnerOptions {
  readonly call: string;
  readonly context: ReplContext;
  /** Gives the guest `search` over the context. */
  readonly search?: boolean;
  /** Ends the call. */
  readonly signal: AbortSignal;
  /** Ends the call's sub-calls. */
  readonly subCallSignal: AbortSignal;
  /** Turns left after `turn`, for the guest's `budget()`. */
  readonly turnsLeft: (turn: number) => number;
  /** Answers a guest query; never rejects. */
  readonly query: (query: GuestQuery, asked: AskedIn, signal: AbortSignal) => Promise<Answered>;
}

/** @throws ReplError when the context cannot be loaded; the abort reason. */
export async function openCellRunner(run: Run, options: CellRunnerOptions): Promise<CellRunner> {
  const { call, context, search = false, signal, subCallSignal, turnsLeft } = options;
  const { records } = run;
  const { clock, emit } = run.ports;
  const { settings } = run.request;
  const cpuMs = settings.cellCpuSeconds * 1000;
  const memoryBytes = settings.replMemoryMb * 2 ** 20;
  let scope = openScope(subCallSignal);
  const replies = createReplies(run, {
    turnsLeft,
    answer: (query, asked) => scope.track(options.query(query, asked, scope.signal)),
  });
  const replay = { cpuMs, clock, signal: run.signal, ask: (record: CellRecord) => replies.again(record) };
  let notice: string | null = null;
  const conversation = call === '0' ? run.conversation : null;
  let earlier = conversation?.variables ?? [];
  const beginning: Beginning | null = conversation && {
    steps: conversation.steps,
    take: () => takeWarm(run),
    onLost() {
      earlier = [];
      notice = EARLIER_GONE;
      emit({ type: 'note.added', by: 'engine', text: LOST.rebuild });
    },
  };
  const kept = new KeptSession(run, { context, memoryBytes, ...(search && { search }) }, replay, signal, beginning);
  const forgetEarlier = () => {
    earlier = [];
    kept.forgetEarlier();
  };
  if (records.emptied(call)) forgetEarlier();
  /** The cells of this turn and of those before are not in the REPL's state. */
  let anewSince = 0;
  /** The turn whose cell ran last. */
  let ran = 0;
  const cellsBefore = (turn: number) => records.before(call, turn).filter((cell) => cell.turn > anewSince);
  const shape = await kept.use([], async ({ documents, single }) => ({ documents, single }));

  const beginAnew = async (turn: number) => {
    kept.drop();
    forgetEarlier();
    anewSince = turn;
    await kept.use([], async () => {});
  };

  /** A session in place of the one that this cell has lost; what the model must know of it. */
  const recover = async (turn: number): Promise<{ readonly emptied: boolean; readonly words: string }> => {
    kept.drop();
    await scope.close('The REPL that asked for it was lost.');
    signal.throwIfAborted();
    checkLosses(records.losses(call, turn) + 1);
    scope = openScope(subCallSignal);
    replies.forget();
    try {
      await kept.use(cellsBefore(turn), async () => {});
      return { emptied: false, words: 'Your variables are back as they were before this cell; nothing of this cell is kept.' };
    } catch (error) {
      if (!(error instanceof ReplError)) throw error;
      await beginAnew(turn);
      return { emptied: true, words: ANEW };
    }
  };

  /** A cell that has not ended: from its start, or from where the past left it. */
  const runOpen = async (record: CellRecord): Promise<CellResult> => {
    const { cell: id, turn, code, now, seed, budget } = record;
    const startedAt = clock.now();
    let printed: string[] = [];
    const out = createCoalescer(clock.now, (text) => emit({ type: 'cell.printed', cell: id, text }));

    const attempt = async (session: ReplSession): Promise<CellOutcome> => {
      printed = [];
      // What is printed again is in the log already.
      let logged = record.printedChars;
      const print = (text: string) => {
        printed.push(text);
        const fresh = text.slice(logged);
        logged -= text.length - fresh.length;
        if (fresh !== '') out.push(fresh);
      };
      const recorded = createRecordedHost(record, { print, ask: replies.live(record, out.flush) });
      const running = session.run({ code, cpuMs, budget, now, seed }, recorded.host, run.signal);
      try {
        const outcome = await Promise.race([abortable(running, run.signal), recorded.diverged]);
        recorded.checkAll();
        return outcome;
      } catch (error) {
        recorded.close();
        throw error;
      } finally {
        out.flush();
      }
    };

    const finish = (
      outcome: Pick<CellOutcome, 'ok' | 'cpuMs' | 'waitMs' | 'stoppedAt'>,
      error: CellError | null,
      lost: Partial<Pick<CellEnd, 'lost' | 'emptied'>> = {},
    ): string => {
      const { ok, waitMs, stoppedAt } = outcome;
      const observation = shapeObservation(printed.join(''), error);
      emit({
        type: 'cell.finished',
        cell: id,
        ok,
        ...(error && { error }),
        cpuMs: outcome.cpuMs,
        waitMs,
        observation,
        ...(stoppedAt !== undefined && { stoppedAt }),
        ...lost,
      });
      return observation;
    };

    try {
      const outcome = await kept.use(cellsBefore(turn), attempt);
      if (outcome.limit === 'cellCpu') run.budget.reach('cellCpu', settings.cellCpuSeconds, call);
      if (outcome.limit === 'replMemory') run.budget.reach('replMemory', settings.replMemoryMb, call);
      for (const variable of outcome.variables) emit({ type: 'variable.changed', cell: id, ...variable });
      const observation = finish(outcome, outcome.error);
      return { observation, final: outcome.final, draft: outcome.draft, notice: null };
    } catch (error) {
      const stop = (name: string, message: string, emptied = false) => {
        const gone = { lost: true, ...(emptied && { emptied }) };
        return finish({ ok: false, cpuMs: 0, waitMs: clock.now() - startedAt }, { name, message }, gone);
      };
      if (!(error instanceof ReplError)) {
        stop('Cancelled', messageOf(error));
        throw error;
      }
      try {
        const { emptied, words } = await recover(turn);
        const observation = stop(error.name, `${error.message} ${words}`, emptied);
        return { observation, final: null, draft: null, notice: null };
      } catch (fatal) {
        stop(error.name, `${error.message} ${messageOf(fatal)}`);
        throw fatal;
      }
    }
  };

  /** A cell that had ended before the page was closed: the model was shown what the log says. */
  const runAgain = async (record: CellRecord, { observation, lost }: CellEnd): Promise<CellResult> => {
    const shown = { observation, final: null, draft: null, notice: null };
    if (lost) checkLosses(records.losses(call, record.turn));
    if (lost || record.turn <= anewSince || !records.before(call, Infinity).includes(record)) return shown;
    try {
      const { final, draft } = await kept.use(cellsBefore(record.turn), (session) => replayCell(session, record, replay));
      return { ...shown, final, draft };
    } catch (error) {
      if (!(error instanceof ReplError)) throw error;
      // The file may have changed, or the engine. The cells that follow need what is not there.
      await beginAnew(records.before(call, Infinity).at(-1)?.turn ?? record.turn);
      return { ...shown, notice: ANEW };
    }
  };

  return {
    session: shape,
    get variables() {
      const cells = records.before(call, ran + 1).filter((cell) => cell.turn > anewSince);
      return [...new Set([...earlier, ...cells.flatMap((cell) => cell.variables)])];
    },
    async run(turn, code, edited = false) {
      const cell = `${call}:${turn}`;
      const seed = Math.floor(clock.random() * 2 ** 32);
      const budget = run.budget.view(turnsLeft(turn));
      if (!records.get(cell)) {
        const now = run.wall();
        emit({ type: 'cell.started', call, turn, cell, code, now, seed, budget, ...(edited && { edited }) });
      }
      const record = records.get(cell);
      // Nothing is logged any more once the run has been stopped.
      if (!record) throw run.signal.reason;
      ran = turn;
      const result = await (record.end ? runAgain(record, record.end) : runOpen(record));
      const told = notice;
      notice = null;
      return told === null ? result : { ...result, notice: result.notice ?? told };
    },
    async close() {
      const { warm } = run.ports;
      const isSound = replies.idle && records.settled(call);
      await scope.close('The call that asked for it ended first.');
      const session = warm && call === '0' && isSound && isRlm(run.request.method) ? kept.release() : null;
      if (session) warm?.keep(session);
      kept.drop();
    },
  };
}

function checkLosses(losses: number): void {
  if (losses <= MOST_REBUILDS) return;
  throw new ReplError(`The REPL was lost ${losses} times in one call; it is not started again.`);
}

/** The session that the run before left, where its variables are what this run begins with. */
function takeWarm({ conversation, ports }: Run): ReplSession | null {
  return conversation?.continues ? (ports.warm?.take() ?? null) : null;
}

const EARLIER_GONE =
  'The REPL is new: the variables of the earlier questions are gone. The context is there as before, and `history` has their answers.';

const ANEW = 'The REPL is new: all your variables are gone. The context is there as before.';
