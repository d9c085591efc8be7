import { GitFork } from 'lucide-react';
import { useId, useState } from 'react';
import { formatMoneyShort, plural } from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { runTotals } from '../../trajectory/derive/totals.ts';
import { useCommands, useRun, useRunInFlight } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { TextArea } from '../kit/inputs.tsx';
import type { Subject } from './subject.ts';
import styles from './run-again.module.css';

interface RunAgainProps {
  readonly run: RunStore;
  readonly subject: Subject;
}

/** For a turn of the root that has its reply: a new run from there, with another reply or cell. */
export function RunAgain({ run, subject: { call, turn } }: RunAgainProps) {
  const [open, setOpen] = useState(false);
  const inFlight = useRunInFlight();
  const isRlm = useRun(run, ({ live }) => live.started?.method.startsWith('rlm') ?? false);
  if (call.id !== '0' || !isRlm || turn === null || turn.repliedAt === null || inFlight !== null) return null;
  return (
    <div className={styles.foot}>
      <Button icon={GitFork} onClick={() => setOpen(true)}>
        Run again from here
      </Button>
      {open && <RunAgainDialog run={run} turn={turn.turn} reply={turn.text} onClose={() => setOpen(false)} />}
    </div>
  );
}

interface RunAgainDialogProps {
  readonly run: RunStore;
  readonly turn: number;
  readonly reply: string;
  readonly onClose: () => void;
}

function RunAgainDialog({ run, turn, reply, onClose }: RunAgainDialogProps) {
  const { runAgainFrom } = useCommands();
  const form = useId();
  const [written, setWritten] = useState(reply);
  const totals = useRun(run, ({ live }) => live);
  const { costUsd, unknownCost, subCalls } = runTotals(totals);
  const paid = unknownCost ? '' : `, of the ${formatMoneyShort(costUsd)} and ${plural(subCalls, 'sub-call')} of this run,`;
  return (
    <Dialog
      title={`Run again from turn ${turn}`}
      width={704}
      onClose={onClose}
      footer={
        <>
          <span className={styles.grow} />
          <Button size="form" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="lacquer" size="form" type="submit" form={form} disabled={written.trim() === ''}>
            Start new run
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void runAgainFrom(turn, written);
        }}
      >
        <p className={styles.words}>
          A new run shares everything up to this reply; what was paid for until then{paid} is not asked again. Change
          the reply or the cell in it, and it goes on from there.
        </p>
        <TextArea
          className={styles.field}
          aria-label={`Reply of turn ${turn}`}
          rows={16}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
