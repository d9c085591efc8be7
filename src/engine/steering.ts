import type { PauseReason } from '../trajectory/events.ts';
import type { ControlledRun, Controls, Steering } from './engine.ts';
import { onAbort } from './on-abort.ts';

/** Nobody is there: nothing is waited for, and what a person would have to allow goes on, but for a dead provider. */
export const UNATTENDED: Steering = {
  beforeTurn: () => Promise.resolve(),
  beforeCell: (_turn, code) => Promise.resolve(code),
  decide: (why) => Promise.resolve(why === 'sub-calls'),
  pausedMs: () => 0,
};

interface Answer {
  readonly ok: boolean;
  /** In place of the cell that waits. */
  readonly code?: string | undefined;
}

interface Waiting {
  readonly kind: 'turn' | 'cell' | 'decision';
  readonly why: PauseReason;
  /** A sentence: what it waits for. */
  readonly message: string;
  readonly answer: (answer: Answer) => void;
}

/**
 * The controls of one run. Several things may wait at once; the log, and the person, see the first of
 * them, and what is said answers that one.
 */
export function createControls(): Controls {
  /** Where it stops next: nowhere, at the next place, or before the next cell. */
  let mode: 'run' | 'pause' | 'step' = 'run';
  const queue: Waiting[] = [];

  const goOn = (next: 'run' | 'step', code?: string) => {
    const [first] = queue;
    // Who allows something has not taken back that the run should stop.
    if (first?.kind !== 'decision' || next === 'step') mode = next;
    first?.answer({ ok: true, code });
  };

  return {
    pause() {
      mode = 'pause';
    },
    step: (code) => goOn('step', code),
    goOn: (code) => goOn('run', code),
    decline() {
      const [first] = queue;
      if (first?.kind === 'decision') first.answer({ ok: false });
    },
    attach: (run) => steer(run, queue, () => mode),
  };
}

function steer(
  { emit, waits }: ControlledRun,
  queue: Waiting[],
  mode: () => 'run' | 'pause' | 'step',
): Steering {
  const show = () => {
    const [first] = queue;
    if (first) emit({ type: 'run.paused', why: first.why, message: first.message });
  };

  const wait = (what: Omit<Waiting, 'answer'>, signal: AbortSignal): Promise<Answer> => {
    signal.throwIfAborted();
    const end = waits.begin();
    return new Promise((resolve, reject) => {
      const leave = (ok: boolean) => {
        forget();
        const at = queue.indexOf(mine);
        queue.splice(at, 1);
        end();
        if (at > 0) return;
        emit({ type: 'run.continued', ok });
        show();
      };
      const mine: Waiting = {
        ...what,
        answer(answer) {
          leave(answer.ok);
          resolve(answer);
        },
      };
      const forget = onAbort(signal, () => {
        leave(false);
        reject(signal.reason);
      });
      queue.push(mine);
      if (queue[0] === mine) show();
    });
  };

  return {
    async beforeTurn(turn, signal) {
      if (mode() !== 'pause') return;
      await wait({ kind: 'turn', why: 'person', message: `Paused before turn ${turn}.` }, signal);
    },
    async beforeCell(turn, code, signal) {
      if (mode() === 'run') return code;
      const message = `Paused before the cell of turn ${turn}.`;
      const answer = await wait({ kind: 'cell', why: 'person', message }, signal);
      return answer.code ?? code;
    },
    async decide(why, message, signal) {
      return (await wait({ kind: 'decision', why, message }, signal)).ok;
    },
    pausedMs: () => waits.ms(),
  };
}
