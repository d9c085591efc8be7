/** Tokens that one line of a stack stands for. */
export const TOKENS_A_LINE = 200_000;

/** What a model reads at once, in lines: 400,000 tokens, the window of today's larger models. */
export const WINDOW_LINES = 2;

/** Lines of a stack of `tokens`; anything at all is at least one. */
export const stackLines = (tokens: number): number => Math.max(1, Math.round(tokens / TOKENS_A_LINE));

/** How many windows a text fills, in words: `26 times what a model reads at once`; null where it fits. */
export function timesWindow(tokens: number): string | null {
  const times = tokens / (TOKENS_A_LINE * WINDOW_LINES);
  if (times <= 1) return null;
  const shown = times < 10 ? times.toFixed(1).replace(/\.0$/, '') : Math.round(times).toLocaleString('en');
  return `${shown} times what a model reads at once`;
}
