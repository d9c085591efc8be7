import { formatCompact, plural } from '../../base/format.ts';
import { readyDocuments } from '../../state/library-store.ts';
import { useLibrary } from '../app-context.tsx';
import { timesWindow } from './stack-lines.ts';
import styles from './welcome.module.css';

/** The headline and what it means; with documents in, how far they are beyond one reading. */
export function Lede() {
  const items = useLibrary((library) => library.items);
  const ready = readyDocuments({ items });
  if (ready.length === 0) {
    return (
      <>
        <p className={styles.headline}>Drop something too long to read.</p>
        <p className={styles.lede}>
          Ask about it, and watch a model open it in a sandbox, search it with code, hand pieces to smaller
          copies of itself, and bring the answer back with the lines it stands on.
        </p>
      </>
    );
  }
  const tokens = ready.reduce((all, document) => all + document.info.chars, 0) / 4;
  const [only] = ready;
  const what = ready.length === 1 && only ? only.info.name : plural(ready.length, 'document');
  const times = timesWindow(tokens);
  return (
    <>
      <p className={styles.headline}>Now ask {ready.length === 1 ? 'it' : 'them'} anything.</p>
      <p className={styles.lede}>
        <bdi className={styles.what}>{what}</bdi> {ready.length === 1 ? 'holds' : 'hold'}{' '}
        {formatCompact(tokens)} tokens, {times ?? 'short enough to read at once'}. The model will not read it
        all: it searches with code and sends pieces to copies of itself.
      </p>
    </>
  );
}
