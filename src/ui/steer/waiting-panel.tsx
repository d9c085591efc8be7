import type { RunStore } from '../../state/run-store.ts';
import { waitingFor } from '../../trajectory/derive/waiting.ts';
import { useMemo } from 'react';
import { useRun, useRunInFlight } from '../app-context.tsx';
import { CellEditor } from './cell-editor.tsx';
import { Decision } from './decision.tsx';
import { ReplyEditor } from './reply-editor.tsx';

/** What the run on screen needs of the person, where it needs something. */
export function WaitingPanel({ run }: { readonly run: RunStore }) {
  const live = useRun(run, (view) => view.live);
  const isRunning = useRunInFlight() === run;
  const waiting = useMemo(() => (isRunning ? waitingFor(live) : null), [isRunning, live]);
  switch (waiting?.for) {
    case 'cell':
      return <CellEditor key={waiting.turn} run={run} turn={waiting.turn} code={waiting.code} />;
    case 'reply':
      return <ReplyEditor key={waiting.turn} run={run} turn={waiting.turn} shown={waiting.shown} />;
    case 'turn':
    case 'provider':
    case 'sub-calls':
      return <Decision waiting={waiting} />;
    case undefined:
      return null;
  }
}
