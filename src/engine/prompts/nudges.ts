import type { GuardName } from '../../trajectory/events.ts';

/** What was wrong with a reply that brought neither code nor an answer. */
export type Nudge =
  | { readonly why: 'empty'; readonly finishReason: string }
  | { readonly why: 'cut' | 'unclosed' | 'no-code' | 'empty-final' }
  | { readonly why: 'other-language'; readonly language: string };

/** The slip that a nudge is about; an empty answer is none of them. */
export function guardOf({ why }: Nudge): GuardName | null {
  if (why === 'empty-final') return null;
  return why === 'cut' ? 'cut-reply' : 'no-code';
}

export function nudgeMessage(nudge: Nudge): string {
  const how =
    'Write a sentence of plan, then one block that begins with ```repl and ends with ```; or finish with FINAL(...) in such a block.';
  switch (nudge.why) {
    case 'empty':
      return `Your reply was empty (it ended with «${nudge.finishReason}»). ${how}`;
    case 'cut':
      return `Your reply was cut off at its length limit before it held a whole block, so nothing was run. Think less and write a shorter block. ${how}`;
    case 'unclosed':
      return `Your block was not closed with \`\`\` on a line of its own, so nothing was run. ${how}`;
    case 'no-code':
      return `Your reply held no block to run and no FINAL, so nothing happened. ${how}`;
    case 'empty-final':
      return `Your answer was empty, so it was not accepted. Print what you want to answer, look at it, then finish with it.`;
    case 'other-language':
      return `Your block was tagged «${nudge.language || 'nothing'}» and was not run: the REPL runs JavaScript, in a block tagged repl. ${how}`;
  }
}

/** A whole reply for the model to copy, filled in with words of its own question. */
export function exampleReply(question: string): string {
  const words = wordsOf(question);
  const code =
    words.length === 0
      ? 'print((Array.isArray(context) ? context[0] : context).slice(0, 2000));'
      : `print(grep(/${words.join('|')}/i, { limit: 10, around: 200 }));`;
  return `A reply to your question that works looks like this, with nothing before or after it:
I look at what the context says about it.
\`\`\`repl
${code}
\`\`\``;
}

/** Up to three of the longest words of a question, in its order. */
function wordsOf(question: string): string[] {
  const words = [...new Set(question.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [])].filter((word) => !COMMON.has(word));
  const longest = new Set(words.toSorted((a, b) => b.length - a.length).slice(0, 3));
  return words.filter((word) => longest.has(word));
}

const COMMON: ReadonlySet<string> = new Set(
  'what which when where whom whose that this these those there their about does have with from into many much every each answer question context document documents text list give tell'.split(
    ' ',
  ),
);
