import type { Question } from './question.ts';

const FORMS: readonly (readonly [string, RegExp, RegExp])[] = [
  ['e-mail address', /\be-?mails?(?: address(?:es)?)?\b/i, /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['web address', /\b(?:urls?|links?|web addresses|websites)\b/i, /\bhttps?:\/\/[^\s<>"')\]]+/g],
  ['date', /\bdates?\b/i, /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)(?:,? \d{3,4})?\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?(?:,? \d{3,4})?\b/g],
  ['phone number', /\b(?:tele)?phone numbers?\b/i, /(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\b\d{2,5}(?:[\s.-]\d{2,5}){1,4}\b|\+?\b\d{10,14}\b/g],
  ['IP address', /\bip(?: addresses|s)?\b/i, /\b\d{1,3}(?:\.\d{1,3}){3}\b/g],
  ['amount of money', /\b(?:amounts?|prices?|sums?)(?: of money)?\b/i, /[$€£¥]\s?\d[\d,]*(?:\.\d+)?/g],
  ['hashtag', /\bhashtags?\b/i, /(?<!\w)#\w+/g],
];

/** «List all e-mail addresses»: a thing whose form is its meaning, asked for without further ado. */
export function fixedForm(question: Question): { readonly what: string; readonly pattern: RegExp } | null {
  const found = FORMS.find(([, named]) => named.test(question.text));
  if (found === undefined) return null;
  const [what, named, pattern] = found;
  // «List the dates of the treaties» asks for more than a form.
  const others = question.terms.filter((term) => !named.test(term.word) && !/^(?:list|extract|all|every|find|mentioned|text|address(?:es)?|numbers?|different|unique|appear\w*|phone|web|ip|money)$/i.test(term.word));
  return others.length === 0 ? { what, pattern } : null;
}
