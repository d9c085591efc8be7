import type { Primordials } from './primordials.ts';

/**
 * Gives strings the `lines()` that lazy texts have, so that code over an array of both need not ask
 * which is which: the lines without their `\n`; the end of a last one begins no line of its own.
 */
export function defineLines(p: Primordials): void {
  function* linesOf(text: string): Generator<string> {
    for (let at = 0; at < text.length; ) {
      const found = p.indexOf(text, '\n', at);
      const end = found === -1 ? text.length : found;
      yield p.slice(text, at, end);
      at = end + 1;
    }
  }
  const methods = {
    lines(this: unknown): Generator<string> {
      return linesOf(`${this as string}`);
    },
  };
  p.define(p.prototypes.string, 'lines', methods.lines, false);
}
