import type { Primordials } from './primordials.ts';
import type { PackedMatches, PackedTexts, TextHost } from './text-host.ts';
import type { TextSubject } from './text-ops.ts';

/** A batch of matches, taken apart. */
export type Batch = PackedMatches & {
  readonly subject: TextSubject;
  readonly most: number;
  readonly where: Float64Array;
  readonly pieces: (string | undefined)[];
  readonly groupNames: readonly string[];
  readonly input: unknown;
};

/** Takes apart what the host hands over as few values: texts, and matches as `exec` makes them. */
export function makePackedMatches(p: Primordials, host: TextHost) {
  let inputOf = (subject: TextSubject): unknown => host.slice(subject.ref, subject.from, subject.to);

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
    subject: TextSubject,
    source: string,
    flags: string,
    position: number,
    most: number,
  ): Batch {
    const { ref, from, to } = subject;
    const packed = host.exec(ref, from, to, source, flags, position, most);
    return {
      count: packed.count,
      width: packed.width,
      names: packed.names,
      places: packed.places,
      texts: packed.texts,
      subject,
      most,
      where: new p.Float64Array(packed.places),
      pieces: packed.count === 0 ? [] : unpack(packed.texts),
      groupNames: packed.names === '' ? [] : p.split(packed.names, ','),
      input: typeof ref === 'string' ? ref : inputOf(subject),
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
    const { pieces, width } = batch;
    const base = i * width;
    if (width === 1) return finished([pieces[base]], batch, i);
    const names = batch.groupNames.length;
    const groups = width - names;
    let match: (string | undefined)[];
    if (groups === 1) match = [pieces[base]];
    else if (groups === 2) match = [pieces[base], pieces[base + 1]];
    else {
      match = [pieces[base], pieces[base + 1], pieces[base + 2]];
      for (let group = 3; group < groups; group++) match[group] = pieces[base + group];
    }
    const made = finished(match, batch, i);
    if (names > 0) (made as { groups: unknown }).groups = named(batch, base + groups);
    return made;
  }

  function finished(match: (string | undefined)[], batch: Batch, i: number): RegExpExecArray {
    const made = match as RegExpExecArray;
    made.index = batch.where[i * 2] as number;
    made.input = batch.input as string;
    // Own and undefined where there are no names, as the engine leaves it.
    (made as { groups: unknown }).groups = undefined;
    return made;
  }

  const isOver = (batch: Batch) => batch.where[batch.count * 2 + 1] === 1;

  return {
    unpack,
    fetch,
    matchAt,
    isOver,
    /** Tells what `input` is in the matches of a text of the host. */
    setInput(make: (subject: TextSubject) => unknown): void {
      inputOf = make;
    },
  };
}

export type PackedMatchesReader = ReturnType<typeof makePackedMatches>;
