import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import styles from './inspector.module.css';

interface FoldProps {
  readonly label: string;
  readonly note?: string;
  /** Made only once it is open. */
  readonly children: () => ReactNode;
}

/** What is the same, or too long to begin with, behind one row that says what it is. */
export function Fold({ label, note = '', children }: FoldProps) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <button type="button" className={styles['fold']} aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight size={14} strokeWidth={1.6} aria-hidden="true" />
        <span>{label}</span>
        <span className={styles['small']}>{note}</span>
      </button>
      {open ? children() : null}
    </div>
  );
}
