/** Tells the lines of places in a text that are asked about in order. */
export interface LineCounter {
  /** 1-based line of the unit `index`, which is not before the last one asked about. */
  lineAt(index: number): number;
  /** Called with each window of a text in order: its lines are counted while it is in memory. */
  seen(window: string, base: number): void;
}

/** @param whole the text, where it is in memory; null where its windows will be `seen`. */
export function lineCounter(whole: string | null): LineCounter {
  let window = whole ?? '';
  let base = 0;
  let line = 1;

  /** The place of the first line end at `from` or later, as far as the window goes. */
  const lineEnd = (from: number): number => {
    const found = window.indexOf('\n', from - base);
    return found === -1 ? Infinity : base + found;
  };
  let end = lineEnd(0);

  const lineAt = (index: number): number => {
    while (end < index) {
      line += 1;
      end = lineEnd(end + 1);
    }
    return line;
  };
  return {
    lineAt,
    seen(next, nextBase) {
      const counted = Math.max(base + window.length, nextBase);
      lineAt(base + window.length);
      window = next;
      base = nextBase;
      end = lineEnd(counted);
    },
  };
}
