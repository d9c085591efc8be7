import { type Random, seededRandom } from '../../base/random.ts';
import { type Writer, createWriter } from './grammar.ts';
import { LIGHTHOUSE_RULES, MEMBERS, TOWNS } from './lighthouse-rules.ts';

/** One short paper; the text ends with a newline. */
export interface Paper {
  readonly name: string;
  readonly text: string;
}

const MONTHS = ['November', 'December', 'Christmas', 'January', 'February', 'March'];
const FIRST_WINTER = 1906;
const LOGS = 9;
const OTHERS: readonly (readonly [kind: string, count: number])[] = [
  ['memo', 4],
  ['inventory', 3],
  ['minutes', 3],
  ['report', 4],
  ['home', 3],
];
const HEADINGS: Readonly<Record<string, string>> = {
  memo: 'MEMORANDUM\nThe Skarholm Society, Harbour Office',
  inventory: 'INVENTORY OF STORES\nSkarholm Station',
  minutes: 'MINUTES OF THE MEETING\nThe Skarholm Society, in the back room',
  report: 'REPORT FROM THE ISLAND\nTo the members of the Skarholm Society',
  home: 'A LETTER HOME\nSkarholm, by the Thursday boat',
};
const NAMES: Readonly<Record<string, string>> = {
  memo: 'memo',
  inventory: 'inventory',
  minutes: 'minutes',
  report: 'island-report',
  home: 'letter-home',
};

/**
 * Forty papers of an invented society that keeps a lighthouse. Nine station logs say who kept the
 * light in which winter, and not where anybody was born; fourteen letters of introduction say where
 * one person each was born, and nothing of winters; seventeen other papers mention the same people.
 * A question that goes from a winter to a place of birth needs one paper of each kind.
 */
export function lighthousePapers(seed: string): readonly Paper[] {
  const random = seededRandom(seed);
  const writer = createWriter(LIGHTHOUSE_RULES, random);
  const keepers = random.shuffled(MEMBERS);
  const towns = random.shuffled(TOWNS);
  const texts: Paper[] = [];
  for (let index = 0; index < LOGS; index++) {
    const winter = String(FIRST_WINTER + index);
    const text = stationLog(winter, keepers[index] ?? '', writer, random);
    texts.push({ name: `station-log-${winter}.txt`, text });
  }
  for (const [index, member] of random.shuffled(MEMBERS).entries()) {
    const text = introduction(member, towns[index] ?? '', writer, random);
    texts.push({ name: `letter-of-introduction-${two(index + 1)}.txt`, text });
  }
  for (const [kind, count] of OTHERS) {
    for (let index = 0; index < count; index++) {
      const text = otherPaper(kind, index, writer, random);
      texts.push({ name: `${NAMES[kind]}-${two(index + 1)}.txt`, text });
    }
  }
  return random.shuffled(texts).map(({ name, text }, index) => ({ name: `${two(index + 1)}-${name}`, text }));
}

function stationLog(winter: string, keeper: string, writer: Writer, random: Random): string {
  const given = { ...cast(random, keeper), winter };
  const days = MONTHS.map((month) =>
    writer.write(`${month}. {logDay} {logDay}`, given),
  );
  return page(
    `STATION LOG\nSkarholm Light, November ${winter} to April ${Number(winter) + 1}`,
    writer.write('{keeper}', given),
    ...days,
    writer.write('{logEnd}', given),
  );
}

function introduction(member: string, town: string, writer: Writer, random: Random): string {
  const year = String(random.between(1862, 1886));
  const given = { ...cast(random, member), town, year };
  return page(
    'LETTER OF INTRODUCTION\nTo the Secretary of the Skarholm Society',
    `Dear Secretary,`,
    writer.write('{praise} {praise} {praise}', given),
    writer.write('{birth} {praise} {praise} {praise}', given),
    writer.write('{praise} {praise} {praise}', given),
    `I recommend ${firstName(given.who)} to you without reserve, or with the usual one.`,
  );
}

function otherPaper(kind: string, index: number, writer: Writer, random: Random): string {
  const lines: string[] = [];
  const list = kind === 'inventory';
  for (let count = 0; count < (list ? 17 : 10); count++) {
    const line = writer.write(`{${kind}}`, cast(random));
    lines.push(list ? `- ${line}` : kind === 'minutes' ? `${count + 1}. ${line}` : line);
  }
  const [author = ''] = random.pick(MEMBERS).split('|');
  const year = FIRST_WINTER + 1 + ((index * 2 + random.below(2)) % 8);
  const body = list ? [lines.join('\n')] : lines;
  return page(`${HEADINGS[kind]}, ${year}`, ...body, `Signed: ${author}`);
}

/** Three different people, the first of them `member` where it is given. */
function cast(random: Random, member?: string) {
  const others = random.shuffled(MEMBERS).filter((other) => other !== member);
  const [who = '', trade = '', he = ''] = (member ?? others.pop() ?? '').split('|');
  const [other = ''] = (others.pop() ?? '').split('|');
  const [third = ''] = (others.pop() ?? '').split('|');
  const pronouns = he === 'she' ? { his: 'her', him: 'her' } : { his: 'his', him: 'him' };
  return { who, trade, he, he2: he, ...pronouns, other, third };
}

const page = (...parts: readonly string[]): string => `${parts.join('\n\n')}\n`;
const two = (value: number): string => String(value).padStart(2, '0');
const firstName = (name: string): string => name.split(' ')[0] ?? name;
