import { useEffect, useId, useRef, type ReactNode } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly words?: string;
  /** Not asked for by the person: said aloud. */
  readonly urgent?: boolean;
  /** What is written into, above the buttons. */
  readonly field?: ReactNode;
  readonly children: ReactNode;
}

/** The strip between the question and the views of a run: it stands still, and what may be done. */
export function Panel({ title, words, urgent = false, field, children }: PanelProps) {
  const heading = useId();
  const section = useRef<HTMLElement>(null);
  // Whoever works by keyboard gets to it without going through the page; who is writing goes on.
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) {
      section.current?.querySelector<HTMLElement>('textarea:not([readonly]), button')?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <section ref={section} className={styles.panel} aria-labelledby={heading} data-field={field !== undefined}>
      <div className={styles.words} role={urgent ? 'alert' : undefined}>
        <h2 id={heading} className={styles.title}>
          {title}
        </h2>
        {words !== undefined && <p className={styles.text}>{words}</p>}
      </div>
      {field}
      <div className={styles.actions}>{children}</div>
    </section>
  );
}
