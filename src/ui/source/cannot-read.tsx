import { StateMark } from '../kit/state-mark.tsx';
import styles from './text-view.module.css';

/** What stands in place of a document whose file has gone. */
export const CannotRead = ({ name }: { readonly name: string }) => (
  <p role="alert" className={styles.failed}>
    <StateMark state="failed" depth={0} size={10} />
    <span>
      <bdi>{name}</bdi> cannot be read any more: its file was moved, changed or deleted. Remove the document, and add the file
      again.
    </span>
  </p>
);
