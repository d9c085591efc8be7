/** Many texts as few values, as `TextHost` hands them to the guest. */
export interface Packed {
  readonly joined: string;
  readonly separator: string;
  readonly absent: ArrayBuffer | null;
}

/** Matches one after the other; see `PackedMatches`. */
export interface PackedBatch {
  readonly count: number;
  readonly width: number;
  readonly names: string;
  readonly places: ArrayBuffer;
  readonly texts: Packed;
}

/** What may stand between two texts: characters that texts hardly ever hold. */
const SEPARATORS = ['\0', '\u0001', '\u0002', '\u001f', '\n', '\u007f', '\ue000', '\uffff'] as const;

/**
 * The engine's own `split` takes joined texts apart at the speed of C; JSON for each of them is
 * slower than what this is for.
 * @param separator a character that is known to be in none of them.
 */
export function pack(texts: readonly (string | undefined)[], separator?: string): Packed {
  const absent: number[] = [];
  for (let i = 0; i < texts.length; i++) if (texts[i] === undefined) absent.push(i);
  // No texts at all would come back as one that is empty.
  const between = texts.length === 0 ? '' : (separator ?? separatorOf(texts.join('')));
  return {
    // `join` writes nothing for undefined.
    joined: between === '' ? JSON.stringify(texts.map((text) => text ?? '')) : texts.join(between),
    separator: between,
    absent: absent.length === 0 ? null : Uint32Array.from(absent).buffer,
  };
}

/** A character that may stand between parts of `text`; '' if none of them can. */
export function separatorOf(text: string): string {
  return SEPARATORS.find((separator) => !text.includes(separator)) ?? '';
}

/** Matches with where they are and where each search began, as far as they are taken. */
export class MatchPacker {
  readonly #texts: (string | undefined)[] = [];
  readonly #places: number[] = [];
  #names = '';
  #width = 1;
  #units = 0;

  /** Matches so far. */
  get count(): number {
    return this.#places.length / 2;
  }

  /** Characters of the matches so far. */
  get units(): number {
    return this.#units;
  }

  /** @param start where the search that found `match` at `index` began. */
  add(match: RegExpExecArray, index: number, start: number): void {
    for (const text of match) this.#texts.push(text);
    this.#width = match.length;
    this.#units += match[0].length;
    this.#places.push(index, start);
    if (!match.groups) return;
    const names = Object.keys(match.groups);
    this.#names = names.join(',');
    this.#width += names.length;
    for (const name of names) this.#texts.push(match.groups[name]);
  }

  /** @param next where the search for the next match begins; @param isOver when there is none. */
  finish(next: number, isOver: boolean, separator?: string): PackedBatch {
    return {
      count: this.count,
      width: this.#width,
      names: this.#names,
      places: Float64Array.from([...this.#places, next, isOver ? 1 : 0]).buffer,
      texts: pack(this.#texts, separator),
    };
  }
}
