/** Finds many texts in another at once. */
export interface NeedleSearch {
  /** Calls `visit` with the number of a needle and each place it begins at, in the order of places. */
  scan(text: string, visit: (needle: number, at: number) => void): void;
}

/** Needles at least this long are looked for by themselves: the shortest decides how far a step goes. */
const LONG = 12;
const HASHES = 1 << 15;

/**
 * Wu and Manber's search: a table tells from two or three units how far no needle can end, so that
 * most of a text is never looked at.
 * @param needles of two code units or more.
 */
export function createNeedleSearch(needles: readonly string[]): NeedleSearch {
  const numbered = needles.map((needle, number) => ({ needle, number }));
  const long = numbered.filter(({ needle }) => needle.length >= LONG);
  const short = numbered.filter(({ needle }) => needle.length < LONG);
  const scans = [...(long.length > 0 ? [byThree(long)] : []), ...(short.length > 0 ? [byTwo(short)] : [])];
  return {
    scan(text, visit) {
      for (const scan of scans) scan(text, visit);
    },
  };
}

interface Numbered {
  readonly needle: string;
  readonly number: number;
}
type Scan = NeedleSearch['scan'];

interface Steps {
  readonly shortest: number;
  /** By hash: units to go on by; 0 where a needle may end. */
  readonly steps: Uint8Array;
  /** The needles whose first `shortest` units end in this hash. */
  readonly ending: ReadonlyMap<number, readonly Numbered[]>;
}

const hashTwo = (a: number, b: number): number => ((a << 6) ^ b) & (HASHES - 1);
const hashThree = (a: number, b: number, c: number): number => ((a << 10) ^ (b << 5) ^ c) & (HASHES - 1);

function stepsOf(group: readonly Numbered[], block: 2 | 3, hashAt: (text: string, end: number) => number): Steps {
  const shortest = Math.min(...group.map(({ needle }) => needle.length));
  const steps = new Uint8Array(HASHES).fill(Math.min(255, shortest - block + 1));
  const ending = new Map<number, Numbered[]>();
  for (const each of group) {
    for (let end = block - 1; end < shortest; end++) {
      const hash = hashAt(each.needle, end);
      steps[hash] = Math.min(steps[hash] ?? 0, shortest - 1 - end);
      if (end === shortest - 1) ending.set(hash, [...(ending.get(hash) ?? []), each]);
    }
  }
  return { shortest, steps, ending };
}

function visitAt(text: string, at: number, found: readonly Numbered[] | undefined, visit: Parameters<Scan>[1]): void {
  for (const { needle, number } of found ?? []) if (text.startsWith(needle, at)) visit(number, at);
}

// The loops are written out for each length: they look at gigabytes.

function byTwo(group: readonly Numbered[]): Scan {
  const { shortest, steps, ending } = stepsOf(group, 2, (text, end) => hashTwo(text.charCodeAt(end - 1), text.charCodeAt(end)));
  return (text, visit) => {
    for (let end = shortest - 1; end < text.length; ) {
      const hash = hashTwo(text.charCodeAt(end - 1), text.charCodeAt(end));
      const step = steps[hash] ?? 1;
      if (step === 0) visitAt(text, end - shortest + 1, ending.get(hash), visit);
      end += step === 0 ? 1 : step;
    }
  };
}

function byThree(group: readonly Numbered[]): Scan {
  const hashAt = (text: string, end: number): number =>
    hashThree(text.charCodeAt(end - 2), text.charCodeAt(end - 1), text.charCodeAt(end));
  const { shortest, steps, ending } = stepsOf(group, 3, hashAt);
  return (text, visit) => {
    for (let end = shortest - 1; end < text.length; ) {
      const hash = hashThree(text.charCodeAt(end - 2), text.charCodeAt(end - 1), text.charCodeAt(end));
      const step = steps[hash] ?? 1;
      if (step === 0) visitAt(text, end - shortest + 1, ending.get(hash), visit);
      end += step === 0 ? 1 : step;
    }
  };
}
