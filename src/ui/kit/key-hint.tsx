import styles from './key-hint.module.css';

/** A key as it is printed on a keyboard. Decoration: the accessible name does not hold it. */
export const KeyHint = ({ keys }: { readonly keys: string }) => (
  <kbd className={styles.key} aria-hidden="true">
    {keys}
  </kbd>
);
