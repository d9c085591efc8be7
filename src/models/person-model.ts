import { PERSON_MODEL } from '../trajectory/person.ts';
import type { Model, ModelReply } from './port.ts';

/** A person as a model: each request waits until its reply is given. */
export interface PersonModel extends Model {
  /** The reply to the request that waits; ignored where none does, or the text is empty. */
  reply(text: string): void;
}

export function createPersonModel(): PersonModel {
  const waiting: ((text: string) => void)[] = [];
  return {
    reply(text) {
      if (text.trim() !== '') waiting.shift()?.(text);
    },
    complete(_request, on, signal) {
      return new Promise((resolve, reject) => {
        const end = () => {
          const at = waiting.indexOf(answer);
          if (at >= 0) waiting.splice(at, 1);
          signal.removeEventListener('abort', abort);
        };
        const answer = (text: string) => {
          end();
          on.text(text);
          resolve(replyOf(text));
        };
        const abort = () => {
          end();
          reject(signal.reason);
        };
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        signal.addEventListener('abort', abort, { once: true });
        waiting.push(answer);
      });
    },
  };
}

/** Requests to `PERSON_MODEL` go to `person`, all others to `model`. */
export function besidePerson(person: Model, model: Model): Model {
  return {
    complete: (request, on, signal) => (request.model === PERSON_MODEL ? person : model).complete(request, on, signal),
  };
}

function replyOf(text: string): ModelReply {
  const usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };
  return { text, reasoning: '', usage, costUsd: 0, finishReason: 'stop' };
}
