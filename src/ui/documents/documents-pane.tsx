import { useLibrary, useRunInFlight } from '../app-context.tsx';
import { PaneHead } from '../kit/pane-head.tsx';
import { useGradually } from '../kit/use-gradually.ts';
import { AddMenu } from './add-menu.tsx';
import { DocumentRow } from './document-row.tsx';
import styles from './documents-pane.module.css';
import { KeepDocuments } from './keep-documents.tsx';

/** What the question is about. The first page has its own, larger «Add files». */
export function DocumentsPane({ withButton }: { readonly withButton: boolean }) {
  const items = useLibrary((library) => library.items);
  const drawn = useGradually(items.length);
  const removable = useRunInFlight() === null;
  return (
    <section aria-label="Library">
      <PaneHead title="Documents">
        {withButton && <AddMenu />}
      </PaneHead>
      <ul aria-label="Documents" className={styles.list}>
        {items.slice(0, drawn).map((item) => (
          <DocumentRow key={item.id} item={item} removable={removable} />
        ))}
      </ul>
      {items.length === 0 && (
        <p className={styles.empty}>
          None yet. PDF, Word, Excel, PowerPoint, e-books, mail, web pages, ZIP, code, logs, any text: whatever has
          words in it.
        </p>
      )}
      <KeepDocuments />
    </section>
  );
}
