import type { HostText, TextOrigin } from './host-text.ts';

/** A text that is in memory. A range of it shares the memory of the whole, as V8's slices do. */
export function stringText(text: string, origin: TextOrigin | null = null): HostText {
  return {
    length: text.length,
    whole: text,
    origin,
    slice: (from, to) => text.slice(Math.max(0, from), Math.max(0, to)),
    range(from, to) {
      const start = Math.max(0, Math.min(from, text.length));
      return stringText(
        text.slice(start, Math.max(0, to)),
        origin && { document: origin.document, from: origin.from + start },
      );
    },
  };
}
