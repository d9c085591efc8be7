import { Fragment } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { shortcut } from '../kit/platform.ts';
import styles from './keys-dialog.module.css';

interface KeyRow {
  readonly keys: readonly string[];
  readonly does: string;
}

const groups = (): readonly { readonly title: string; readonly rows: readonly KeyRow[] }[] => [
  {
    title: 'Anywhere',
    rows: [
      { keys: [shortcut('Enter')], does: 'Ask the question' },
      { keys: [shortcut('.')], does: 'Stop the run' },
      { keys: [shortcut('O')], does: 'Add files' },
      { keys: [shortcut('V')], does: 'Paste text or files as documents' },
      { keys: ['?'], does: 'Show these keys' },
    ],
  },
  {
    title: 'In the question',
    rows: [
      { keys: ['Enter'], does: 'Ask' },
      { keys: ['Shift', 'Enter'], does: 'New line' },
    ],
  },
  {
    title: 'In a source',
    rows: [
      { keys: [shortcut('F')], does: 'Search in the document' },
      { keys: ['Enter'], does: 'Next match; with Shift the one before' },
      { keys: ['Page ↓', 'Page ↑'], does: 'On and back, by pages where they are shown' },
      { keys: ['Esc'], does: 'Close the source' },
    ],
  },
  {
    title: 'In graph, calls and tabs',
    rows: [
      { keys: ['←', '→', '↑', '↓'], does: 'Walk from one to the next' },
      { keys: ['Enter'], does: 'Select, and show in the inspector' },
      { keys: ['Home', 'End'], does: 'First, last' },
    ],
  },
];

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose} width={480}>
      {groups().map(({ title, rows }) => (
        <section key={title} className={styles.group}>
          <h3 className={styles.title}>{title}</h3>
          <dl className={styles.rows}>
            {rows.map(({ keys, does }) => (
              <Fragment key={does}>
                <dt>
                  <span className="visually-hidden">{keys.join(' ')}</span>
                  {keys.map((key) => (
                    <KeyHint key={key} keys={key} />
                  ))}
                </dt>
                <dd>{does}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
