import type { Primordials } from './primordials.ts';
import type { TextOps, TextSubject } from './text-ops.ts';

/** UTF-16 code units up to which a lazy text does what only a string can do. */
export interface LazyLimits {
  /** Converting the whole: printing, joining, replacing, JSON. */
  readonly whole: number;
  /** A slice up to this is a real string, a longer one is lazy; `split` needs a limit beyond it. */
  readonly piece: number;
}

/** What a lazy text does by way of a copy of the whole, and what it says where it is too long for one. */
export function makeTextCopies(
  p: Primordials,
  ops: TextOps,
  limits: LazyLimits = { whole: 1_048_576, piece: 16_777_216 },
) {
  /** @throws RangeError where the whole is too long to be one string; `instead` says what to write. */
  function whole(subject: TextSubject, what: string, instead: string): string {
    const length = subject.to - subject.from;
    if (length > limits.whole) {
      throw new p.RangeError(
        what + ': this text of ' + length + ' characters is never copied whole (at most ' +
          limits.whole + ' are): ' + instead,
      );
    }
    return length === 0 ? '' : ops.slice(subject, 0, length);
  }

  function insteadOf(method: string): string {
    const first = p.slice(method, 0, 3);
    if (first === 'rep' && method !== 'repeat') return 'replace in slices, or in each of lines()';
    if (p.includes(method, 'erCase')) {
      return 'search with a regular expression and the flag i, or change a slice';
    }
    return 'take slice(from, to) first, or go through lines()';
  }

  /** Gives `made` the methods of `String` that a lazy text has no way of its own for. */
  function define(made: object, receiver: (self: unknown, method: string) => TextSubject): void {
    const natives = p.ownKeys(p.prototypes.string);
    for (let i = 0; i < natives.length; i++) {
      const name = natives[i];
      const native = name && p.getOwnPropertyDescriptor(p.prototypes.string, name)?.value;
      if (typeof name !== 'string' || typeof native !== 'function') continue;
      if (name === 'constructor') p.define(made, name, native, false);
      else {
        const call = (self: unknown, args: unknown[]): unknown =>
          p.apply(native, whole(receiver(self, name), name, insteadOf(name)), args);
        const through = function (this: unknown, ...args: unknown[]): unknown {
          return call(this, args);
        };
        p.define(made, name, through, false);
      }
    }
  }

  return { limits, whole, define };
}

export type TextCopies = ReturnType<typeof makeTextCopies>;
