import { stem } from './terms.ts';

/** What an answer looks like, as far as the question's own words tell. */
export type AnswerType =
  | 'person'
  | 'place'
  | 'date'
  | 'year'
  | 'time'
  | 'number'
  | 'money'
  | 'percent'
  | 'measure'
  | 'age'
  | 'code'
  | 'phone'
  | 'email'
  | 'url'
  | 'colour'
  | 'name'
  | 'yes-no'
  | 'reason'
  | 'any';

const HEADS: readonly (readonly [AnswerType, string])[] = [
  ['phone', 'phone telephone mobile fax hotline'],
  ['email', 'email e-mail'],
  ['url', 'url website webpage link homepage'],
  ['code', 'code uuid guid password passcode pin passphrase combination key serial id identifier reference plate registration number token sku callsign postcode zip'],
  ['year', 'year'],
  ['time', 'time hour'],
  ['date', 'date day month birthday birthdate deadline weekday century decade'],
  ['money', 'price cost fee budget salary fine fare rent wage revenue turnover deposit bounty ransom loan debt tax reward income bill'],
  ['percent', 'percentage percent share'],
  ['number', 'population score count total capacity amount quantity attendance size'],
  ['age', 'age'],
  ['measure', 'height length weight distance depth speed temperature width area altitude volume duration elevation diameter'],
  ['place', 'city town country place village location address capital street island state region county continent hometown birthplace'],
  ['colour', 'colour color hue'],
  ['person', 'person man woman people player artist scientist actor actress engineer doctor student employee colleague member writer author'],
  ['name', 'name title nickname surname company firm team ship vessel boat'],
];

const TYPE_OF_HEAD = new Map<string, AnswerType>();
for (const [type, words] of HEADS) for (const word of words.split(' ')) TYPE_OF_HEAD.set(stem(word), type);

/** Heads that need not stand in the answer sentence when a value of their type does. */
const OPEN_HEADS = new Set(
  'year time hour date day month weekday city town country place village location person man woman people name percentage percent colour color century decade state island county continent email website url amount distance'
    .split(' ')
    .map(stem),
);

export function typeOfHead(stemmed: string): AnswerType | undefined {
  return TYPE_OF_HEAD.get(stemmed);
}

/** True where a value of the right type says as much as the word: «in 1907» answers «which year». */
export function isOpenHead(stemmed: string): boolean {
  return OPEN_HEADS.has(stemmed);
}

/** «Which astronomer», «which carpenter»: a person by trade. */
export function isPersonNoun(stemmed: string): boolean {
  return stemmed.length > 4 && /(?:er|or|ist|ian|eer|man|woman|ess|smith|wright)$/.test(stemmed) && !NOT_PERSONS.has(stemmed);
}
const NOT_PERSONS = new Set('number order letter paper river water tower flower colour color corner chapter matter winter summer motor factor sector harbor harbour computer server counter register quarter dinner folder header layer'.split(' ').map(stem));

const MEASURES: Readonly<Record<string, AnswerType>> = {
  old: 'age',
  tall: 'measure',
  high: 'measure',
  long: 'measure',
  far: 'measure',
  deep: 'measure',
  wide: 'measure',
  heavy: 'measure',
  fast: 'measure',
  big: 'measure',
  large: 'measure',
  hot: 'measure',
  cold: 'measure',
  thick: 'measure',
  many: 'number',
  much: 'money',
  often: 'any',
};

/** «How tall»: the type of the word after «how», undefined where it asks for a manner. */
export function typeAfterHow(word: string): AnswerType | undefined {
  return MEASURES[word];
}
