import type { AnswerType } from './answer-type.ts';
import { PRONOUNS, STOP_WORDS } from './stop-words.ts';
import { isKnownVerb } from './synonyms.ts';
import { stem } from './terms.ts';

/** A stretch of a sentence that could be the answer. `quality` in 0..1 says how sure its form is. */
export interface Candidate {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly quality: number;
}

const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?';
const DAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?';
const DAY_OF_MONTH = '\\d{1,2}(?:st|nd|rd|th)?';
const YEAR = '(?:1\\d{3}|20\\d{2}|\\d{1,4}\\s?(?:BCE?|AD|CE))';
const ONES = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|score';
const NUMBER_WORDS = `\\b(?:(?:a|half a) )?(?:${TENS}|${ONES})s?(?:[- ](?:and )?(?:${TENS}|${ONES})s?)*\\b`;
const DIGITS = '(?<![\\p{L}\\d.,:/-])[-+]?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?![\\p{L}\\d])|(?<![\\p{L}\\d.,:/-])\\d+(?:\\.\\d+)?(?![\\d/:]|[.,]\\d|-\\p{L})';
const UNIT = '(?:\\s?(?:%|°\\s?[CF]?|[kcm]?m²?|km/h|mph|kg|g|lbs?|ft|feet|foot|inch(?:es)?|cm|mm|met(?:re|er)s?|kilomet(?:re|er)s?|miles?|yards?|fathoms?|cubits?|leagues?|acres?|hectares?|tons?|tonnes?|kilograms?|kilos?|pounds?|ounces?|grams?|lit(?:re|er)s?|gallons?|degrees?(?: (?:Celsius|Fahrenheit))?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|percent|per cent|knots|watts?|volts?|stor(?:ey|ie)s)(?![\\p{L}]))';

