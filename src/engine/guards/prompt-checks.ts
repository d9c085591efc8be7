/** Prompts of this length hold data, whatever they say of it. */
const SHORT_PROMPT = 500;
/** Characters beside the task that are data. */
const SOME_DATA = 20;

const NOUNS = 'text|passage|context|document|excerpt|article|report|transcript|section|paragraph|chunk|page|data|contents?|log|conversation';
const SPOKEN_OF = new RegExp(
  String.raw`\b(?:(?:the|this|these|following|above|below|attached|provided|given)\s+){1,2}(?:${NOUNS})s?\b(?:\s+(?:above|below))?`,
  'i',
);

/**
 * True for a short prompt that speaks of a text («the following text», «this document») and holds
 * none: nothing after a colon, in quotes, or in lines of their own.
 */
export function speaksOfMissingText(prompt: string): boolean {
  if (prompt.length >= SHORT_PROMPT) return false;
  const spoken = SPOKEN_OF.exec(prompt);
  if (!spoken) return false;
  const from = prompt.lastIndexOf('\n', spoken.index) + 1;
  const newline = prompt.indexOf('\n', spoken.index);
  const to = newline === -1 ? prompt.length : newline;
  const line = prompt.slice(from, to);
  const besides = (prompt.slice(0, from) + prompt.slice(to)).trim();
  const afterColon = /:\s*(\S[\s\S]*)$/.exec(line.slice(spoken.index - from))?.[1] ?? '';
  const quoted = /["“«'‘]([^"”»]{20,})["”»'’]/.exec(line)?.[1] ?? '';
  return [besides, afterColon, quoted].every((part) => part.length < SOME_DATA);
}

/** Failures shorter than this are words that any text may hold. */
const TELLING = 20;
/** Characters of a failure that are looked for: what follows may differ. */
const LOOKED_FOR = 80;

/** What an error of a sub-call looks like in what a cell printed. */
export function marksOf(failures: readonly string[]): readonly string[] {
  return failures.map((message) => {
    const begin = message.slice(0, LOOKED_FOR);
    return message.length < TELLING ? `Error: ${begin}` : begin;
  });
}

/**
 * True where a text holds an error that was made a string, of one of `failures`. Their messages alone
 * are what code has that caught them: it speaks of the failure knowingly.
 */
export function failureIn(text: string, failures: readonly string[]): boolean {
  return text.includes('[object Error]') || failures.some((message) => text.includes(`Error: ${message.slice(0, LOOKED_FOR)}`));
}
