import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Below a rule that runs from edge to edge. */
  readonly footer?: ReactNode;
  /** Pixels of the frame on a desk. */
  readonly width: number;
  /** On a phone it covers the screen. */
  readonly sheet?: boolean;
}

/** A native modal that wears a doll's frame, with one shell around it. Mounted means open. */
export function Dialog({ title, onClose, children, footer, width, sheet = false }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Closed while still in the page, so that the focus goes back to where it came from.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // The title is read first; the close button would be, as the first that takes focus.
    dialog?.querySelector('h2')?.focus();
    return () => dialog?.close();
  }, []);

  return (
    <dialog
      ref={ref}
      className={classes(styles.dialog, sheet && styles.sheet)}
      aria-labelledby={heading}
      style={{ width }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.scroll}>
        <header className={styles.head}>
          <h2 id={heading} className={styles.title} tabIndex={-1}>
            {title}
          </h2>
          <IconButton icon={X} label="Close" onClick={onClose} />
        </header>
        <div className={styles.body}>{children}</div>
      </div>
      {footer && <footer className={styles.foot}>{footer}</footer>}
    </dialog>
  );
}
