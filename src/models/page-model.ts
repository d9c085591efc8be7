import type { Message } from '../trajectory/events.ts';
import { ModelError, type Model, type ModelListener } from './port.ts';
import { estimateUsage } from './usage.ts';

/** How the page, which alone has the browser's own model, is asked. */
export interface PageAsk {
  readonly ask: (request: number, messages: readonly Message[]) => void;
  readonly cancel: (request: number) => void;
}

/** The browser's own model as seen from a worker: a `Model`, and what the page answers for it. */
export interface PageModel {
  readonly model: Model;
  /** A piece of the reply; ignored for a request that is over. */
  text(request: number, piece: string): void;
  /** The end of the reply; with `error`, a sentence, of the attempt. */
  end(request: number, error: string | null): void;
}

/** The model runs on one processor: more at once only wait for each other, and hold memory. */
const AT_ONCE = 2;

interface Pending {
  readonly on: ListenerText;
  readonly end: (error: string | null) => void;
}
type ListenerText = ModelListener['text'];

/** The browser's own model, at most two requests of it at once. Tokens are counted as characters / 4. */
export function createPageModel({ ask, cancel }: PageAsk): PageModel {
  const pending = new Map<number, Pending>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let requests = 0;

  const enter = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (running < AT_ONCE) {
      running++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const abort = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      const start = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      signal.addEventListener('abort', abort, { once: true });
      waiting.push(start);
    });
  };

  /** The place goes to who waits longest, or is free. */
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else running--;
  };

  const reply = (messages: readonly Message[], on: ListenerText, signal: AbortSignal): Promise<void> => {
    const request = requests++;
    return new Promise<void>((resolve, reject) => {
      const abort = () => {
        cancel(request);
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      pending.set(request, {
        on,
        end(error) {
          signal.removeEventListener('abort', abort);
          if (error === null) resolve();
          // The same request would fail again: what helps is for the person to do.
          else reject(new ModelError('rejected', error));
        },
      });
      ask(request, messages);
    }).finally(() => pending.delete(request));
  };

  return {
    model: {
      async complete({ messages }, on, signal) {
        await enter(signal);
        try {
          let text = '';
          await reply(
            messages,
            (piece) => {
              text += piece;
              on.text(piece);
            },
            signal,
          );
          return { text, reasoning: '', usage: estimateUsage(messages, text, ''), costUsd: 0, finishReason: 'stop' };
        } finally {
          leave();
        }
      },
    },
    text: (request, piece) => pending.get(request)?.on(piece),
    end: (request, error) => pending.get(request)?.end(error),
  };
}
