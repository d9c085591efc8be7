import { useId, useState } from 'react';
import type { SourceReader } from '../../state/source-commands.ts';
import type { SourceDocument } from '../../state/source-store.ts';
import type { CitedPassage } from '../../trajectory/derive/cited.ts';
import { Select, TextInput } from '../kit/inputs.tsx';
import styles from './go-to.module.css';
import { goToTarget } from './go-to-target.ts';
import { partIndexAt, partName } from './position.ts';

interface GoToProps {
  readonly document: SourceDocument;
  readonly reader: SourceReader;
  readonly cited: readonly CitedPassage[];
  /** Where one reads. */
  readonly at: number;
  readonly onGo: (offset: number, to?: number) => void;
}

/** Parts of a kind that are chosen by name; pages and messages are numbers. */
const BY_NAME = ['sheet', 'slide', 'chapter'];
/** More would be no list to choose from. */
const MOST_PARTS = 1_000;

/** A place in the document by its line, page or number of characters, or by the name of its part. */
export function GoTo({ document, reader, cited, at, onGo }: GoToProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const parts = document.parts ?? [];
  const hasNames = parts.length > 1 && parts.length <= MOST_PARTS && BY_NAME.includes(parts[0]?.kind ?? '');

  const go = async () => {
    const target = goToTarget(typed, document);
    switch (target.to) {
      case 'nowhere':
        setProblem(target.problem);
        return;
      case 'offset':
        onGo(target.offset);
        break;
      case 'line':
        try {
          onGo(await reader.lineStart(document, target.line));
        } catch {
          setProblem('The document cannot be read any more.');
          return;
        }
        break;
      case 'quote': {
        const quote = cited.find(({ number }) => number === target.number);
        if (!quote) {
          setProblem(`The answer on screen has no quote ${target.number} from this document.`);
          return;
        }
        onGo(quote.from, quote.to);
      }
    }
    setProblem(null);
    setTyped('');
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {hasNames && (
        <Select
          className={styles.parts}
          aria-label={`Go to ${parts[0]?.kind ?? 'part'}`}
          value={String(Math.max(0, partIndexAt(parts, at)))}
          options={parts.map((part, index) => ({ value: String(index), label: partName(part) }))}
          onChange={(event) => onGo(parts[Number(event.target.value)]?.from ?? 0)}
        />
      )}
      <TextInput
        className={styles.input}
        aria-label="Go to"
        placeholder={`Go to ${parts[0]?.kind ?? 'line'}`}
        enterKeyHint="go"
        value={typed}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : id}
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(null);
        }}
      />
      {problem !== null && (
        <p id={id} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  );
}
