import { isFinal } from '../../trajectory/fold-call.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { depthColour } from '../kit/doll.tsx';

interface MiniMarksProps {
  readonly state: RunState;
  readonly calls: readonly string[];
}

const COLUMNS = 10;
const MOST = 40;
const PITCH = 6;

/** A fan-out in the size of a word: one mark a call, past 40 one mark a share. Decoration. */
export function MiniMarks({ state, calls }: MiniMarksProps) {
  const shown = Math.min(MOST, calls.length);
  const rows = Math.ceil(shown / COLUMNS);
  return (
    <svg width={COLUMNS * PITCH} height={rows * PITCH} aria-hidden="true">
      {Array.from({ length: shown }, (_, index) => {
        const share = calls.slice(Math.floor((index * calls.length) / shown), Math.floor(((index + 1) * calls.length) / shown));
        const call = worst(share.flatMap((id) => state.calls.get(id) ?? []));
        const [x, y] = [(index % COLUMNS) * PITCH + 3, Math.floor(index / COLUMNS) * PITCH + 3];
        // Marks have no identity but their place.
        return call ? <MiniMark key={index} call={call} x={x} y={y} /> : null;
      })}
    </svg>
  );
}

/** Of a share: one that failed, else one that is not back, else any. */
function worst(calls: readonly CallState[]): CallState | undefined {
  return (
    calls.find(({ status }) => status === 'failed') ??
    calls.find(({ status }) => status === 'retrying') ??
    calls.find(({ status }) => !isFinal(status)) ??
    calls[0]
  );
}

function MiniMark({ call, x, y }: { readonly call: CallState; readonly x: number; readonly y: number }) {
  switch (call.status) {
    case 'finished':
      return <rect x={x - 2} y={y - 2} width="4" height="4" fill={depthColour(call.depth)} />;
    case 'queued':
      return <circle cx={x} cy={y} r="1.4" fill="none" stroke="var(--ink3)" />;
    case 'running':
      return <circle cx={x} cy={y} r="1.9" fill="none" stroke="var(--lac)" strokeWidth="1.3" />;
    case 'retrying':
      return <path d={`M${x} ${y - 2.5} ${x + 2.5} ${y + 2}H${x - 2.5}Z`} fill="var(--ochre)" />;
    case 'failed':
      return <path d={`M${x - 2} ${y - 2}l4 4m0-4l-4 4`} stroke="var(--ink)" strokeWidth="1.3" />;
    case 'cut':
      return <path d={`M${x - 2} ${y}h4v2h-4Z`} fill="var(--ink2)" />;
  }
}