const PATTERNS: Readonly<Partial<Record<AnswerType, readonly (readonly [number, RegExp])[]>>> = {
  date: [
    [1, new RegExp(`\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?)?\\b`, 'g')],
    [1, new RegExp(`\\b(?:${DAY},? )?(?:the )?${DAY_OF_MONTH} (?:day )?(?:of )?${MONTH},?(?: (?:in )?(?:the year )?${YEAR})?`, 'gi')],
    [1, new RegExp(`\\b(?:${DAY},? )?${MONTH} ${DAY_OF_MONTH}\\b(?:,? ${YEAR})?`, 'gi')],
    [0.95, new RegExp(`\\b${MONTH} (?:of )?${YEAR}\\b`, 'gi')],
    [0.95, /\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/g],
    [0.9, new RegExp(`\\b(?:the (?:early |late |mid-?)?)?(?:spring|summer|autumn|fall|winter) of ${YEAR}`, 'gi')],
    [0.9, new RegExp(`(?<![\\d.,:/-])${YEAR}(?:s|–\\d{2,4})?(?![\\d.,]*\\d)\\b`, 'g')],
    [0.8, new RegExp(`\\b(?:every |each |on |next |last )?${DAY}(?: (?:morning|afternoon|evening|night))?(?: at (?:\\d{1,2}(?::\\d{2})?\\s?(?:[ap]\\.?m\\.?)?|noon|midnight|dawn|dusk))?`, 'g')],
    [0.75, /\b(?:at )?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?!\d)|\b(?:at )?\d{1,2}\s?[ap]\.?m\b\.?|\b(?:at |half past |quarter (?:past|to) )?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock|\b(?:at |before |after )?(?:noon|midnight|dawn|dusk|sunrise|sunset|daybreak|midday)\b/gi],
    [0.7, new RegExp(`\\b(?:in |every |early |late )?(?:${MONTH})\\b(?!\\s+\\d)`, 'g')],
    [0.6, /\b(?:in|during|before|after) (?:the )?[^,.;]{0,30}\b(?:century|spring|summer|autumn|winter|morning|evening|night|year|war|reign)\b|\b(?:yesterday|today|tomorrow|last (?:week|month|year|night))\b/gi],
  ],
  year: [[1, new RegExp(`(?<![\\d.,:/-])${YEAR}\\b(?![.,]\\d)`, 'g')]],
  time: [
    [1, /\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?!\d)|\b\d{1,2}\s?[ap]\.?m\b\.?|\b(?:half past |quarter (?:past|to) )?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock|\b(?:half past|quarter (?:past|to)) \w+|\b(?:noon|midnight|dawn|dusk|sunrise|sunset|daybreak|midday)\b/gi],
  ],
  money: [
    [1, /(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|US\$))\s?\d[\d,.]*\d?(?:\s?(?:million|billion|thousand|[kmb]n?)\b)?/gi],
    [1, /\b\d[\d,]*(?:\.\d+)?(?: (?:hundred|thousand|million|billion))? ?(?:dollars?|euros?|pounds?|cents?|pence|crowns?|francs?|marks?|shillings?|guineas?|guilders?|ducats?|florins?|talents?|shekels?|yen|rupees?|pesos?|coins?|pieces of \w+|gold|silver|credits?|EUR|USD|GBP|CHF|€)(?![\p{L}])/giu],
    [0.9, new RegExp(`${NUMBER_WORDS} (?:dollars?|euros?|pounds?|cents?|pence|crowns?|francs?|marks?|shillings?|guineas?|guilders?|ducats?|florins?|talents?|shekels?|yen|rupees?|pesos?|coins?|pieces of \\w+)`, 'gi')],
    [0.6, new RegExp(DIGITS, 'gu')],
  ],
  percent: [[1, /\b\d+(?:[.,]\d+)?\s?(?:%|per ?cent)/gi], [0.7, new RegExp(`${NUMBER_WORDS} per ?cent`, 'gi')], [0.5, new RegExp(DIGITS, 'gu')]],
  measure: [
    [1, new RegExp(`(?:${DIGITS})${UNIT}(?: (?:and )?\\d+${UNIT})?`, 'giu')],
    [0.9, new RegExp(`${NUMBER_WORDS}(?: and a half)?${UNIT}`, 'giu')],
    [0.6, new RegExp(DIGITS, 'gu')],
    [0.45, new RegExp(NUMBER_WORDS, 'gi')],
  ],
  age: [
    [1, new RegExp(`(?:${DIGITS}|${NUMBER_WORDS})(?:[ -]years?(?:[ -](?:old|of age))?)`, 'giu')],
    [0.9, /(?<=\b(?:aged?|age (?:is|was|of)|turned)\s+)\d{1,3}\b/gi],
    [0.7, new RegExp(`(?<=\\bage(?:d|s)? (?:of |is |was )?)${NUMBER_WORDS}`, 'gi')],
  ],
  number: [
    [0.9, new RegExp(DIGITS, 'gu')],
    [0.75, new RegExp(NUMBER_WORDS, 'gi')],
  ],
  phone: [[1, /(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\d{2,5}(?:[\s.-]\d{2,5}){1,4}\b|\+?\d{7,14}\b/g], [0.4, /\b\d{3,6}\b/g]],
  email: [[1, /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g]],
  url: [[1, /\bhttps?:\/\/[^\s)>\]"']+|\bwww\.[^\s)>\]"']+/g], [0.7, /\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|edu|gov|de|fr|uk|eu|dev|app|info)\b(?:\/[^\s)>\]"']*)?/g]],
  code: [
    [1, /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}._/#-]*\d)(?=[\p{L}\p{N}._/#-]*\p{L})[\p{L}\p{N}#]+(?:[-._/][\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu],
    [1, /(?<![\p{L}\p{N}])\d+(?:[-._/ ]\d+)+(?![\p{L}\p{N}])/gu],
    [0.9, /(?<![\p{L}\p{N}.,-])\d{2,}(?![\p{L}\p{N}]|[.,]\d)/gu],
    [0.75, /["“'‘«][^"”'’»]{2,40}["”'’»]/gu],
    [0.7, /(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\d]+(?:[-_]\p{Lu}+)*(?![\p{L}\p{N}])/gu],
  ],
  colour: [[1, /\b(?:(?:dark|light|pale|bright|deep|navy|sky|royal|blood|emerald|forest|lime|olive|mint|ice|midnight|rose|brick) ?)?(?:red|green|blue|yellow|black|white|purple|orange|pink|brown|gr[ea]y|violet|scarlet|crimson|turquoise|teal|indigo|magenta|maroon|gold(?:en)?|silver|beige|cream|ivory|ochre|amber|lilac|lavender|copper|bronze)\b/gi]],
};

