import { type AnswerPassage, type Hint, LONGEST_CLAIM, LONGEST_QUOTE } from './answer-passage.ts';
import { isTelling, wordCount } from './quote-role.ts';

const QUOTE_KEY = /^(?:(?:exact|direct|supporting|source)?_?(?:quotes?|quotations?|evidence|excerpts?|passages?|citations?|verbatim|text)|quoted(?:_text)?)$/i;
/** Keys whose value is quoted only where something around says so. */
const TEXT_KEY = /^(?:text|content|value|words|sentence)$/i;
const SOURCE_KEY = /^(?:documents?|doc|source|file|file_?name|name|title|document_?(?:name|id)|from|in)$/i;

interface Value {
  readonly value: unknown;
  /** Whether a key around it says that it is quoted. */
  readonly quoted: boolean;
  readonly hints: readonly Hint[];
}

/** The strings of a JSON answer: quotes under keys that say so, claims elsewhere; null where it is no JSON. */
export function jsonQuotes(answer: string, most: number): readonly AnswerPassage[] | null {
  let root: unknown;
  try {
    root = JSON.parse(answer);
  } catch {
    return null;
  }
  const passages: AnswerPassage[] = [];
  // A stack of its own: an answer may be nested deeper than calls can be. Last in, first out.
  const stack: Value[] = [{ value: root, quoted: false, hints: [] }];
  for (let next = stack.pop(); next && passages.length < most; next = stack.pop()) {
    const { value, quoted, hints } = next;
    if (typeof value === 'string') {
      const passage = passageOf(value.trim(), quoted, hints, passages.length);
      if (passage) passages.push(passage);
    } else if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) stack.push({ value: value[i], quoted, hints });
    } else if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      const named = entries.flatMap(([key, each]) => (SOURCE_KEY.test(key) && typeof each === 'string' ? [{ text: each.slice(0, 300), next: 'start' } as const] : []));
      const inner = named.length > 0 ? named : hints;
      for (const [key, each] of entries.toReversed()) {
        const says = key.toLowerCase() === 'text' ? quoted : QUOTE_KEY.test(key) || (quoted && TEXT_KEY.test(key));
        stack.push({ value: each, quoted: says, hints: inner });
      }
    }
  }
  return passages;
}

function passageOf(text: string, quoted: boolean, hints: readonly Hint[], at: number): AnswerPassage | null {
  const quote = /^["“](.*)["”]$/su.exec(text)?.[1]?.trim() ?? text;
  const isQuote = quoted && wordCount(quote) >= 2;
  if (quote.length > (isQuote ? LONGEST_QUOTE : LONGEST_CLAIM) || !isTelling(quote)) return null;
  return { quote, role: isQuote ? 'quote' : 'claim', hints, attributed: isQuote ? (hints[0]?.text ?? null) : null, at };
}
