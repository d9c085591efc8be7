import type { ReactNode } from 'react';
import { useCitations, useOpenCitation, linkName, type ShownCitation } from './citations.tsx';
import styles from './cited-words.module.css';

interface CitedWordsProps {
  /** Number of the citation among those of the answer. */
  readonly index: number;
  /** The last piece of it, which carries its pin. */
  readonly last: boolean;
  readonly children: ReactNode;
}

/** Words of an answer that a document holds, with the way there; or that none holds. */
export function CitedWords({ index, last, children }: CitedWordsProps) {
  const cited = useCitations()[index];
  if (!cited) return <>{children}</>;
  if (cited.document === null) return <Missing last={last}>{children}</Missing>;
  if (cited.number === null) return <CitationLink cited={cited}>{children}</CitationLink>;
  return (
    <>
      <span className={styles.quoted} dir="auto">{children}</span>
      {last && <Pin cited={cited} />}
    </>
  );
}

function Missing({ last, children }: { readonly last: boolean; readonly children: ReactNode }) {
  return (
    <>
      <span className={styles.missing} dir="auto">{children}</span>
      {last && <span className={styles.nowhere}> not found in the documents</span>}
    </>
  );
}

/** The number of a quote, small and raised. */
export const Pin = ({ cited }: { readonly cited: ShownCitation }) => (
  <sup className={styles.pin}>
    <CitationLink cited={cited} named className={styles.number}>
      {cited.number}
    </CitationLink>
  </sup>
);

interface CitationLinkProps {
  readonly cited: ShownCitation;
  /** Where what it shows does not say where it leads. */
  readonly named?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Opens the source at the passage. */
export function CitationLink({ cited, named = false, className, children }: CitationLinkProps) {
  const open = useOpenCitation();
  const name = linkName(cited);
  return (
    <a
      href="#source"
      className={className ?? styles.link}
      title={name}
      {...(named && { 'aria-label': name })}
      onClick={(event) => {
        event.preventDefault();
        open(cited);
      }}
    >
      {children}
    </a>
  );
}
