import type { Primordials } from './primordials.ts';
import type { TextSubject } from './text-ops.ts';

/** What the methods of `TextOps` are called with, as the built-in methods take it. */
export function makeTextArguments(p: Primordials) {
  type Ref = string | number;
  const isSame = (a: TextSubject, b: TextSubject) =>
    a === b || (a.from === b.from && a.to === b.to && a.ref === b.ref);

  /** Puts a rope together: the host reads plain strings only. */
  const plain = <Value extends Ref>(value: Value): Value =>
    (typeof value === 'string' ? p.slice(value, 0) : value) as Value;

  const plainSubject = (subject: TextSubject): TextSubject =>
    typeof subject.ref === 'string'
      ? { ref: plain(subject.ref), from: subject.from, to: subject.to }
      : subject;

  /** As `ToIntegerOrInfinity`. */
  function integer(value: unknown): number {
    const number = p.trunc(value as number);
    return number === number ? number : 0;
  }

  const clamp = (value: number, length: number) => (value < 0 ? 0 : value > length ? length : value);

  const asText = (value: unknown): string => plain(`${value as string}`);

  const isExpression = (value: unknown): value is RegExp =>
    typeof value === 'object' && value !== null && p.isPrototypeOf(p.prototypes.regExp, value);

  const expressionOf = (pattern: unknown, flags: string): RegExp =>
    isExpression(pattern) ? pattern : (p.construct(p.RegExp, [pattern, flags]) as RegExp);

  function refuseIndices(subject: TextSubject, flags: string) {
    if (typeof subject.ref === 'number' && p.includes(flags, 'd')) {
      throw new p.TypeError(
        'the flag d is not there for texts this large: leave it out and use index and the lengths of the groups',
      );
    }
  }

  return {
    isSame,
    plain,
    plainSubject,
    integer,
    clamp,
    asText,
    isExpression,
    expressionOf,
    refuseIndices,
  };
}

export type TextArguments = ReturnType<typeof makeTextArguments>;
