/** Units of a text in a file that are searched at a time: 2 to 4 MB as a string, 2 to 6 as bytes. */
export const SEARCH_WINDOW = 2 * 2 ** 20;

/** A search begins small, as what it looks for may be near, and a cell may ask a thousand times. */
export const firstSize = (window: number): number => Math.max(1, window >> 5);

export const largerSize = (size: number, window: number): number => Math.min(window, size * 4);

/**
 * Where a window of about `size` units from `at` on ends: at a multiple of the size, so that a search
 * that goes on from a later place needs nothing that was not read for the one before.
 */
export const windowEnd = (at: number, size: number): number => at - (at % size) + size;
