/** Text of an answer in which a document may be named. */
export interface Hint {
  readonly text: string;
  /** Which end of it is next to the passage. */
  readonly next: 'start' | 'end';
}

/** A passage of an answer that may stand in a document. */
export interface AnswerPassage {
  /** As the answer has it, without the marks around it; the lines of a block quote without their `>`. */
  readonly quote: string;
  /** A `claim` does not say that it is quoted: a value, a title, a word in marks. */
  readonly role: 'quote' | 'claim';
  /** Where the answer may name its document, the nearest first. */
  readonly hints: readonly Hint[];
  /** What stands where an answer says the document of a quote: in brackets after it, after a dash below it. */
  readonly attributed: string | null;
  /** UTF-16 code units of the answer before it; of a JSON answer, its number among the values. */
  readonly at: number;
}

/** Code units of a passage; longer ones are no quotes. */
export const LONGEST_QUOTE = 4_000;
export const LONGEST_CLAIM = 300;
/** Code units on either side of a passage in which its document may be named. */
export const NEAR = 160;
