import type { MadeTextOps } from './make-text-ops.ts';
import type { Primordials } from './primordials.ts';
import type { TextHost } from './text-host.ts';

/**
 * Loops of `exec`, `test` and `matchAll` with /g over large strings. The host says where the matches
 * are, in batches that grow as the loop goes on; the engine's own `exec`, begun right there, makes
 * the result, which is faster than guest code could. `otherwise` is any other call of theirs.
 */
export function makeExecLoops(
  p: Primordials,
  host: TextHost,
  made: MadeTextOps,
  otherwise: (of: RegExp, given: unknown, build: boolean) => unknown,
) {
  const growth = 16;
  const mostAtOnce = 65_536;
  /** Units of a match, on average, beyond which the engine would be slow at matching it again. */
  const longUnits = 128;
  const nativeExec = p.prototypes.regExp.exec;
  const nativeTest = p.prototypes.regExp.test;
  const noPlaces = new p.Int32Array(0);

  // The loop of `exec` or `test` under way. Variables are read faster than properties.
  let expression: RegExp | null = null;
  /** The very string that the loop has; null where that is a rope, which is slow to compare. */
  let text: string | null = null;
  /** The same without ropes. */
  let flat: string | null = null;
  let source = '';
  let flags = '';
  /** Index and end of each match, `count` numbers; see `TextHost.matchPlaces`. */
  let places: Int32Array = noPlaces;
  let at = 0;
  let count = 0;
  /** `lastIndex` where the loop goes on; -1 after an empty match, which is found again from there. */
  let start = 0;
  /** Where the batch was searched from. */
  let first = 0;
  let most = 1;
  /** One whose matches or whose looks around are long: they are handed over as texts. */
  let unfit: RegExp | null = null;

  const isLong = (batch: Int32Array): boolean => {
    const end = batch.length - 2;
    let units = 0;
    for (let i = 0; i < end; i += 2) units += (batch[i + 1] as number) - (batch[i] as number);
    return units > (end / 2) * longUnits;
  };

  const isUnicode = (of: string): boolean => p.includes(of, 'u') || p.includes(of, 'v');

  /** `lastIndex` from which on the match at `at` is the next one. */
  function low(): number {
    if (at === 0) return first;
    const end = places[at - 1] as number;
    if (end > (places[at - 2] as number)) return end;
    return isUnicode(flags) ? (places[at] as number) : end + 1;
  }

  function oneMatch(whole: string, index: number): RegExpExecArray {
    return made.oneMatch({ ref: whole, from: 0, to: whole.length }, source, flags, index);
  }

  /** The match at `at`; only that there is one, where nothing is to be built. */
  function take(found: RegExp, whole: string, build: boolean): RegExpExecArray | true {
    const index = places[at] as number;
    const end = places[at + 1] as number;
    let match: RegExpExecArray | null = null;
    if (build) {
      found.lastIndex = index;
      match = p.execute(found, whole);
      // Engines may know different versions of Unicode.
      if (match?.index !== index || found.lastIndex !== end) match = oneMatch(whole, index);
    }
    found.lastIndex = end;
    at += 2;
    start = end > index ? end : -1;
    return match ?? true;
  }

  function none(of: RegExp): null {
    of.lastIndex = 0;
    return null;
  }

  /**
   * `exec` of an expression with /g and not /y over a string, or `test` where nothing is to be built;
   * undefined where loops of it are not for here.
   */
  function step(of: RegExp, given: string, build: boolean): RegExpExecArray | true | null | undefined {
    if (of === unfit) return undefined;
    const { lastIndex } = of;
    const whole = p.slice(given, 0);
    let size = 1;
    if (of === expression && whole === flat && lastIndex >= low()) {
      if (at < count) {
        if (lastIndex <= (places[at] as number)) return take(of, whole, build);
      } else if (places[count + 1] === 1) {
        return none(of);
      } else if (lastIndex === start || lastIndex === places[count]) {
        size = most * growth < mostAtOnce ? most * growth : mostAtOnce;
      }
    }
    const position = lastIndex > 0 ? p.trunc(lastIndex) : 0;
    if (position > whole.length) return none(of);
    if (of !== expression) {
      source = p.regExpSource(of);
      flags = p.regExpFlags(of);
    }
    const found = host.matchPlaces(whole, source, flags, position, size);
    const batch = found === null ? noPlaces : new p.Int32Array(found);
    if (found === null || isLong(batch)) {
      unfit = of;
      return undefined;
    }
    expression = of;
    text = host.isRope(given) ? null : given;
    flat = whole;
    places = batch;
    at = 0;
    count = batch.length - 2;
    first = position;
    most = size;
    return count === 0 ? none(of) : take(of, whole, build);
  }

  /** `expression.exec(text)` of any values. */
  function exec(of: RegExp, given: unknown): unknown {
    if (
      of !== expression ||
      given !== text ||
      of.lastIndex !== start ||
      at >= count ||
      of.exec !== nativeExec
    ) {
      return otherwise(of, given, true);
    }
    const index = places[at] as number;
    const end = places[at + 1] as number;
    of.lastIndex = index;
    const match = of.exec(given as string);
    at += 2;
    start = end > index ? end : -1;
    if (match !== null && of.lastIndex === end && match.index === index) return match;
    of.lastIndex = end;
    return oneMatch(given as string, index);
  }

  /** `expression.test(text)` of any values. */
  function test(of: RegExp, given: unknown): unknown {
    if (
      of !== expression ||
      given !== text ||
      of.lastIndex !== start ||
      at >= count ||
      of.test !== nativeTest ||
      of.exec !== nativeExec
    ) {
      return otherwise(of, given, false);
    }
    const end = places[at + 1] as number;
    of.lastIndex = end;
    start = end > (places[at] as number) ? end : -1;
    at += 2;
    return true;
  }

  function* each(
    whole: string,
    body: string,
    marks: string,
    firstBatch: Int32Array,
  ): Generator<RegExpExecArray> {
    const own = p.construct(p.RegExp, [body, marks]);
    const subject = { ref: whole, from: 0, to: whole.length };
    let batch = firstBatch;
    for (let size = growth; ; ) {
      const end = batch.length - 2;
      for (let i = 0; i < end; i += 2) {
        const index = batch[i] as number;
        own.lastIndex = index;
        const match = p.execute(own, whole);
        yield match?.index === index && own.lastIndex === batch[i + 1]
          ? match
          : made.oneMatch(subject, body, marks, index);
      }
      if (batch[end + 1] === 1) return;
      size = size * growth < mostAtOnce ? size * growth : mostAtOnce;
      batch = new p.Int32Array(
        host.matchPlaces(whole, body, marks, batch[end] as number, size) as ArrayBuffer,
      );
    }
  }

  return {
    exec,
    test,
    step,
    /** `matchAll` of a pattern with /g and not /y; null where it is not for here. */
    matchAll(whole: string, pattern: RegExp): IterableIterator<RegExpMatchArray> | null {
      const body = p.regExpSource(pattern);
      const marks = p.regExpFlags(pattern);
      const { lastIndex } = pattern;
      const position = lastIndex > 0 ? p.trunc(lastIndex) : 0;
      if (position > whole.length) return null;
      const found = host.matchPlaces(whole, body, marks, position, growth);
      if (found === null) return null;
      const batch = new p.Int32Array(found);
      return isLong(batch) ? null : p.asMatches(each(whole, body, marks, batch));
    },
    /** The cell is over, or an expression is another one now: nothing is kept. */
    forget(): void {
      expression = null;
      text = null;
      flat = null;
      unfit = null;
      places = noPlaces;
      at = 0;
      count = 0;
    },
  };
}

export type ExecLoops = ReturnType<typeof makeExecLoops>;
