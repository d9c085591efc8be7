import type { Primordials } from './primordials.ts';
import type { Batch, PackedMatchesReader } from './packed-matches.ts';
import type { FindBatches } from './find-batches.ts';
import type { TextArguments } from './text-arguments.ts';
import type { TextHost } from './text-host.ts';
import type { TextOps, TextSubject } from './text-ops.ts';

/**
 * The methods of `TextOps` over what the host finds. Loops of `exec` get their results in batches that
 * grow as the loop goes on.
 */
export function makeTextOps(
  p: Primordials,
  host: TextHost,
  values: TextArguments,
  packed: PackedMatchesReader,
  finds: FindBatches,
) {
  const { isSame, plain, plainSubject, integer, clamp, asText, isExpression, expressionOf, refuseIndices } = values;
  const { unpack, fetch, matchAt, isOver } = packed;
  const { indexIn } = finds;
  const growth = 16;
  const mostAtOnce = 65_536;

  // A loop of `exec` or `test`: the batch it is in, and how far it has come. Variables are read
  // faster than properties, and such a loop is all that a cell does for a while.
  let run: Batch | null = null;
  let runExpression: RegExp | null = null;
  let runAt = 0;
  let runCount = 0;
  /** `lastIndex` where the loop goes on. */
  let runStart = 0;

  /** The next match of the loop; `true` where only that there is one matters. */
  function take(batch: Batch, expression: RegExp, build: boolean): RegExpExecArray | true {
    const i = runAt;
    const { where } = batch;
    const text = batch.pieces[i * batch.width] as string;
    runAt = i + 1;
    runStart = (runAt < runCount ? where[i * 2 + 3] : where[i * 2 + 2]) as number;
    if (runExpression !== null) expression.lastIndex = (where[i * 2] as number) + text.length;
    return build ? matchAt(batch, i) : true;
  }

  function none(expression: RegExp, moves: boolean): null {
    if (moves) expression.lastIndex = 0;
    return null;
  }

  /** `exec`, or `test` where nothing is to be built, over a subject without ropes. */
  function execIn(
    expression: RegExp,
    subject: TextSubject,
    build: boolean,
  ): RegExpExecArray | true | null {
    const lastIndex: unknown = expression.lastIndex;
    let most = 1;
    if (
      run !== null &&
      expression === runExpression &&
      lastIndex === runStart &&
      isSame(run.subject, subject)
    ) {
      if (runAt < runCount) return take(run, expression, build);
      if (isOver(run)) return none(expression, true);
      most = run.most * growth < mostAtOnce ? run.most * growth : mostAtOnce;
    }
    const flags = p.regExpFlags(expression);
    refuseIndices(subject, flags);
    const position = integer(lastIndex);
    const moves = p.includes(flags, 'g') || p.includes(flags, 'y');
    if (moves && position > subject.to - subject.from) return none(expression, true);
    const start = moves && position > 0 ? position : 0;
    run = fetch(subject, p.regExpSource(expression), flags, start, most);
    runExpression = moves ? expression : null;
    runAt = 0;
    runCount = run.count;
    if (runCount === 0) {
      runExpression = null;
      return none(expression, moves);
    }
    return take(run, expression, build);
  }

  const exec = (expression: RegExp, subject: TextSubject): RegExpExecArray | null =>
    execIn(expression, plainSubject(subject), true) as RegExpExecArray | null;

  function match(subject: TextSubject, pattern: unknown): RegExpMatchArray | null {
    const expression = expressionOf(pattern, '');
    const flags = p.regExpFlags(expression);
    if (!p.includes(flags, 'g')) return exec(expression, subject);
    expression.lastIndex = 0;
    const found = host.match(
      plain(subject.ref),
      subject.from,
      subject.to,
      p.regExpSource(expression),
      flags,
    );
    return found === null ? null : (unpack(found) as RegExpMatchArray);
  }

  function* eachMatch(
    subject: TextSubject,
    source: string,
    flags: string,
    lastIndex: number,
  ): Generator<RegExpExecArray> {
    const plainly = plainSubject(subject);
    let position = lastIndex > 0 ? lastIndex : 0;
    if (position > subject.to - subject.from) return;
    for (let most = growth; ; most = most * growth < mostAtOnce ? most * growth : mostAtOnce) {
      const found = fetch(plainly, source, flags, position, most);
      const { count } = found;
      for (let i = 0; i < count; i++) yield matchAt(found, i);
      if (isOver(found)) return;
      position = found.where[count * 2] as number;
    }
  }

  function matchAll(subject: TextSubject, pattern: unknown): IterableIterator<RegExpMatchArray> {
    const expression = expressionOf(pattern, 'g');
    const flags = p.regExpFlags(expression);
    if (!p.includes(flags, 'g')) {
      throw new p.TypeError('matchAll needs a regular expression with the flag g');
    }
    refuseIndices(subject, flags);
    return p.asMatches(
      eachMatch(subject, p.regExpSource(expression), flags, integer(expression.lastIndex)),
    );
  }

  const indexOf = (subject: TextSubject, needle: unknown, from?: unknown): number =>
    indexIn(plainSubject(subject), asText(needle), from);

  function lastIndexOf(subject: TextSubject, needle: unknown, from?: unknown): number {
    const text = asText(needle);
    const number = p.trunc(from as number);
    const length = subject.to - subject.from;
    // As the language has it: what is no number is the end.
    const position = number === number ? clamp(number, length) : length;
    return host.findLast(plain(subject.ref), subject.from, subject.to, text, position);
  }

  function search(subject: TextSubject, pattern: unknown): number {
    const expression = expressionOf(pattern, '');
    const flags = p.regExpFlags(expression);
    const source = p.regExpSource(expression);
    return host.search(plain(subject.ref), subject.from, subject.to, source, flags);
  }

  function split(subject: TextSubject, separator: unknown, limit?: unknown): string[] {
    const most = limit === undefined ? 4_294_967_295 : (limit as number) >>> 0;
    const { from, to } = subject;
    const ref = plain(subject.ref);
    const isPlain = !isExpression(separator);
    const source = isPlain ? asText(separator) : p.regExpSource(separator);
    if (most === 0) return [];
    if (separator === undefined) return [host.slice(ref, from, to)];
    const flags = isPlain ? 'plain' : p.regExpFlags(separator);
    return unpack(host.split(ref, from, to, source, flags, most)) as string[];
  }

  function* lines(subject: TextSubject): Generator<string> {
    const ref = plain(subject.ref);
    for (let position = 0; position !== -1; ) {
      const found = host.lines(ref, subject.from, subject.to, position);
      const texts = unpack(found.lines) as string[];
      const { length } = texts;
      for (let i = 0; i < length; i++) yield texts[i] as string;
      position = found.next;
    }
  }

  /** An expression is another one now. */
  function forgetRun(): void {
    run = null;
    runExpression = null;
  }

  const ops: TextOps = {
    indexOf,
    lastIndexOf,
    slice: (subject, from, to) =>
      host.slice(plain(subject.ref), subject.from + from, subject.from + to),
    search,
    match,
    matchAll,
    exec,
    split,
    lines,
  };
  return {
    ops,
    /** `exec`, `test` and `indexOf` as loops call them. */
    execIn,
    indexIn,
    /** The text in the other case. */
    toCase: (text: string, upper: boolean): string =>
      host.toCase(plain(text), 0, text.length, upper ? 1 : 0),
    /** The match at `index`, where there is one. */
    oneMatch: (subject: TextSubject, source: string, flags: string, index: number): RegExpExecArray =>
      matchAt(fetch(subject, source, flags, index, 1), 0),
    forgetRun,
    /** The cell is over: nothing is kept of it. */
    forget(): void {
      forgetRun();
      finds.forget();
      host.forget();
    },
  };
}

export type MadeTextOps = ReturnType<typeof makeTextOps>;
