import { Plus } from 'lucide-react';
import { useLibrary, useRunInFlight } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { PaneHead } from '../kit/pane-head.tsx';
import { useGradually } from '../kit/use-gradually.ts';
import { DocumentRow } from './document-row.tsx';
import styles from './documents-pane.module.css';
import { KeepDocuments } from './keep-documents.tsx';
import { pickFiles } from './pick-files.tsx';

/** What the question is about. The first page has its own, larger «Add files». */
export function DocumentsPane({ withButton }: { readonly withButton: boolean }) {
  const items = useLibrary((library) => library.items);
  const drawn = useGradually(items.length);
  const removable = useRunInFlight() === null;
  return (
    <section aria-label="Library">
      <PaneHead title="Documents">
        {withButton && (
          <Button kind="quiet" icon={Plus} onClick={pickFiles}>
            Add files
          </Button>
        )}
      </PaneHead>
      <ul aria-label="Documents" className={styles.list}>
        {items.slice(0, drawn).map((item) => (
          <DocumentRow key={item.id} item={item} removable={removable} />
        ))}
      </ul>
      {items.length === 0 && (
        <p className={styles.empty}>
          None yet. Text, Markdown, code, CSV, JSON, logs, in any encoding: anything with words in it.
        </p>
      )}
      <KeepDocuments />
    </section>
  );
}
