import type { Fact } from '../trajectory/events.ts';

/** What came of sub-calls for those who asked, as the facts tell it, kept until it was handed on. */
export interface CallTexts {
  add(fact: Fact): void;
  /** The reply of `call`, or with `ok` false why it failed; undefined where there is no such thing. */
  readonly of: (call: string, ok: boolean) => string | undefined;
  forget(call: string): void;
}

interface Outcome {
  readonly kind: 'llm' | 'rlm';
  /** Pieces of the current attempt of an `llm` call. */
  pieces: string[];
  state: 'open' | 'finished' | 'failed';
  said: string | undefined;
}

export function createCallTexts(): CallTexts {
  const calls = new Map<string, Outcome>();
  return {
    add(fact) {
      switch (fact.type) {
        case 'call.started':
          calls.set(fact.call, { kind: fact.kind, pieces: [], state: 'open', said: undefined });
          break;
        case 'call.text': {
          const outcome = calls.get(fact.call);
          if (outcome?.kind === 'llm') outcome.pieces.push(fact.text);
          break;
        }
        case 'call.retried': {
          const outcome = calls.get(fact.call);
          if (outcome) outcome.pieces = [];
          break;
        }
        case 'run.resumed':
          for (const outcome of calls.values()) if (outcome.state === 'open') outcome.pieces = [];
          break;
        case 'call.finished': {
          const outcome = calls.get(fact.call);
          if (!outcome) break;
          outcome.state = 'finished';
          outcome.said = outcome.kind === 'llm' ? outcome.pieces.join('') : fact.answer;
          outcome.pieces = [];
          break;
        }
        case 'call.failed': {
          const outcome = calls.get(fact.call);
          if (!outcome) break;
          outcome.state = 'failed';
          outcome.said = fact.message;
          outcome.pieces = [];
          break;
        }
        default:
      }
    },
    of(call, ok) {
      const outcome = calls.get(call);
      return outcome?.state === (ok ? 'finished' : 'failed') ? outcome?.said : undefined;
    },
    forget: (call) => void calls.delete(call),
  };
}
