import type { After, ThreadWorker } from '../host/extract-thread.ts';
import type { Channel } from '../rpc.ts';
import { wire } from './wire.ts';

/** A worker that extracts, in this thread: `serve` is its inside. */
export interface FakeWorker {
  /** Whether it was terminated. */
  isOver: boolean;
  /** It fails as a whole: out of memory, say. */
  crash(): void;
}

/** Workers that are spawned one after the other; one that is over is neither heard nor hears. */
export function extractWorkers(serve: (channel: Channel, worker: FakeWorker) => void) {
  const workers: FakeWorker[] = [];
  const spawn = (): ThreadWorker => {
    const [outside, inside] = wire();
    const errors: ((event: Event) => void)[] = [];
    const worker: FakeWorker = {
      isOver: false,
      crash: () => {
        if (!worker.isOver) for (const listener of errors) listener(new Event('error'));
      },
    };
    workers.push(worker);
    serve(inside, worker);
    return {
      postMessage: (message) => {
        if (!worker.isOver) outside.postMessage(message);
      },
      addEventListener: (type: string, listener: (event: never) => void) => {
        if (type === 'error') errors.push(listener as (event: Event) => void);
        else
          outside.addEventListener('message', (event) => {
            if (!worker.isOver) (listener as (event: MessageEvent) => void)(event);
          });
      },
      terminate: () => {
        worker.isOver = true;
      },
    };
  };
  const alive = () => workers.filter(({ isOver }) => !isOver).length;
  return { workers, spawn, alive };
}

/** A clock that stands until it is told to go on. */
export function standingClock() {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly job: () => void }>();
  const after: After = (ms, job) => {
    const timer = { at: now + ms, job };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const pass = (ms: number): void => {
    now += ms;
    for (const timer of timers) {
      if (timer.at > now || !timers.delete(timer)) continue;
      timer.job();
    }
  };
  return { after, pass, waiting: () => timers.size };
}
