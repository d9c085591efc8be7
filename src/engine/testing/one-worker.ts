import { ReplError, type Repl, type ReplSession } from '../../repl/port.ts';

/** What a cell prints to kill the worker that all sessions share. */
export const KILL = 'KILL THE WORKER';

export interface OneWorkerRepl extends Repl {
  readonly kills: number;
}

/**
 * The sessions of `inner` as if they shared one worker that can be killed: all of them are lost at
 * once, by the fault of the one that did it, and those opened later live in another.
 */
export function createOneWorkerRepl(inner: Repl): OneWorkerRepl {
  let worker = { lost: new Set<(guilty: object) => void>(), dead: false };
  let kills = 0;

  const kill = (guilty: object) => {
    const { lost } = worker;
    worker.dead = true;
    worker = { lost: new Set(), dead: false };
    kills++;
    for (const lose of lost) lose(guilty);
  };

  return {
    get kills() {
      return kills;
    },
    async open(options, signal) {
      const mine = worker;
      const inside = await inner.open(options, signal);
      if (mine.dead) throw new ReplError('The worker is gone.', 'other');
      const session: ReplSession = {
        documents: inside.documents,
        single: inside.single,
        run(cell, host, runSignal) {
          if (mine.dead) return Promise.reject(new ReplError('The worker is gone.', 'other'));
          return new Promise((resolve, reject) => {
            const lose = (guilty: object) => {
              const fault = guilty === session ? 'this' : 'other';
              reject(new ReplError('The worker was killed.', fault));
            };
            mine.lost.add(lose);
            const print = (text: string) => {
              if (text.includes(KILL)) kill(session);
              else if (!mine.dead) host.print(text);
            };
            const query: typeof host.query = (asked) => (mine.dead ? new Promise(() => {}) : host.query(asked));
            void inside
              .run(cell, { print, query }, runSignal)
              .then((outcome) => !mine.dead && resolve(outcome), reject)
              .finally(() => mine.lost.delete(lose));
          });
        },
        remember: (exchange) =>
          mine.dead ? Promise.reject(new ReplError('The worker is gone.', 'other')) : inside.remember(exchange),
        close: () => inside.close(),
      };
      return session;
    },
  };
}
