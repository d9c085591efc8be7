import type { RunSettings } from '../trajectory/settings.ts';
import type { Past } from './past.ts';

/** How a plain call ended, for whoever asked for it. */
export type PlainEnd =
  | { readonly ok: true; readonly text: string; readonly finishReason: string }
  /** `cancelled` where it was ended from outside: no fault of its model. */
  | { readonly ok: false; readonly message: string; readonly cancelled: boolean };

export interface SharedCall {
  readonly call: string;
  /** Never rejects. */
  readonly end: Promise<PlainEnd>;
}

/** Plain calls whose reply others that ask the same of the same model may take. */
export interface SharedCalls {
  find(model: string, prompt: string): SharedCall | null;
  /** `shared` was sent. */
  add(model: string, prompt: string, shared: SharedCall): void;
}

/**
 * `never` knows none; `in-flight` those that have not ended; `run` those of the whole run that did
 * not fail, at the price of keeping all their prompts and replies at hand.
 */
export function createSharedCalls(reuse: RunSettings['reuse'], past: Past | null): SharedCalls {
  if (reuse === undefined || reuse === 'never') return { find: () => null, add: () => {} };
  const byModel = new Map<string, Map<string, SharedCall>>();
  const of = (model: string): Map<string, SharedCall> => {
    const found = byModel.get(model) ?? new Map<string, SharedCall>();
    byModel.set(model, found);
    return found;
  };
  if (reuse === 'run') {
    for (const { id, kind, asked, model, prompt, status, text, finishReason } of past?.state.calls.values() ?? []) {
      if (kind !== 'llm' || asked !== 'llm' || status !== 'finished') continue;
      const end: PlainEnd = { ok: true, text, finishReason: finishReason ?? 'stop' };
      of(model).set(prompt, { call: id, end: Promise.resolve(end) });
    }
  }
  return {
    find: (model, prompt) => byModel.get(model)?.get(prompt) ?? null,
    add(model, prompt, shared) {
      const calls = of(model);
      calls.set(prompt, shared);
      void shared.end.then(({ ok }) => {
        if ((reuse === 'in-flight' || !ok) && calls.get(prompt) === shared) calls.delete(prompt);
      });
    },
  };
}
