import { stem } from './terms.ts';

/**
 * Words that exclude each other: a sentence about the south vault does not speak of the north one.
 * Used to refuse near misses and to answer «Is the door red?» from «The door is green».
 */
const SETS = [
  'north south east west northern southern eastern western',
  'left right centre middle',
  'upper lower',
  'inner outer',
  'first second third fourth fifth sixth seventh eighth ninth tenth last',
  'january february march april may june july august september october november december',
  'monday tuesday wednesday thursday friday saturday sunday',
  'spring summer autumn winter',
  'morning afternoon evening night',
  'red green blue yellow black white purple orange pink brown grey gray violet scarlet crimson turquoise gold silver',
  'old new',
  'old young',
  'large small big little',
  'elder younger',
  'mother father brother sister son daughter uncle aunt grandfather grandmother wife husband',
  'king queen prince princess',
  'arrival departure',
  'arrive depart',
  'buy sell',
  'open construct construction',
  'birth death',
  'born die',
  'phone email fax address',
  'front back rear',
  'inside outside',
  'male female',
  'minimum maximum',
  'tall wide deep heavy height width depth weight long length',
  'public private',
];

const ANTONYMS = [
  'open closed',
  'alive dead',
  'allowed forbidden prohibited banned',
  'allow forbid prohibit ban',
  'true false',
  'included excluded',
  'accepted rejected refused',
  'accept reject refuse',
  'approved rejected denied',
  'present absent',
  'safe unsafe dangerous',
  'free paid',
  'empty full',
  'finished unfinished',
  'won lost',
  'succeeded failed',
  'enabled disabled',
  'locked unlocked',
  'legal illegal',
  'possible impossible',
  'guilty innocent',
  'hot cold',
  'wet dry',
];

function index(lines: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const map = new Map<string, Set<string>>();
  for (const line of lines) {
    const words = line.split(' ').map(stem);
    for (const word of words) {
      const others = map.get(word) ?? new Set<string>();
      for (const other of words) if (other !== word) others.add(other);
      map.set(word, others);
    }
  }
  return map;
}

/** Of these a thing has one at a time: what is green is not red. */
const EXCLUSIVE = SETS.filter((line) => /^(?:january|monday|spring|red|minimum|inside|north|left|first)\b/.test(line));

const CONTRASTS = index(SETS);
const EXCLUSIONS = index(EXCLUSIVE);
const OPPOSITES = index(ANTONYMS);
const DIRECTIONS: Readonly<Record<string, string>> = { northern: 'north', southern: 'south', eastern: 'east', western: 'west' };

const direction = (stemmed: string): string => DIRECTIONS[stemmed] ?? stemmed;

/** The stem among `stems` that excludes `wanted` while `wanted` itself is missing, else undefined. */
export function contrastOf(wanted: string, stems: ReadonlySet<string>): string | undefined {
  const rivals = CONTRASTS.get(wanted);
  if (rivals === undefined) return undefined;
  return [...stems].find((other) => rivals.has(other) && direction(other) !== direction(wanted));
}

/** As `contrastOf`, for values that rule each other out, so that the one denies the other. */
export function excludedBy(wanted: string, stems: ReadonlySet<string>): string | undefined {
  const rivals = EXCLUSIONS.get(wanted);
  return rivals === undefined ? undefined : [...stems].find((other) => rivals.has(other));
}

export function oppositeOf(wanted: string, stems: ReadonlySet<string>): string | undefined {
  const rivals = OPPOSITES.get(wanted);
  return rivals === undefined ? undefined : [...stems].find((other) => rivals.has(other));
}
