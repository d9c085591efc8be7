import type { MadeTextOps } from './make-text-ops.ts';
import type { Primordials } from './primordials.ts';
import type { TextOps, TextSubject } from './text-ops.ts';

/**
 * What a rewritten cell calls for large strings (see `text-calls.ts` beside `transform.ts`). All of
 * it falls back to the engine's own methods: for expressions that are not plainly built-in ones,
 * where a cell has replaced a method, and where the host refuses.
 */
export function makeTextCalls(
  p: Primordials,
  made: MadeTextOps,
  subjectOf: (value: unknown) => TextSubject | undefined,
) {
  const ops: TextOps = made.ops;
  const strings = p.prototypes.string as unknown as Readonly<Record<string, unknown>>;
  const expressions = p.prototypes.regExp;
  type Natives = Record<PropertyKey, unknown>;
  const natives: Natives = p.create(null);
  const methods =
    'indexOf lastIndexOf includes search match matchAll split toLowerCase toUpperCase'.split(' ');
  for (let i = 0; i < methods.length; i++) {
    const name = methods[i] as string;
    natives[name] = strings[name];
  }
  const nativeExec = expressions.exec;
  const nativeTest = expressions.test;
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
    return isPristine() && !p.includes(p.regExpFlags(value as RegExp), 'd');
  }

  const isPattern = (value: unknown): boolean =>
    typeof value === 'string' || value === undefined ? isPristine() : isPlain(value);

  const whole = (text: string): TextSubject => ({ ref: text, from: 0, to: text.length });

  const isPosition = (value: unknown): boolean => value === undefined || typeof value === 'number';

  /** A large string as the receiver of one call. */
  class Large {
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
    indexOf(needle: unknown, position: unknown): unknown {
      if (typeof needle === 'string' && isPosition(position) && isOurs('indexOf')) {
        try {
          return ops.indexOf(whole(this.text), needle, position);
        } catch {
          // The engine's own way, below.
        }
      }
      return native('indexOf', this.text, arguments);
    }
    lastIndexOf(needle: unknown, position: unknown): unknown {
      if (typeof needle === 'string' && isPosition(position) && isOurs('lastIndexOf')) {
        try {
          return ops.lastIndexOf(whole(this.text), needle, position);
        } catch {
          // As above.
        }
      }
      return native('lastIndexOf', this.text, arguments);
    }
    includes(needle: unknown, position: unknown): unknown {
      if (typeof needle === 'string' && isPosition(position) && isOurs('includes')) {
        try {
          return ops.indexOf(whole(this.text), needle, position) !== -1;
        } catch {
          // As above.
        }
      }
      return native('includes', this.text, arguments);
    }
    search(pattern: unknown): unknown {
      if (isPattern(pattern) && isOurs('search')) {
        try {
          return ops.search(whole(this.text), pattern);
        } catch {
          // As above.
        }
      }
      return native('search', this.text, arguments);
    }
    match(pattern: unknown): unknown {
      if (isPattern(pattern) && isOurs('match')) {
        try {
          return ops.match(whole(this.text), pattern);
        } catch {
          // As above.
        }
      }
      return native('match', this.text, arguments);
    }
    matchAll(pattern: unknown): unknown {
      if (isPattern(pattern) && isOurs('matchAll')) {
        try {
          // Asked once before: a later refusal would come in the middle of the loop.
          ops.search(whole(p.slice(this.text, 0, 1)), pattern);
          return ops.matchAll(whole(this.text), pattern);
        } catch {
          // As above.
        }
      }
      return native('matchAll', this.text, arguments);
    }
    split(separator: unknown, limit: unknown): unknown {
      // Parts at a text are made faster by the engine than they could be handed over.
      if (typeof separator === 'object' && isPlain(separator) && isPosition(limit) && isOurs('split')) {
        try {
          return ops.split(whole(this.text), separator, limit);
        } catch {
          // As above.
        }
      }
      return native('split', this.text, arguments);
    }
    toLowerCase(): unknown {
      if (isOurs('toLowerCase')) {
        try {
          return made.toCase(this.text, false);
        } catch {
          // As above.
        }
      }
      return native('toLowerCase', this.text, arguments);
    }
    toUpperCase(): unknown {
      if (isOurs('toUpperCase')) {
        try {
          return made.toCase(this.text, true);
        } catch {
          // As above.
        }
      }
      return native('toUpperCase', this.text, arguments);
    }
  }

  const isOurs = (name: string): boolean => strings[name] === natives[name];

  function native(name: string, text: string, args: ArrayLike<unknown>): unknown {
    return p.apply(strings[name] as (...args: unknown[]) => unknown, text, args as unknown[]);
  }

  /** A text of the host, or a string and an expression that the host can run on it. */
  function subjectFor(expression: RegExp, text: unknown): TextSubject | undefined {
    if (typeof text !== 'string') return subjectOf(text);
    // An expression on a short string stays where it can be interrupted.
    if (text.length < 32_768) return undefined;
    return lastPlain === expression || isPlain(expression) ? whole(text) : undefined;
  }

  /** Looked at already: a loop would look again and again. */
  let lastPlain: unknown = null;

  function exec(expression: RegExp, text: unknown): unknown {
    if (expression.exec === nativeExec) {
      const subject = subjectFor(expression, text);
      if (subject) {
        lastPlain = expression;
        if (typeof text !== 'string') return ops.exec(expression, subject);
        try {
          return ops.exec(expression, subject);
        } catch {
          // As above.
        }
      }
    }
    return expression.exec(text as string);
  }

  return {
    /** What stands for the receiver of a call that may be a large string. */
    on: (value: unknown): unknown => (typeof value === 'string' && value.length >= 32_768 ? new Large(value) : value),
    exec,
    test(expression: RegExp, text: unknown): unknown {
      return expression.test === nativeTest && expression.exec === nativeExec
        ? exec(expression, text) !== null
        : expression.test(text as string);
    },
    isText: (value: unknown): boolean => subjectOf(value) !== undefined,
    /** `typeof`, for which a text of the host is a string. */
    typeOf: (value: unknown): string => (subjectOf(value) !== undefined ? 'string' : typeof value),
    forget(): void {
      lastPlain = null;
      made.forget();
    },
  };
}

export type TextCalls = ReturnType<typeof makeTextCalls>;
