import type { Inspect } from './inspect.ts';
import type { Primordials } from './primordials.ts';
import type { TextCopies } from './text-copies.ts';
import type { TextOps, TextSubject } from './text-ops.ts';
import type { TextUnits } from './text-units.ts';

/**
 * Texts that only the host holds, as read-only objects with the read methods of `String`. What would
 * copy too much throws a RangeError that says what to write instead. Only the frozen objects made here
 * stand for a text: nothing that a cell builds can.
 */
export function makeLazyTexts(
  p: Primordials,
  inspect: Inspect,
  ops: TextOps,
  units: TextUnits,
  copies: TextCopies,
) {
  const subjects = new p.WeakMap<object, TextSubject>();

  function subjectOf(value: unknown): TextSubject | undefined {
    return typeof value === 'object' && value !== null ? p.weakGet(subjects, value) : undefined;
  }

  function receiver(value: unknown, method: string): TextSubject {
    const subject = subjectOf(value);
    if (!subject) throw new p.TypeError(method + ' was called on something that is no text');
    return subject;
  }

  const lengthOf = (subject: TextSubject) => subject.to - subject.from;

  function make(subject: TextSubject): object {
    const text = p.createFrom(prototype);
    p.define(text, 'length', lengthOf(subject), false);
    p.weakSet(subjects, text, subject);
    return p.freeze(text);
  }

  /** As `ToIntegerOrInfinity`. */
  function integer(value: unknown): number {
    const number = p.trunc(value as number);
    return number === number ? number : 0;
  }

  const clamp = (value: number, length: number) => (value < 0 ? 0 : value > length ? length : value);
  const fromEnd = (value: number, length: number) =>
    clamp(value < 0 ? length + value : value, length);

  /** Units [from, to), clamped already: a string, or a lazy text where that is too long. */
  function piece(subject: TextSubject, from: number, to: number): unknown {
    if (to <= from) return '';
    if (to - from > copies.limits.piece) {
      return make({ ref: subject.ref, from: subject.from + from, to: subject.from + to });
    }
    return units.slice(subject, from, to);
  }

  /** The text that a method like `includes` looks for; those take no expressions. */
  function literal(value: unknown, method: string): string {
    if (typeof value === 'object' && value !== null && inspect.isA(p.prototypes.regExp, value)) {
      throw new p.TypeError(method + ' takes a text, not a regular expression: use search or match');
    }
    return `${value as string}`;
  }

  const toText = (value: unknown, method: string) =>
    copies.whole(
      receiver(value, method),
      'cannot convert to one string',
      'take slice(from, to), what grep(pattern) finds, or lines()',
    );

  function substring(self: unknown, method: string, from: number, to: number): unknown {
    const subject = receiver(self, method);
    const length = lengthOf(subject);
    // The whole of a lazy text is itself, as for strings.
    if (from === 0 && to === length && length > 0) return self;
    return piece(subject, from, to);
  }

  /** What reads; the rest of `String.prototype` goes through a copy. */
  const readers = {
    slice(this: unknown, from?: unknown, to?: unknown): unknown {
      const length = lengthOf(receiver(this, 'slice'));
      const start = fromEnd(integer(from), length);
      return substring(this, 'slice', start, to === undefined ? length : fromEnd(integer(to), length));
    },
    substring(this: unknown, from?: unknown, to?: unknown): unknown {
      const length = lengthOf(receiver(this, 'substring'));
      const start = clamp(integer(from), length);
      const end = to === undefined ? length : clamp(integer(to), length);
      return substring(this, 'substring', start < end ? start : end, start < end ? end : start);
    },
    substr(this: unknown, from?: unknown, count?: unknown): unknown {
      const length = lengthOf(receiver(this, 'substr'));
      const start = fromEnd(integer(from), length);
      const end = count === undefined ? length : clamp(start + integer(count), length);
      return substring(this, 'substr', start, end);
    },
    at(this: unknown, index?: unknown): string | undefined {
      const subject = receiver(this, 'at');
      const relative = integer(index);
      return units.charAt(subject, relative < 0 ? lengthOf(subject) + relative : relative);
    },
    charAt(this: unknown, index?: unknown): string {
      return units.charAt(receiver(this, 'charAt'), integer(index)) ?? '';
    },
    charCodeAt(this: unknown, index?: unknown): number {
      const subject = receiver(this, 'charCodeAt');
      const at = integer(index);
      return at >= 0 && at < lengthOf(subject) ? units.codeAt(subject, at) : NaN;
    },
    codePointAt(this: unknown, index?: unknown): number | undefined {
      return units.codePointAt(receiver(this, 'codePointAt'), integer(index));
    },
    indexOf(this: unknown, needle?: unknown, position?: unknown): number {
      return ops.indexOf(receiver(this, 'indexOf'), needle, position);
    },
    lastIndexOf(this: unknown, needle?: unknown, position?: unknown): number {
      return ops.lastIndexOf(receiver(this, 'lastIndexOf'), needle, position);
    },
    includes(this: unknown, needle?: unknown, position?: unknown): boolean {
      const subject = receiver(this, 'includes');
      return ops.indexOf(subject, literal(needle, 'includes'), position) !== -1;
    },
    startsWith(this: unknown, needle?: unknown, position?: unknown): boolean {
      const subject = receiver(this, 'startsWith');
      const text = literal(needle, 'startsWith');
      const from = clamp(integer(position), lengthOf(subject));
      const to = from + text.length;
      return to <= lengthOf(subject) && (text === '' || ops.slice(subject, from, to) === text);
    },
    endsWith(this: unknown, needle?: unknown, position?: unknown): boolean {
      const subject = receiver(this, 'endsWith');
      const text = literal(needle, 'endsWith');
      const length = lengthOf(subject);
      const to = position === undefined ? length : clamp(integer(position), length);
      const from = to - text.length;
      return from >= 0 && (text === '' || ops.slice(subject, from, to) === text);
    },
    search(this: unknown, pattern?: unknown): number {
      return ops.search(receiver(this, 'search'), pattern);
    },
    match(this: unknown, pattern?: unknown): RegExpMatchArray | null {
      return ops.match(receiver(this, 'match'), pattern);
    },
    matchAll(this: unknown, pattern?: unknown): IterableIterator<RegExpMatchArray> {
      return ops.matchAll(receiver(this, 'matchAll'), pattern);
    },
    split(this: unknown, separator?: unknown, limit?: unknown): string[] {
      const subject = receiver(this, 'split');
      if (limit === undefined && lengthOf(subject) > copies.limits.piece) {
        throw new p.RangeError(
          'split: this text of ' + lengthOf(subject) +
            ' characters makes too many parts: write for (const line of text.lines()), use grep or matchAll, split a slice, or give split a limit',
        );
      }
      return ops.split(subject, separator, limit);
    },
    lines(this: unknown): IterableIterator<string> {
      return ops.lines(receiver(this, 'lines'));
    },
    trim(this: unknown): unknown {
      const subject = receiver(this, 'trim');
      const from = units.firstInk(subject);
      return substring(this, 'trim', from, from === lengthOf(subject) ? from : units.lastInk(subject));
    },
    trimStart(this: unknown): unknown {
      const subject = receiver(this, 'trimStart');
      return substring(this, 'trimStart', units.firstInk(subject), lengthOf(subject));
    },
    trimEnd(this: unknown): unknown {
      return substring(this, 'trimEnd', 0, units.lastInk(receiver(this, 'trimEnd')));
    },
    toString(this: unknown): string {
      return toText(this, 'toString');
    },
    valueOf(this: unknown): string {
      return toText(this, 'valueOf');
    },
    toJSON(this: unknown): string {
      const subject = receiver(this, 'toJSON');
      const length = lengthOf(subject);
      return length > copies.limits.whole ? '«text of ' + length + ' characters»' : copies.whole(subject, '', '');
    },
  };

  function makePrototype(): object {
    // Below the methods, so that only what they do not have comes here: `text[5]`.
    const handler = p.create(null);
    handler.get = (target: Record<PropertyKey, unknown>, key: PropertyKey, self: unknown) => {
      const subject = typeof key === 'string' ? subjectOf(self) : undefined;
      const index = subject ? +(key as string) : -1;
      if (subject && index >= 0 && '' + index === key && p.trunc(index) === index) {
        return units.charAt(subject, index);
      }
      return target[key];
    };
    const indices = new Proxy(p.freeze({}), handler);
    const made = p.createFrom(indices);
    copies.define(made, receiver);
    const names = p.ownKeys(readers);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as keyof typeof readers;
      p.define(made, name, readers[name], false);
    }
    p.define(made, 'trimLeft', readers.trimStart, false);
    p.define(made, 'trimRight', readers.trimEnd, false);
    p.define(made, Symbol.toPrimitive, readers.toString, false);
    p.define(made, Symbol.toStringTag, 'String', false);
    p.define(
      made,
      Symbol.iterator,
      function iterate(this: unknown) {
        return units.codePoints(receiver(this, 'Symbol.iterator'));
      },
      false,
    );
    return p.freeze(made);
  }
  // Built before any cell runs: `Symbol`, `Proxy` and the methods of `String` are the real ones.
  const prototype = makePrototype();

  const texts = {
    make,
    subjectOf,
    is: (value: unknown): boolean => subjectOf(value) !== undefined,
    sizeOf: (value: unknown): number => lengthOf(receiver(value, 'length')),
    head(value: unknown, count: number): string {
      const subject = receiver(value, 'slice');
      return units.slice(subject, 0, clamp(count, lengthOf(subject)));
    },
    textOf(value: unknown): string | null {
      const subject = receiver(value, 'toString');
      return lengthOf(subject) > copies.limits.whole ? null : copies.whole(subject, '', '');
    },
    brief(value: unknown): string {
      const subject = receiver(value, 'print');
      const length = lengthOf(subject);
      const head = units.slice(subject, 0, clamp(100, length));
      const tail = units.slice(subject, fromEnd(-60, length), length);
      return '[text of ' + length + ' characters: ' + p.quote(head) + ' … ' + p.quote(tail) + ']';
    },
    whole: (value: unknown, what: string, instead: string): string =>
      copies.whole(receiver(value, what), what, instead),
  };
  inspect.knowTexts(texts);
  return texts;
}

export type LazyTexts = ReturnType<typeof makeLazyTexts>;
