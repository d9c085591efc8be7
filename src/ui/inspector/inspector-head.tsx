import { ChevronDown, ChevronUp } from 'lucide-react';
import { formatDuration, plural } from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { spending } from '../../trajectory/derive/spending.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import { codeBeingWritten } from '../../trajectory/derive/reply-parts.ts';
import { PERSON_MODEL } from '../../trajectory/person.ts';
import type { CallState, RunState, TurnState } from '../../trajectory/run-state.ts';
import { sharedFrom } from '../graph/call-name.ts';
import { moneyOf } from '../graph/doll-rows.tsx';
import { limitMet } from '../graph/limit-met.ts';
import { Doll } from '../kit/doll.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { MARK_WORDS, StateMark } from '../kit/state-mark.tsx';
import styles from './inspector.module.css';
import { neighboursOf, type Subject } from './subject.ts';

interface HeadProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly subject: Subject | null;
}

export function InspectorHead({ run, state, subject }: HeadProps) {
  if (subject === null) return <header className={styles['head']} />;
  const { call, turn } = subject;
  const { kind, previous, next } = neighboursOf(state, subject);
  return (
    <header className={styles['head']}>
      <span className={styles['headMark']}>
        {call.kind === 'rlm' ? (
          <Doll depth={call.depth} open={!isFinal(call.status)} size={27} />
        ) : (
          <StateMark state={call.status} depth={call.depth} size={16} />
        )}
      </span>
      <div className={styles['headWords']}>
        <h2>
          Call {call.id}
          {turn ? `, turn ${turn.turn}` : ''}
        </h2>
        <p>{details(state, subject)}</p>
      </div>
      <IconButton
        icon={ChevronUp}
        label={`Show previous ${kind}`}
        disabled={previous === null}
        onClick={() => run.select(previous)}
      />
      <IconButton icon={ChevronDown} label={`Show next ${kind}`} disabled={next === null} onClick={() => run.select(next)} />
    </header>
  );
}

function details(state: RunState, { call, turn, cell }: Subject): string {
  const open = call.status === 'finished' ? null : MARK_WORDS[call.status];
  if (call.kind === 'llm') {
    const cost = call.own ? moneyOf(spending(state, call).own) : null;
    const time = call.status === 'queued' ? null : formatDuration((call.endedAt ?? state.at) - (call.sentAt ?? call.startedAt));
    if (sharedFrom(call) !== null && open === null) return `${call.model} · ${whatItIs(call)}`;
    const what = whatItIs(call);
    return [call.model, open ?? what, time, cost].filter((part) => part !== null).join(' · ');
  }
  if (turn === null) return `${call.model} · ${MARK_WORDS[call.status]}`;
  const cells = call.turns.filter((each) => each.cell !== null && each.turn <= turn.turn).length;
  const all = call.turns.filter((each) => each.cell !== null).length;
  if (cell === null) return `${call.model} · ${withoutCell(call, turn)}`;
  const changed = cell.edited ? ', changed by you' : '';
  const limit = turn === call.turns.at(-1) ? limitMet(state, call) : null;
  if (limit !== null) return `cell ${cells} of ${all} · ${call.model} · limit reached: ${limit}`;
  return `cell ${cells} of ${all} · ${call.model} · ${plural(cell.code.split('\n').length, 'line')}${changed}`;
}

function whatItIs(call: CallState): string {
  const from = sharedFrom(call);
  if (from !== null) return `the reply of ${from}, nothing sent`;
  return call.asked === 'rlm' ? 'one reply, at the depth limit' : 'one reply';
}

function withoutCell(call: CallState, turn: TurnState): string {
  if (isFinal(call.status)) return turn.repliedAt === null ? 'no reply' : 'no cell';
  if (turn.repliedAt === null) return call.model === PERSON_MODEL ? 'yours to write' : 'being written';
  return codeBeingWritten(turn.text) === null ? 'no cell' : 'not run yet';
}
