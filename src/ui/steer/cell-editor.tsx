import { Play, StepForward } from 'lucide-react';
import type { RunStore } from '../../state/run-store.ts';
import { useCommands } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { TextArea } from '../kit/inputs.tsx';
import { Panel } from './panel.tsx';
import styles from './panel.module.css';
import { useDraft } from './use-draft.ts';

interface CellEditorProps {
  readonly run: RunStore;
  readonly turn: number;
  readonly code: string;
}

/** The cell that the root has written and that has not run: as it is, or as the person changes it. */
export function CellEditor({ run, turn, code }: CellEditorProps) {
  const { steer } = useCommands();
  const [written, setWritten] = useDraft(run, `cell ${turn}`, code);
  const changed = written !== code;
  const goOn = (way: 'go-on' | 'step') => steer({ do: way, ...(changed && { code: written }) });
  return (
    <Panel
      title={`Paused before the cell of turn ${turn}`}
      words={
        changed
          ? 'Your code runs in place of the model’s. The model is shown what ran.'
          : 'Nothing of it has run. You may change it first.'
      }
      field={
        <TextArea
          className={styles.field}
          aria-label="Next cell"
          value={written}
          onChange={(event) => setWritten(event.target.value)}
        />
      }
    >
      <Button kind="lacquer" size="form" icon={StepForward} disabled={written.trim() === ''} onClick={() => goOn('step')}>
        {changed ? 'Run changed cell' : 'Run cell'}
      </Button>
      <Button size="form" icon={Play} disabled={written.trim() === ''} onClick={() => goOn('go-on')}>
        Continue
      </Button>
      {changed && (
        <Button kind="quiet" size="form" onClick={() => setWritten(code)}>
          As the model wrote it
        </Button>
      )}
      <span className={styles.hint}>“Run cell” stops again before the next one; “Continue” does not stop.</span>
    </Panel>
  );
}