const TITLE = '(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir|Dame|Lady|Lord|Captain|Capt|Professor|Doctor|King|Queen|Prince|Princess|Saint|St|Father|Sister|Brother|Colonel|Major|General|Sergeant|Judge|President|Admiral|Bishop)\\.? )?';
const NAME_WORD = '\\p{Lu}[\\p{L}\\p{M}]*(?:[\'’-]\\p{L}+)*';
const NAME = new RegExp(`(?<![\\p{L}\\p{N}])${TITLE}(?:${NAME_WORD}|\\p{Lu}\\.)(?:(?: | (?:of|de|da|di|del|della|van|von|der|den|la|le|bin|ibn|al|the|y|zu|du) |-)(?:${NAME_WORD}|\\p{Lu}\\.|[IVX]+\\b))*(?![\\p{L}\\p{N}])`, 'gu');
const PREPOSITION_PLACE = /\b(?:in|at|near|to|from|on|under|underneath|behind|inside|beneath|below|above|beside|outside|between|opposite|within|into|off|by|across from|next to)\s+((?:the |a |an |its |his |her |their |our )?[^,.;:()]{2,60}?)(?=$|[,.;:()]| (?:in|on|at|since|until|from|by|with|where|which|who|when|while|and|after|before|during|for|is|was|are|were|has|had)\b)/giu;

/** Every stretch of `sentence` that has the form of `type`; [] where the type has no form. */
export function candidates(type: AnswerType, sentence: string): Candidate[] {
  if (type === 'person' || type === 'name') return names(sentence);
  if (type === 'place') return places(sentence);
  const found: Candidate[] = [];
  for (const [quality, pattern] of PATTERNS[type] ?? []) {
    for (const match of sentence.matchAll(pattern)) {
      const from = match.index + (match[0].length - match[0].trimStart().length);
      const text = match[0].trim().replace(/^[.,;:]+|[.,;:]+$/g, '');
      const overlaps = found.some((other) => from < other.to && from + text.length > other.from);
      if (text !== '' && !overlaps) found.push({ text, from, to: from + text.length, quality });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

const CALENDAR = new RegExp(`^(?:${MONTH}|${DAY})(?: \\d+)?$`);

/** Capitalised names; a lone capital that only begins the sentence counts less. */
export function names(sentence: string): Candidate[] {
  const out: Candidate[] = [];
  for (const match of sentence.matchAll(NAME)) {
    let text = match[0];
    let from = match.index;
    // «The Hare», «In March»: function words that only look like names at the start.
    for (;;) {
      const first = /^(\p{L}+['’]?\p{L}*)(?:[ -]+|$)/u.exec(text);
      const word = first?.[1]?.toLowerCase() ?? '';
      if (first === null || !(STOP_WORDS.has(word) || PRONOUNS.has(word))) break;
      from += first[0].length;
      text = text.slice(first[0].length);
    }
    text = text.replace(/['’]s$/, '').replace(/ (?:of|the|de|von|van)$/, '');
    if (text.length < 2 || CALENDAR.test(text)) continue;
    // «PIN» and «ERROR» are no one's name.
    const shouted = text === text.toUpperCase() && !text.includes('.');
    const single = !/[\s-]/.test(text);
    // The first word of a sentence, or of what follows a label such as «12:3».
    const starts = /^[^\p{L}]*$|\d\S*\s+$/u.test(sentence.slice(0, from));
    if (single && starts && (/(?:ing|ed|ly)$/.test(text) || isKnownVerb(stem(text)))) continue;
    out.push({ text, from, to: from + text.length, quality: shouted ? 0.5 : single && starts ? 0.7 : 0.95 });
  }
  return out;
}

function places(sentence: string): Candidate[] {
  const out: Candidate[] = [];
  for (const match of sentence.matchAll(PREPOSITION_PLACE)) {
    const text = (match[1] ?? '').trim();
    const from = match.index + match[0].lastIndexOf(match[1] ?? '');
    if (/^(?:\d|the (?:year|end|time|morning|evening|night)\b)/i.test(text) || new RegExp(`^${MONTH}\\b`).test(text)) continue;
    const named = /(?:^|\s)\p{Lu}/u.test(text);
    const whole = /^(?:in|at|to|from|near)\b/i.test(match[0]) && named ? text : match[0].trim();
    const start = whole === text ? from : match.index;
    out.push({ text: whole, from: start, to: start + whole.length, quality: named ? 0.95 : 0.75 });
  }
  for (const name of names(sentence)) {
    if (!out.some((other) => name.from < other.to && name.to > other.from)) out.push({ ...name, quality: 0.6 });
  }
  return out;
}
