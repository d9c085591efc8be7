import type { ReactNode } from 'react';
import styles from './field.module.css';
import { classes } from './classes.ts';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  /** Label above, for narrow fields in a row; else at the left. */
  readonly stacked?: boolean;
  /** What is meant or wrong; a problem speaks as the field's description. */
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

/** A label, its control, and the sentence below. The control has `id` and `describedBy(id)`. */
export function Field({ id, label, stacked = false, hint, problem, children }: FieldProps) {
  return (
    <div className={classes(styles.field, stacked && styles.stacked)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.control}>{children}</div>
      {(problem ?? hint) && (
        <div
          id={describedBy(id)}
          role={problem === undefined ? undefined : 'alert'}
          className={classes(styles.hint, problem !== undefined && styles.problem)}
        >
          {problem ?? hint}
        </div>
      )}
    </div>
  );
}

/** The id of the sentence below the control `id`. */
export const describedBy = (id: string): string => `${id}-hint`;

/** A titled part of a form, set off by a hairline. */
export function FieldGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <div className={styles.fields}>{children}</div>
    </section>
  );
}
