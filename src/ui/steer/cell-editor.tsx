import { Play, StepForward } from 'lucide-react';
import { useState } from 'react';
import { useCommands } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { TextArea } from '../kit/inputs.tsx';
import { Panel } from './panel.tsx';
import styles from './panel.module.css';

interface CellEditorProps {
  readonly turn: number;
  readonly code: string;
}

/** The cell that the root has written and that has not run: as it is, or as the person changes it. */
export function CellEditor({ turn, code }: CellEditorProps) {
  const { steer } = useCommands();
  const [written, setWritten] = useState(code);
  const changed = written !== code;
  const run = (way: 'go-on' | 'step') => steer({ do: way, ...(changed && { code: written }) });
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
      <Button kind="lacquer" size="form" icon={StepForward} disabled={written.trim() === ''} onClick={() => run('step')}>
        {changed ? 'Run changed cell' : 'Run cell'}
      </Button>
      <Button size="form" icon={Play} disabled={written.trim() === ''} onClick={() => run('go-on')}>
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
