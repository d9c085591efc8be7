import { X } from 'lucide-react';
import { memo } from 'react';
import type { LibraryItem } from '../../state/library-store.ts';
import { useCommands } from '../app-context.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { documentFacts } from './document-facts.ts';
import { nameParts } from './name-parts.ts';
import styles from './document-row.module.css';

interface DocumentRowProps {
  readonly item: LibraryItem;
  /** False while a run reads it. */
  readonly removable: boolean;
}

/**
 * One file: its name first, then what is known of it, then what the person should know. Drawn again
 * only when it has changed: there may be hundreds.
 */
export const DocumentRow = memo(function DocumentRow({ item, removable }: DocumentRowProps) {
  const commands = useCommands();
  const { name, folder } = nameParts(item.name);
  return (
    <li className={styles.row} data-status={item.status}>
      <p className={styles.name} title={item.name}>
        {item.status === 'ready' ? (
          <button
            type="button"
            className={styles.open}
            aria-label={`Open ${name}`}
            onClick={() => commands.openSource({ document: item.document.info.id, passage: null })}
          >
            <bdi>{name}</bdi>
          </button>
        ) : (
          <bdi>{name}</bdi>
        )}
      </p>
      {folder !== '' && (
        <p className={styles.folder} title={item.name}>
          <bdi>{folder}</bdi>
        </p>
      )}
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
      {item.status === 'note' && (
        <p className={styles.message}>
          <StateMark state="retrying" depth={0} size={10} />
          {item.message}
        </p>
      )}
      {item.status === 'ready' && item.document.notice !== null && (
        <p className={styles.message}>
          <StateMark state="retrying" depth={0} size={10} />
          {item.document.notice}
        </p>
      )}
      {removable && (
        <IconButton
          className={styles.remove}
          icon={X}
          iconSize={14}
          label={`Remove ${name}`}
          onClick={() => commands.removeDocument(item.id)}
        />
      )}
    </li>
  );
});

function ReadingBar({ item }: { readonly item: LibraryItem & { readonly status: 'reading' } }) {
  return (
    <progress
      className={styles.bar}
      aria-label={`Reading ${nameParts(item.name).name}`}
      {...(item.total > 0 ? { value: item.done, max: item.total } : {})}
    />
  );
}
