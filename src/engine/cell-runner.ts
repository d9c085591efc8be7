import {
  ReplError,
  type CellOutcome,
  type GuestQuery,
  type QueryReply,
  type ReplContext,
  type ReplHost,
  type ReplSession,
} from '../repl/port.ts';
import type { CellError } from '../trajectory/events.ts';
import { shapeObservation } from '../trajectory/observation.ts';
import { createCoalescer } from './coalesce.ts';
import { openSession, replaySession, type RecordedCell } from './replay-session.ts';
import { abortable, messageOf, type Run } from './run.ts';
import { openScope } from './scope.ts';

/** Times one call may lose its REPL and have it rebuilt. */
const MOST_REBUILDS = 3;

/** The REPL of one `rlm` call: runs its cells, logs them, and outlives the loss of a session. */
export interface CellRunner {
  readonly session: Pick<ReplSession, 'documents' | 'single'>;
  /** Names of the variables that cells have made, in order of appearance. */
  readonly variables: readonly string[];
  /** @throws the abort reason of the run; ReplError when the REPL cannot be had again. */
  run(turn: number, code: string): Promise<CellResult>;
  /** Ends the sub-calls that nobody waits for any more, and the session. */
  close(): Promise<void>;
}

export interface CellResult {
  readonly observation: string;
  readonly final: string | null;
  readonly draft: string | null;
}

export interface CellRunnerOptions {
  readonly call: string;
  readonly context: ReplContext;
  /** Ends the call. */
  readonly signal: AbortSignal;
  /** Ends the call's sub-calls. */
  readonly subCallSignal: AbortSignal;
  /** Turns left after `turn`, for the guest's `budget()`. */
  readonly turnsLeft: (turn: number) => number;
  /** Answers a guest query; never rejects. */
  readonly query: (
    query: GuestQuery,
    cell: { readonly id: string; readonly turn: number },
    signal: AbortSignal,
  ) => Promise<QueryReply>;
}

/** @throws ReplError when the context cannot be loaded; the abort reason. */
export async function openCellRunner(run: Run, options: CellRunnerOptions): Promise<CellRunner> {
  const { call, subCallSignal } = options;
  const { clock, emit, repl } = run.ports;
  const { settings } = run.request;
  const cpuMs = settings.cellCpuSeconds * 1000;
  const replOptions = { context: options.context, memoryBytes: settings.replMemoryMb * 2 ** 20 };
  const recorded: RecordedCell[] = [];
  const variables = new Set<string>();
  let rebuilds = 0;
  let scope = openScope(subCallSignal);
  let session = await openSession(repl, replOptions, run.signal);

  /** A session in place of the lost one; what the model must know of it. */
  const rebuild = async (): Promise<string> => {
    await scope.close('The REPL that asked for it was lost.');
    session.close();
    // The worker was lost for the parent too, which has given this call up.
    options.signal.throwIfAborted();
    if (++rebuilds > MOST_REBUILDS) {
      throw new ReplError(`The REPL was lost ${rebuilds} times in one call; it is not started again.`);
    }
    scope = openScope(subCallSignal);
    try {
      session = await replaySession(repl, replOptions, recorded, cpuMs, run.signal);
      return 'Your variables are back as they were before this cell; nothing of this cell is kept.';
    } catch (error) {
      if (!(error instanceof ReplError)) throw error;
      recorded.length = 0;
      variables.clear();
      session = await openSession(repl, replOptions, run.signal);
      return 'The REPL is new: all your variables are gone. The context is there as before.';
    }
  };

  return {
    session: { documents: session.documents, single: session.single },
    get variables() {
      return [...variables];
    },
    async run(turn, code) {
      const id = `${call}:${turn}`;
      const startedAt = clock.now();
      const printed: string[] = [];
      const out = createCoalescer(clock.now, (text) => emit({ type: 'cell.printed', cell: id, text }));
      const record: RecordedCell = { code, replies: [] };
      const host: ReplHost = {
        print(text) {
          printed.push(text);
          out.push(text);
        },
        async query(query) {
          out.flush();
          const index = record.replies.push(null) - 1;
          const reply = await scope.track(options.query(query, { id, turn }, scope.signal));
          record.replies[index] = reply;
          return reply;
        },
      };
      const finish = (
        outcome: Pick<CellOutcome, 'ok' | 'cpuMs' | 'waitMs'>,
        error: CellError | null,
      ): string => {
        const observation = shapeObservation(printed.join(''), error);
        emit({
          type: 'cell.finished',
          cell: id,
          ok: outcome.ok,
          ...(error && { error }),
          cpuMs: outcome.cpuMs,
          waitMs: outcome.waitMs,
          observation,
        });
        return observation;
      };

      emit({ type: 'cell.started', call, turn, cell: id, code });
      const budget = run.budget.view(options.turnsLeft(turn));
      try {
        const outcome = await abortable(
          session.run({ code, cpuMs, budget }, host, run.signal),
          run.signal,
        );
        out.flush();
        recorded.push(record);
        if (outcome.limit === 'cellCpu') run.budget.reach('cellCpu', settings.cellCpuSeconds, call);
        if (outcome.limit === 'replMemory') run.budget.reach('replMemory', settings.replMemoryMb, call);
        for (const variable of outcome.variables) {
          variables.add(variable.name);
          emit({ type: 'variable.changed', cell: id, ...variable });
        }
        return {
          observation: finish(outcome, outcome.error),
          final: outcome.final?.text ?? null,
          draft: outcome.draft,
        };
      } catch (error) {
        out.flush();
        const stopAt = (name: string, message: string) =>
          finish({ ok: false, cpuMs: 0, waitMs: clock.now() - startedAt }, { name, message });
        if (!(error instanceof ReplError)) {
          stopAt('Cancelled', messageOf(error));
          throw error;
        }
        try {
          const observation = stopAt(error.name, `${error.message} ${await rebuild()}`);
          return { observation, final: null, draft: null };
        } catch (fatal) {
          stopAt(error.name, `${error.message} ${messageOf(fatal)}`);
          throw fatal;
        }
      }
    },
    async close() {
      await scope.close('The call that asked for it ended first.');
      session.close();
    },
  };
}
