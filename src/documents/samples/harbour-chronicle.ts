import { type Random, seededRandom } from '../../base/random.ts';
import { type Writer, createWriter } from './grammar.ts';
import { HARBOUR_RULES, TOWNSFOLK } from './harbour-rules.ts';

export interface ChronicleOptions {
  readonly seed: string;
  /** Characters of the whole book, all ASCII; it ends with the chapter that passes them. */
  readonly chars: number;
}

const CHAPTERS_A_VOLUME = 60;

/** What the chronicle's needle says, for this seed: three numbers like `41-07-88`. */
export const safeCombination = (seed: string): string => {
  const random = seededRandom(`${seed}/combination`);
  const number = () => String(random.between(0, 99)).padStart(2, '0');
  return `${number()}-${number()}-${number()}`;
};

/**
 * A long chronicle of a small harbour town, chapter by chapter: the haystack. In one paragraph, at a
 * depth that the seed decides (between 15 % and 85 %), somebody says the combination of the harbour
 * master's safe. The safe, the harbour master and other combinations come up elsewhere.
 */
export function* harbourChronicle({ seed, chars }: ChronicleOptions): Generator<string, void> {
  const random = seededRandom(seed);
  const writer = createWriter(HARBOUR_RULES, random);
  let needleAt: number | null = chars * (0.15 + 0.7 * random.next());
  let written = 0;
  for (let chapter = 0; written < chars; chapter++) {
    const paragraphs = [heading(chapter, writer), ...body(writer, random)];
    let text = '';
    for (const paragraph of paragraphs) {
      text += `${paragraph}\n\n`;
      if (needleAt !== null && written + text.length >= needleAt) {
        text += `${needle(seed, writer)}\n\n`;
        needleAt = null;
      }
    }
    written += text.length;
    yield text;
  }
}

function heading(chapter: number, writer: Writer): string {
  const title = writer.write('{title}').replace(/(?<= )(?!and |of |in )[a-z]/g, (first) => first.toUpperCase());
  const number = `Chapter ${(chapter % CHAPTERS_A_VOLUME) + 1}. ${title}`;
  if (chapter % CHAPTERS_A_VOLUME !== 0) return number;
  const volume = `VOLUME ${roman(chapter / CHAPTERS_A_VOLUME + 1)}`;
  const book = chapter === 0 ? 'THE SALT LEDGER\n\nA Chronicle of Penmarrow and Its Harbour\n\n' : '';
  return `${book}${volume}\n\n${number}`;
}

/** A chapter keeps to a few people and two or three places. */
function* body(writer: Writer, random: Random): Generator<string, void> {
  const cast = random.shuffled(TOWNSFOLK).slice(0, random.between(2, 4));
  const places = [writer.write('{place2}'), writer.write('{place2}')];
  const paragraphs = random.between(12, 20);
  for (let count = 0; count < paragraphs; count++) {
    const [who, other] = random.shuffled(cast);
    const given = { ...person(who ?? '', random), place: random.pick(places) };
    const otherPerson = person(other ?? '', random);
    yield writer.write(random.chance(0.22) ? '{exchange}' : '{paragraph}', {
      ...given,
      other: otherPerson.who,
      he2: otherPerson.he,
    });
  }
}

function person(line: string, random: Random) {
  const [name = '', trade = '', he = ''] = line.split('|');
  const [first = name] = name.split(' ');
  const pronouns = he === 'she' ? { he, his: 'her', him: 'her' } : { he, his: 'his', him: 'him' };
  return { ...pronouns, he3: he, trade, who: random.chance(0.15) ? name : first };
}

function needle(seed: string, writer: Writer): string {
  const before = writer.write('{setting}', { place: 'the Mermaid', who: 'Hob' });
  const after = writer.write('{saying}');
  return (
    `${before} Supper was late, and the talk went from herrings to hinges. It was Jonas Kettleby, of all people, ` +
    `who let it slip over the soup: the combination of the harbour master's safe was ${safeCombination(seed)}, ` +
    `and had been since the flood, because Emeric Stoke could never be brought to learn another. ` +
    `There was a pause. "I only mention it," said Jonas, "because ${after}," and he asked for the salt.`
  );
}

function roman(value: number): string {
  const digits: [number, string][] = [
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let text = '';
  let rest = value;
  for (const [size, letters] of digits) {
    for (; rest >= size; rest -= size) text += letters;
  }
  return text;
}
