import { X } from 'lucide-react';
import type { LibraryItem } from '../../state/library-store.ts';
import { useCommands, useRunInFlight } from '../app-context.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { documentFacts } from './document-facts.ts';
import styles from './document-row.module.css';

/** One file: its name first, then what is known of it, then what the person should know. */
export function DocumentRow({ item }: { readonly item: LibraryItem }) {
  const commands = useCommands();
  const running = useRunInFlight() !== null;
  return (
    <li className={styles.row} data-status={item.status}>
      <p className={styles.name} title={item.name}>
        <bdi>{item.name}</bdi>
      </p>
      <p className={styles.facts} title={documentFacts(item)}>
        {documentFacts(item)}
      </p>
      {item.status === 'reading' && <ReadingBar item={item} />}
      {item.status === 'failed' && (
        <p className={styles.message}>
          <StateMark state="failed" depth={0} size={10} />
          {item.message}
        </p>
      )}
      {item.status === 'ready' && item.document.notice !== null && (
        <p className={styles.message}>
          <StateMark state="retrying" depth={0} size={10} />
          {item.document.notice}
        </p>
      )}
      {!running && (
        <IconButton
          className={styles.remove}
          icon={X}
          iconSize={14}
          label={`Remove ${item.name}`}
          onClick={() => commands.removeDocument(item.id)}
        />
      )}
    </li>
  );
}

function ReadingBar({ item }: { readonly item: LibraryItem & { readonly status: 'reading' } }) {
  return (
    <progress
      className={styles.bar}
      aria-label={`Reading ${item.name}`}
      {...(item.total > 0 ? { value: item.done, max: item.total } : {})}
    />
  );
}
