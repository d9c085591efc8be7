import type { Primordials } from './primordials.ts';
import type { PackedMatches, PackedTexts, TextHost } from './text-host.ts';
import type { TextOps, TextSubject } from './text-ops.ts';

/**
 * The methods of `TextOps` over what the host finds. Loops of `exec` and `indexOf` get their results
 * in batches that grow as the loop goes on.
 */
export function makeTextOps(p: Primordials, host: TextHost) {
  type Ref = string | number;
  type Batch = PackedMatches & {
    readonly expression: RegExp | null;
    readonly ref: Ref;
    readonly from: number;
    readonly to: number;
    readonly most: number;
    readonly where: Float64Array;
    readonly pieces: (string | undefined)[];
    readonly groupNames: readonly string[];
    readonly input: unknown;
    /** Whether `lastIndex` moves. */
    readonly moves: boolean;
    at: number;
  };
  type Hits = {
    readonly ref: Ref;
    readonly from: number;
    readonly to: number;
    readonly needle: string;
    /** The first of `places` is the first occurrence from here on. */
    readonly start: number;
    readonly most: number;
    readonly places: Float64Array;
    at: number;
  };
  const growth = 16;
  const mostAtOnce = 65_536;
  /** Units after a position in which an `indexOf` looks by itself before it asks the host. */
  const nearUnits = 256;
  /** Finds so near one after the other, after which a batch is the faster way. */
  const nearRow = 4;
  let batch: Batch | null = null;
  let hits: Hits | null = null;
  let nearNeedle = '';
  let nearFinds = 0;
  let inputOf = (subject: TextSubject): unknown => host.slice(subject.ref, subject.from, subject.to);

  /** Puts a rope together: the host reads plain strings only. */
  const plain = <Value extends Ref>(value: Value): Value =>
    (typeof value === 'string' ? p.slice(value, 0) : value) as Value;

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

  function unpack(packed: PackedTexts): (string | undefined)[] {
    const texts = (
      packed.separator === '' ? p.parse(packed.joined) : p.split(packed.joined, packed.separator)
    ) as (string | undefined)[];
    if (packed.absent !== null) {
      const places = new p.Uint32Array(packed.absent);
      const { length } = places;
      for (let i = 0; i < length; i++) texts[places[i] as number] = undefined;
    }
    return texts;
  }

  function fetch(
    expression: RegExp | null,
    subject: TextSubject,
    ref: Ref,
    source: string,
    flags: string,
    position: number,
    most: number,
  ): Batch {
    const { from, to } = subject;
    const packed = host.exec(ref, from, to, source, flags, position, most);
    return {
      count: packed.count,
      width: packed.width,
      names: packed.names,
      places: packed.places,
      texts: packed.texts,
      expression,
      ref,
      from,
      to,
      most,
      where: new p.Float64Array(packed.places),
      pieces: packed.count === 0 ? [] : unpack(packed.texts),
      groupNames: packed.names === '' ? [] : p.split(packed.names, ','),
      input: typeof ref === 'string' ? ref : inputOf(subject),
      moves: p.includes(flags, 'g') || p.includes(flags, 'y'),
      at: 0,
    };
  }

  function named({ pieces, groupNames }: Batch, base: number): object {
    const found = p.create(null);
    for (let i = 0; i < groupNames.length; i++) {
      found[groupNames[i] as string] = pieces[base + i];
    }
    return found;
  }

  function matchAt(batch: Batch, i: number): RegExpExecArray {
    const { pieces, width, groupNames, where } = batch;
    const names = groupNames.length;
    const base = i * width;
    const groups = width - names;
    let match: (string | undefined)[];
    if (groups === 1) match = [pieces[base]];
    else if (groups === 2) match = [pieces[base], pieces[base + 1]];
    else {
      match = [pieces[base], pieces[base + 1], pieces[base + 2]];
      for (let group = 3; group < groups; group++) match[group] = pieces[base + group];
    }
    const made = match as RegExpExecArray;
    made.index = where[i * 2] as number;
    made.input = batch.input as string;
    // Own and undefined where there are no names, as the engine leaves it.
    (made as { groups: unknown }).groups = names === 0 ? undefined : named(batch, base + groups);
    return made;
  }

  /** Where the search for match `i` of a batch begins. */
  const startOf = (batch: Batch, i: number) =>
    (i === batch.count ? batch.where[i * 2] : batch.where[i * 2 + 1]) as number;
  const isOver = (batch: Batch) => batch.where[batch.count * 2 + 1] === 1;

  function take(batch: Batch): RegExpExecArray {
    const match = matchAt(batch, batch.at);
    batch.at += 1;
    if (batch.moves) (batch.expression as RegExp).lastIndex = match.index + match[0].length;
    return match;
  }

  function none(expression: RegExp, moves: boolean): null {
    if (moves) expression.lastIndex = 0;
    return null;
  }

  function exec(expression: RegExp, subject: TextSubject): RegExpExecArray | null {
    const ref = plain(subject.ref);
    const { from, to } = subject;
    const { lastIndex } = expression as { readonly lastIndex: unknown };
    let most = 1;
    if (
      batch !== null &&
      batch.moves &&
      batch.expression === expression &&
      batch.from === from &&
      batch.to === to &&
      startOf(batch, batch.at) === lastIndex &&
      batch.ref === ref
    ) {
      if (batch.at < batch.count) return take(batch);
      if (isOver(batch)) return none(expression, true);
      most = batch.most * growth < mostAtOnce ? batch.most * growth : mostAtOnce;
    }
    const flags = p.regExpFlags(expression);
    refuseIndices(subject, flags);
    const position = integer(lastIndex);
    const moves = p.includes(flags, 'g') || p.includes(flags, 'y');
    if (moves && position > to - from) return none(expression, true);
    const start = moves && position > 0 ? position : 0;
    const source = p.regExpSource(expression);
    batch = fetch(expression, subject, ref, source, flags, start, most);
    return batch.count === 0 ? none(expression, moves) : take(batch);
  }

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
    const ref = plain(subject.ref);
    let position = lastIndex > 0 ? lastIndex : 0;
    if (position > subject.to - subject.from) return;
    for (let most = growth; ; most = most * growth < mostAtOnce ? most * growth : mostAtOnce) {
      const found = fetch(null, subject, ref, source, flags, position, most);
      for (let i = 0; i < found.count; i++) yield matchAt(found, i);
      if (isOver(found)) return;
      position = startOf(found, found.count);
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

  /** The place in `found` of the first occurrence from `position` on; its length where none is known. */
  function placeFrom(found: Hits, position: number): number {
    const { places, at } = found;
    if ((places[at] as number) >= position && (at === 0 || (places[at - 1] as number) < position)) {
      return at;
    }
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const place = places[middle] as number;
      if (place === -1 || place >= position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  function indexOf(subject: TextSubject, needle: unknown, from?: unknown): number {
    const text = asText(needle);
    const length = subject.to - subject.from;
    const position = clamp(integer(from), length);
    const ref = plain(subject.ref);
    let most = 1;
    if (
      hits !== null &&
      hits.from === subject.from &&
      hits.to === subject.to &&
      hits.start <= position &&
      hits.needle === text &&
      hits.ref === ref
    ) {
      const last = hits.at === hits.places.length - 1;
      hits.at = placeFrom(hits, position);
      if (hits.at < hits.places.length) return hits.places[hits.at] as number;
      hits.at = hits.places.length - 1;
      if (last) most = hits.most * growth < mostAtOnce ? hits.most * growth : mostAtOnce;
    }
    if (typeof ref === 'string' && text !== '' && most === 1) {
      if (nearNeedle !== text) {
        nearNeedle = text;
        nearFinds = 0;
      }
      if (nearFinds < nearRow) {
        const near = p.indexOf(p.slice(ref, position, position + nearUnits), text);
        if (near !== -1) {
          if (position > 0) nearFinds += 1;
          return position + near;
        }
      }
      nearFinds = 0;
    }
    const places = new p.Float64Array(
      host.find(ref, subject.from, subject.to, text, position, most),
    );
    hits = { ref, from: subject.from, to: subject.to, needle: text, start: position, most, places, at: 0 };
    return places[0] as number;
  }

  function lastIndexOf(subject: TextSubject, needle: unknown, from?: unknown): number {
    const text = asText(needle);
    const number = +(from as number);
    const length = subject.to - subject.from;
    const position = number === number ? clamp(integer(number), length) : length;
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
    /** The text in the other case. */
    toCase: (text: string, upper: boolean): string =>
      host.toCase(plain(text), 0, text.length, upper ? 1 : 0),
    /** Tells what `input` is in the matches of a text of the host. */
    setInput(make: (subject: TextSubject) => unknown): void {
      inputOf = make;
    },
    /** The cell is over: nothing is kept of it. */
    forget(): void {
      batch = null;
      hits = null;
      nearNeedle = '';
      host.forget();
    },
  };
}

export type MadeTextOps = ReturnType<typeof makeTextOps>;
