import { CLOSING, grouped, js } from './cell.ts';
import type { Turn } from './cell.ts';
import { inTemplate } from './finish.ts';

/** Units of text that can be counted without reading, with how the guest counts them. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:documents?|files?|texts|notes?|memos?|reports?|letters?)$/i, 'documents.length'],
  [/^(?:characters?|letters?)$/i, 'size'],
  [/^words?$/i, 'texts.reduce((sum, text) => sum + wordsIn(text), 0)'],
  [/^paragraphs?$/i, 'texts.reduce((sum, text) => sum + paragraphsIn(text), 0)'],
  [/^sentences?$/i, "grep(/[.!?]+(?=\\s|$)/g, { limit: Infinity, around: 0 }).length"],
  [/^(?:lines?|verses?|rows?|records?|entries|messages?|items?|events?)$/i, 'texts.reduce((sum, text) => sum + linesIn(text), 0)'],
];

// A split at one character is many times faster here than one at a regular expression.
const WORDS_IN = js`
const wordsIn = (text) => {
  let count = 0;
  for (const line of linesOf(text)) for (const word of line.replaceAll('\t', ' ').split(' ')) if (word.length > 0) count += 1;
  return count;
};`;

const LINES_IN = js`
// Lines that are not empty.
const linesIn = (text) => {
  let count = 0;
  for (const line of linesOf(text)) if (line.trim() !== '') count += 1;
  return count;
};`;

const PARAGRAPHS_IN = js`
// A paragraph begins with a line after an empty one.
const paragraphsIn = (text) => {
  let count = 0;
  let inside = false;
  for (const line of linesOf(text)) {
    const empty = line.trim() === '';
    if (!empty && !inside) count += 1;
    inside = !empty;
  }
  return count;
};`;

const HELPERS: Readonly<Record<string, string>> = {
  wordsIn: WORDS_IN,
  linesIn: LINES_IN,
  paragraphsIn: PARAGRAPHS_IN,
};

export function isUnit(noun: string): boolean {
  return UNITS.some(([pattern]) => pattern.test(noun));
}

/** «How many lines are there?»: counted in one turn, looked at, then answered in the next. */
export function unitsTurn(noun: string): Turn {
  const how = UNITS.find(([pattern]) => pattern.test(noun))?.[1] ?? '0';
  const helper = Object.entries(HELPERS).find(([name]) => how.includes(name))?.[1];
  return {
    plan: `Counting ${noun} needs no reading: code does it exactly.`,
    code: js`
// UNITS: count the pieces of the text.
${helper === undefined ? '' : `${helper}\n`}const counted = ${how};
print(\`counted: \${counted}\`);`,
  };
}

export function unitsFinish(noun: string): Turn {
  const said = inTemplate(noun);
  return {
    plan: 'The count is exact, so I finish with it.',
    code: js`
// FINISH: the count.
FINAL(\`There are **\${${grouped('counted')}}** ${said}${/^(?:verses?|rows?|records?|entries|messages?|items?|events?)$/i.test(noun) ? ' (lines that are not empty)' : ''}.

${CLOSING}\`);`,
  };
}
