import type { Primordials } from './primordials.ts';
import type { TextOps, TextSubject } from './text-ops.ts';

/**
 * A lazy text unit by unit. A block of units is kept, so that a loop over them, in either direction,
 * asks the host once in a while and not each time.
 */
export function makeTextUnits(p: Primordials, ops: TextOps, blockUnits = 65_536) {
  let block = { ref: '' as string | number, from: 0, text: '' };

  const lengthOf = (subject: TextSubject) => subject.to - subject.from;

  /** Units [from, to), clamped already. */
  function slice(subject: TextSubject, from: number, to: number): string {
    const start = subject.from + from - block.from;
    const end = start + to - from;
    return block.ref === subject.ref && start >= 0 && end <= block.text.length
      ? p.slice(block.text, start, end)
      : ops.slice(subject, from, to);
  }

  /** The unit at `index`, which is inside; reads a block of them at once. */
  function codeAt(subject: TextSubject, index: number): number {
    const at = subject.from + index;
    if (block.ref !== subject.ref || at < block.from || at >= block.from + block.text.length) {
      const aligned = at - (at % blockUnits);
      const from = aligned > subject.from ? aligned : subject.from;
      const end = aligned + blockUnits;
      const to = end < subject.to ? end : subject.to;
      block = {
        ref: subject.ref,
        from,
        text: ops.slice(subject, from - subject.from, to - subject.from),
      };
    }
    return p.charCodeAt(block.text, at - block.from);
  }

  /** The unit at `index` as a string; undefined outside. */
  function charAt(subject: TextSubject, index: number): string | undefined {
    if (!(index >= 0 && index < lengthOf(subject))) return undefined;
    codeAt(subject, index);
    const at = subject.from + index - block.from;
    return p.slice(block.text, at, at + 1);
  }

  function codePointAt(subject: TextSubject, index: number): number | undefined {
    if (!(index >= 0 && index < lengthOf(subject))) return undefined;
    const first = codeAt(subject, index);
    if (first < 0xd800 || first > 0xdbff || index + 1 === lengthOf(subject)) return first;
    const second = codeAt(subject, index + 1);
    if (second < 0xdc00 || second > 0xdfff) return first;
    return (first - 0xd800) * 0x400 + (second - 0xdc00) + 0x10000;
  }

  function* codePoints(subject: TextSubject): Generator<string> {
    const length = lengthOf(subject);
    for (let at = 0; at < length; ) {
      const first = codeAt(subject, at);
      let width = 1;
      if (first >= 0xd800 && first <= 0xdbff && at + 1 < length) {
        const second = codeAt(subject, at + 1);
        if (second >= 0xdc00 && second <= 0xdfff) width = 2;
      }
      yield slice(subject, at, at + width);
      at += width;
    }
  }

  /** Where the white space at the start ends; the length where there is nothing else. */
  function firstInk(subject: TextSubject): number {
    const length = lengthOf(subject);
    for (let at = 0; at < length; at += blockUnits) {
      const text = ops.slice(subject, at, at + blockUnits < length ? at + blockUnits : length);
      const rest = p.trimStart(text).length;
      if (rest > 0) return at + text.length - rest;
    }
    return length;
  }

  /** Where the white space at the end begins; 0 where there is nothing else. */
  function lastInk(subject: TextSubject): number {
    for (let at = lengthOf(subject); at > 0; at -= blockUnits) {
      const from = at > blockUnits ? at - blockUnits : 0;
      const rest = p.trimEnd(ops.slice(subject, from, at)).length;
      if (rest > 0) return from + rest;
    }
    return 0;
  }

  return { slice, codeAt, charAt, codePointAt, codePoints, firstInk, lastInk };
}

export type TextUnits = ReturnType<typeof makeTextUnits>;
