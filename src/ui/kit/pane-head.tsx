import type { ReactNode } from 'react';
import styles from './pane-head.module.css';

interface PaneHeadProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** Title of a part of a pane, over a hairline, with what one may do at its right. */
export const PaneHead = ({ title, children }: PaneHeadProps) => (
  <div className={styles.head}>
    <h2 className={styles.title}>{title}</h2>
    {children && <div className={styles.actions}>{children}</div>}
  </div>
);
