import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { callName } from './call-name.ts';
import { DollFrame } from './doll-frame.tsx';
import { DollHead, DollRows } from './doll-rows.tsx';
import { branchesOf, dollOf, type LookOptions, type Piece } from './graph-model.ts';
import styles from './graph.module.css';
import { Reply } from './reply.tsx';
import { useRun } from './run-context.tsx';
import { Strip } from './strip.tsx';

/** The phone's graph: a child stands inside the doll that called it. */
export function Nest() {
  const state = useRun(({ view }) => view);
  const toggled = useRun((view) => view.toggled);
  const selected = useRun(({ selection, following }) => (following ? null : (selection?.call ?? null)));
  const root = state.calls.get('0');
  if (!root) return null;
  return (
    <div className={styles['nest']}>
      <NestedDoll state={state} call={root} look={{ toggled, selected }} />
    </div>
  );
}

interface NestedProps {
  readonly state: RunState;
  readonly look: LookOptions;
}

function NestedDoll({ state, call, look }: NestedProps & { readonly call: CallState }) {
  const doll = dollOf(state, call, look);
  const branches = branchesOf(state, call, look);
  return (
    <div role="group" aria-label={callName(state, call)}>
      <DollFrame depth={call.depth} shells={Math.min(doll.shells, 2)} selected={look.selected === call.id}>
        <DollHead state={state} call={call} />
        <DollRows state={state} call={call} doll={doll} />
        {branches.length > 0 ? (
          <div className={styles['nested']}>
            {branches.map(({ piece }) => (
              <NestedPiece key={piece.id} state={state} piece={piece} depth={call.depth + 1} look={look} />
            ))}
          </div>
        ) : null}
      </DollFrame>
    </div>
  );
}

interface PieceProps extends NestedProps {
  readonly piece: Piece;
  readonly depth: number;
}

function NestedPiece({ state, piece, depth, look }: PieceProps) {
  if (piece.kind === 'strip') return <Strip state={state} strip={piece} depth={depth} />;
  const call = state.calls.get(piece.call);
  if (!call) return null;
  return piece.kind === 'doll' ? (
    <NestedDoll state={state} call={call} look={look} />
  ) : (
    <div role="group" aria-label={callName(state, call)}>
      <Reply state={state} call={call} />
    </div>
  );
}
