import type { Run } from './run.ts';

/** Tokens of a model's window where neither the person nor a list says it. */
const DEFAULT_WINDOW_TOKENS = 128_000;

/** Characters of one token. An estimate: no tokenizer is at hand, and each model has another one. */
export const CHARS_PER_TOKEN = 4;

/** Most tokens that are kept for one reply. */
const REPLY_TOKENS = 8_192;
/** Most tokens that are kept for the replies and outputs of a conversation. */
const TURNS_TOKENS = 32_768;

/** What the requests to one model may hold. */
export interface ModelWindow {
  readonly model: string;
  /** Tokens that it reads and writes at once. */
  readonly tokens: number;
  /** Tokens of them that are not for the prompt. */
  readonly kept: number;
  /** Characters that the prompt may have, by the estimate of four to a token. */
  readonly chars: number;
}

/**
 * The window of `model` in this run: as the settings say of the root model, else as the list knows
 * it, else 128,000 tokens; less a quarter at most for what comes after the prompt.
 */
export function windowOf(run: Run, model: string, after: 'one reply' | 'turns'): ModelWindow {
  const { rootModel, windowTokens } = run.request.settings;
  const listed = run.ports.windowTokens?.(model) ?? null;
  const said = model === rootModel ? (windowTokens ?? listed) : (listed ?? windowTokens);
  const tokens = said ?? DEFAULT_WINDOW_TOKENS;
  const kept = Math.min(after === 'turns' ? TURNS_TOKENS : REPLY_TOKENS, Math.floor(tokens / 4));
  return { model, tokens, kept, chars: (tokens - kept) * CHARS_PER_TOKEN };
}

/** Tokens of so many characters, by the estimate. */
export function tokensOf(chars: number): number {
  return Math.ceil(chars / CHARS_PER_TOKEN);
}
