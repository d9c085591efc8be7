import type { RunFinished } from '../../trajectory/run-state.ts';
import { AnswerText } from './answer-text.tsx';
import { AnswerValue } from './answer-value.tsx';
import { answerValueOf } from './answer-value-of.ts';

/** The answer of a run as what it is: words, or a value. */
export function AnswerBody({ finished }: { readonly finished: RunFinished }) {
  const value = answerValueOf(finished);
  return value ? <AnswerValue value={value} /> : <AnswerText text={finished.answer ?? ''} />;
}
