import type { ExecLoops } from './exec-loops.ts';
import type { IndexLoops } from './index-loops.ts';
import type { MadeTextOps } from './make-text-ops.ts';
import type { Primordials } from './primordials.ts';
import type { TextSubject } from './text-ops.ts';

/**
 * What a rewritten cell calls for large strings (see `text-calls.ts` beside `transform.ts`). All of
 * it falls back to the engine's own methods: for expressions that are not plainly built-in ones,
 * where a cell has replaced a method, and where the host refuses.
 */
export function makeTextCalls(
  p: Primordials,
  made: MadeTextOps,
  subjectOf: (value: unknown) => TextSubject | undefined,
  indexLoops: IndexLoops,
  makeLoops: (otherwise: (of: RegExp, given: unknown, build: boolean) => unknown) => ExecLoops,
) {
  const { ops } = made;
  const strings = p.prototypes.string as unknown as Readonly<Record<string, unknown>>;
  const expressions = p.prototypes.regExp;
  const natives: Record<PropertyKey, unknown> = p.create(null);
  const methods =
    'indexOf lastIndexOf includes search match matchAll split toLowerCase toUpperCase'.split(' ');
  for (let i = 0; i < methods.length; i++) {
    natives[methods[i] as string] = strings[methods[i] as string];
  }
  const nativeExec = expressions.exec;
  const nativeTest = expressions.test;
  // An expression may become another one where it is; what is known of it is wrong then.
  const { compile } = expressions as unknown as { readonly compile: (...args: unknown[]) => unknown };
  const anew = {
    compile(this: RegExp, pattern: unknown, flags: unknown): unknown {
      forgetExpressions();
      return p.apply(compile, this, [pattern, flags]);
    },
  };
  p.define(expressions, 'compile', anew.compile, false);
  /** What `flags` and the methods of expressions go through, as it was before any cell. */
  const protocol = p.ownKeys(expressions);
  const known: (PropertyDescriptor | undefined)[] = [];
  for (let i = 0; i < protocol.length; i++) {
    known[i] = p.getOwnPropertyDescriptor(expressions, protocol[i] as PropertyKey);
  }

  /** True while the prototype of expressions is as it was. */
  function isPristine(): boolean {
    for (let i = 0; i < protocol.length; i++) {
      const now = p.getOwnPropertyDescriptor(expressions, protocol[i] as PropertyKey);
      const then = known[i] as PropertyDescriptor;
      if (!now || now.value !== then.value || now.get !== then.get) return false;
    }
    return true;
  }

  /** An expression as the engine makes them, with nothing changed and a plain `lastIndex`. */
  function isPlain(value: unknown): value is RegExp {
    if (typeof value !== 'object' || value === null) return false;
    if (p.getPrototypeOf(value) !== expressions || p.ownKeys(value).length !== 1) return false;
    const last = p.getOwnPropertyDescriptor(value, 'lastIndex');
    if (last?.writable !== true || typeof last.value !== 'number') return false;
    return isPristine() && !p.includes(p.regExpFlags(value), 'd');
  }

  const isPattern = (value: unknown): boolean =>
    typeof value === 'string' || value === undefined ? isPristine() : isPlain(value);

  /** The subject that a large string is; kept from call to call, as loops ask for the same one. */
  let lastSubject: TextSubject & { readonly ref: string } = { ref: '', from: 0, to: 0 };
  function whole(text: string): TextSubject & { readonly ref: string } {
    // Put together, so that the comparison is one of addresses.
    const ref = p.slice(text, 0);
    if (lastSubject.ref !== ref) lastSubject = { ref, from: 0, to: ref.length };
    return lastSubject;
  }

  const isPosition = (value: unknown): boolean => value === undefined || typeof value === 'number';

  /** A large string as the receiver of one call. */
  class Large {
    readonly subject: TextSubject & { readonly ref: string };
    constructor(subject: TextSubject & { readonly ref: string }) {
      this.subject = subject;
    }
    indexOf(needle: unknown, position: unknown): unknown {
      return indexLoops.indexOf(this.subject.ref, needle, position);
    }
    lastIndexOf(needle: unknown, position: unknown): unknown {
      if (typeof needle === 'string' && isPosition(position) && isOurs('lastIndexOf')) {
        try {
          return ops.lastIndexOf(this.subject, needle, position);
        } catch {
          // As above.
        }
      }
      return native('lastIndexOf', this.subject, needle, position);
    }
    includes(needle: unknown, position: unknown): unknown {
      if (typeof needle === 'string' && isPosition(position) && isOurs('includes')) {
        try {
          return made.indexIn(this.subject, needle, position) !== -1;
        } catch {
          // As above.
        }
      }
      return native('includes', this.subject, needle, position);
    }
    search(pattern: unknown): unknown {
      if (isPattern(pattern) && isOurs('search')) {
        try {
          return ops.search(this.subject, pattern);
        } catch {
          // As above.
        }
      }
      return native('search', this.subject, pattern, undefined);
    }
    match(pattern: unknown): unknown {
      if (isPattern(pattern) && isOurs('match')) {
        try {
          return ops.match(this.subject, pattern);
        } catch {
          // As above.
        }
      }
      return native('match', this.subject, pattern, undefined);
    }
    matchAll(pattern: unknown): unknown {
      if (isPattern(pattern) && isOurs('matchAll')) {
        try {
          const flags = typeof pattern === 'object' ? p.regExpFlags(pattern) : '';
          if (p.includes(flags, 'g') && !p.includes(flags, 'y')) {
            const found = loops.matchAll(this.subject.ref, pattern as RegExp);
            if (found !== null) return found;
          }
          // Asked once before: a later refusal would come in the middle of the loop.
          ops.search({ ref: this.subject.ref, from: 0, to: 1 }, pattern);
          return ops.matchAll(this.subject, pattern);
        } catch {
          // As above.
        }
      }
      return native('matchAll', this.subject, pattern, undefined);
    }
    split(separator: unknown, limit: unknown): unknown {
      // Parts at a text are made faster by the engine than they could be handed over.
      if (typeof separator === 'object' && isPlain(separator) && isPosition(limit) && isOurs('split')) {
        try {
          return ops.split(this.subject, separator, limit);
        } catch {
          // As above.
        }
      }
      return native('split', this.subject, separator, limit);
    }
    toLowerCase(): unknown {
      if (isOurs('toLowerCase')) {
        try {
          return made.toCase(this.subject.ref, false);
        } catch {
          // As above.
        }
      }
      return native('toLowerCase', this.subject, undefined, undefined);
    }
    toUpperCase(): unknown {
      if (isOurs('toUpperCase')) {
        try {
          return made.toCase(this.subject.ref, true);
        } catch {
          // As above.
        }
      }
      return native('toUpperCase', this.subject, undefined, undefined);
    }
  }

  const isOurs = (name: string): boolean => strings[name] === natives[name];

  function native(name: string, { ref }: { readonly ref: string }, first: unknown, second: unknown) {
    return p.apply(strings[name] as (...args: unknown[]) => unknown, ref, [first, second]);
  }

  let lastLarge: Large | null = null;
  function large(text: string): Large {
    const subject = whole(text);
    if (lastLarge === null || lastLarge.subject !== subject) lastLarge = new Large(subject);
    return lastLarge;
  }

  /** Looked at already: a loop would look again and again. */
  let lastPlain: unknown = null;
  let lastFlags = '';

  /** What `exec` finds, or whether it finds anything; undefined where the engine is to be asked. */
  function find(expression: RegExp, text: unknown, build: boolean): unknown {
    if (typeof text !== 'string') {
      const subject = subjectOf(text);
      return subject && made.execIn(expression, subject, build);
    }
    if (text.length < 32_768) return undefined;
    if (expression !== lastPlain) {
      if (!isPlain(expression)) return undefined;
      lastPlain = expression;
      lastFlags = p.regExpFlags(expression);
    }
    // With /y there is nothing to look for.
    if (typeof expression.lastIndex !== 'number' || p.includes(lastFlags, 'y')) return undefined;
    try {
      const found = p.includes(lastFlags, 'g') ? loops.step(expression, text, build) : undefined;
      return found === undefined ? made.execIn(expression, whole(text), build) : found;
    } catch {
      return undefined;
    }
  }

  const loops = makeLoops((expression, text, build) => {
    const isOwn = expression.exec === nativeExec && (build || expression.test === nativeTest);
    const found = isOwn ? find(expression, text, build) : undefined;
    if (build) return found === undefined ? expression.exec(text as string) : found;
    return found === undefined ? expression.test(text as string) : found !== null;
  });

  function forgetExpressions(): void {
    lastPlain = null;
    loops.forget();
    made.forgetRun();
  }

  return {
    /** What stands for the receiver of a call that may be a large string. */
    on: (value: unknown): unknown =>
      typeof value === 'string' && value.length >= 32_768 ? large(value) : value,
    indexOf: indexLoops.indexOf,
    exec: loops.exec,
    test: loops.test,
    isText: (value: unknown): boolean => subjectOf(value) !== undefined,
    /** `typeof`, for which a text of the host is a string. */
    typeOf: (value: unknown): string => (subjectOf(value) !== undefined ? 'string' : typeof value),
    forget(): void {
      forgetExpressions();
      indexLoops.forget();
      lastLarge = null;
      lastSubject = { ref: '', from: 0, to: 0 };
      made.forget();
    },
  };
}

export type TextCalls = ReturnType<typeof makeTextCalls>;
