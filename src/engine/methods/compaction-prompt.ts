import { contextPrompt, joined, taskOf, type Asked, type PromptText } from './context-prompt.ts';

/** What the summary of one part is made from. */
export interface PartToRead {
  readonly question: string;
  /** From 1, of `parts`. */
  readonly part: number;
  readonly parts: number;
  /** '' before the first. */
  readonly summary: string;
  readonly texts: readonly PromptText[];
  /** Characters that the new summary may have. */
  readonly mostChars: number;
}

/** First words of a message that asks for a summary; the offline model knows it by that. */
const READING = 'You read a long context part by part, for a question that is answered at its end.';

/** Asks for a summary of all that was read so far, in place of it (appendix C.2 of the paper, our own words). */
export function summaryPrompt({ question, part, parts, summary, texts, mostChars }: PartToRead): string {
  return `${READING} You will not see this part again: only your summary goes on.

Question:
${question}

Summary so far:
${summary === '' ? '(nothing was read before)' : summary}

Write the new summary: all that may matter to the question, out of the summary so far and out of this part. Keep names, numbers, dates and short quotes exactly as they stand, each with the name of its document. Leave everything else out. Do not answer the question yet. At most ${mostChars.toLocaleString('en')} characters.

Context, part ${part} of ${parts}:
${joined(texts, true)}`;
}

/** What the answer is made from. */
export interface ReadSoFar {
  readonly asked: Asked;
  readonly summary: string;
  /** Parts that the summary is of. */
  readonly summarised: number;
  readonly parts: number;
  /** The last part, as it stands; none where the reading was broken off. */
  readonly texts: readonly PromptText[];
}

/** Asks for the answer. A context that fitted into one part is given as the base model gets it. */
export function answerPrompt({ asked, summary, summarised, parts, texts }: ReadSoFar): string {
  if (summarised === 0) return contextPrompt(asked, texts);
  const broken = texts.length === 0 ? `\n\n(Only ${summarised} of ${parts} parts of the context could be read.)` : '';
  const last = texts.length === 0 ? '' : `\n\nThe last part, as it stands:\n${joined(texts, true)}`;
  return `${taskOf(asked.schema, true)}

Question:
${asked.question}${broken}

Context:
Summary of the ${summarised === 1 ? 'part' : `${summarised} parts`} read before:
${summary}${last}`;
}
