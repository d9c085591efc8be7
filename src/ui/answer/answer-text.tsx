import { lazy, Suspense } from 'react';
import { formatCount } from '../../base/format.ts';
import { download } from '../ask/download.ts';
import { Button } from '../kit/button.tsx';
import styles from './answer-text.module.css';
import { setAnswer } from './headline.ts';

const AnswerMarkdown = lazy(async () => ({
  default: (await import('./answer-markdown.tsx')).AnswerMarkdown,
}));

/** Characters of an answer that are set as Markdown; more would hold the page for seconds. */
const SHOWN = 200_000;

/** An answer as it is read: headline, text, tables. All of it is text from a model. */
export function AnswerText({ text }: { readonly text: string }) {
  const { headline, body } = setAnswer(text.slice(0, SHOWN));
  return (
    <Suspense fallback={<p className={styles.plain}>{text.slice(0, SHOWN)}</p>}>
      {headline !== null && (
        <h2 className={styles.headline} data-long={headline.length > 84} dir="auto">
          <AnswerMarkdown text={headline} inline />
        </h2>
      )}
      {body !== '' && <AnswerMarkdown text={body} />}
    </Suspense>
  );
}

/** Where an answer is longer than what is shown: how long it is, and all of it as a file. */
export function AnswerRest({ text }: { readonly text: string }) {
  if (text.length <= SHOWN) return null;
  return (
    <p className={styles.rest}>
      <span>
        The first {formatCount(SHOWN)} of {formatCount(text.length)} characters are shown.
      </span>
      <Button onClick={() => download({ name: 'answer.md', type: 'text/markdown', text })}>
        Download all of it
      </Button>
    </p>
  );
}
