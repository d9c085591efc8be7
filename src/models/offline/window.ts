/** Tokens that the offline model is said to read at once: rules have no window, a run must be able to fill one. */
export const OFFLINE_WINDOW_TOKENS = 100_000;
