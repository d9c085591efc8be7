import { Check, CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { plural } from '../../base/format.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { PaneHead } from '../kit/pane-head.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { linkName, useCitations, type ShownCitation } from './citations.tsx';
import { CitationLink } from './cited-words.tsx';
import styles from './quotes-list.module.css';

const SHOWN = 8;

/** What the answer quotes, each with where it stands, or that it stands nowhere. */
export function QuotesList() {
  const quotes = useCitations().filter(({ number }) => number !== null);
  const [all, setAll] = useState(false);
  if (quotes.length === 0) return null;
  const found = quotes.filter(({ document }) => document !== null).length;
  const shown = all ? quotes : quotes.slice(0, SHOWN);
  return (
    <section aria-label="Quotes" className={styles.quotes}>
      <PaneHead title="Quotes">
        <span className={styles.count}>
          {found === quotes.length ? `${found} found` : `${found} of ${quotes.length} found`}
        </span>
      </PaneHead>
      <ol aria-label="Quotes">
        {shown.map((cited) => (
          <li key={cited.number} className={styles.quote}>
            <Quote cited={cited} />
          </li>
        ))}
      </ol>
      {shown.length < quotes.length && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          Show {plural(quotes.length - shown.length, 'more', 'more')}
        </Button>
      )}
    </section>
  );
}

function Quote({ cited }: { readonly cited: ShownCitation }) {
  const { number, citation, document, place } = cited;
  return (
    <>
      <span className={styles.number} data-found={document !== null}>
        {number}
      </span>
      <p className={styles.where}>
        {document === null ? (
          <span className={styles.nowhere}>not found in the documents</span>
        ) : (
          <>
            <bdi className={styles.name} title={document}>
              {document}
            </bdi>{' '}
            <CitationLink cited={cited} named className={styles.place}>
              {place ?? 'open'}
            </CitationLink>
          </>
        )}
      </p>
      <span className={styles.mark}>
        <FoundMark cited={cited} />
      </span>
      <blockquote className={styles.words} data-found={document !== null} title={document === null ? undefined : linkName(cited)} dir="auto">
        {citation.quote}
      </blockquote>
    </>
  );
}

/** Word for word, nearly so, or nowhere. */
function FoundMark({ cited: { citation, document } }: { readonly cited: ShownCitation }) {
  if (document === null) return <StateMark state="failed" depth={0} size={10} />;
  const folded = citation.match === 'folded';
  const words = folded ? 'found, but for spacing, hyphens or case' : 'found word for word';
  return (
    <span role="img" aria-label={words} title={words} className={styles.check}>
      <Icon of={folded ? Check : CheckCheck} size={14} />
    </span>
  );
}
