import { RotateCcw } from 'lucide-react';
import type { RunStore } from '../../state/run-store.ts';
import { useCommands, useDesk, useRun, useRunInFlight } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Estimate } from './estimate.tsx';
import { AskButton } from './ask-button.tsx';
import { FollowUp } from './follow-up.tsx';
import { ExportMenu } from './export-menu.tsx';
import styles from './question-band.module.css';
import { QuestionBox } from './question-box.tsx';
import { RunStatus } from './run-status.tsx';
import { PauseButton } from '../steer/pause-button.tsx';
import { StopButton } from './stop-button.tsx';

/** The question over everything that answers it: what is asked, how it stands, what one may do. */
export function QuestionBand({ run }: { readonly run: RunStore }) {
  const inFlight = useRunInFlight();
  return (
    <section className={styles.band} aria-label="Question and status">
      <div className={styles.question}>
        <QuestionBox placeholder="Ask something else about these documents" />
      </div>
      <div className={styles.state}>
        <RunStatus run={run} />
        {inFlight === null && <NextEstimate run={run} />}
        <div className={styles.actions} data-running={inFlight === run}>
          <RunActions run={run} inFlight={inFlight} />
        </div>
      </div>
    </section>
  );
}

/** What a new question would cost; what was asked already has its cost. */
function NextEstimate({ run }: { readonly run: RunStore }) {
  const asked = useRun(run, ({ live }) => live.started?.question);
  const question = useDesk((desk) => desk.question.trim());
  return question === '' || question === asked ? null : <Estimate />;
}

interface RunActionsProps {
  readonly run: RunStore;
  readonly inFlight: RunStore | null;
}

function RunActions({ run, inFlight }: RunActionsProps) {
  const commands = useCommands();
  const question = useRun(run, (view) => view.live.started?.question ?? null);
  const draft = useDesk((desk) => desk.question.trim());
  if (inFlight === run) {
    return (
      <>
        <PauseButton run={run} />
        <StopButton />
      </>
    );
  }
  return (
    <>
      {inFlight ? (
        <Button onClick={() => commands.selectRun(inFlight.getState().id)}>Back to the one running</Button>
      ) : (
        <>
          <FollowUp />
          <AskButton answered={question} />
          {question !== null && (draft === '' || draft === question) && (
            <Button icon={RotateCcw} onClick={() => void commands.ask(question)}>
              Run again
            </Button>
          )}
        </>
      )}
      <ExportMenu run={run} />
    </>
  );
}
