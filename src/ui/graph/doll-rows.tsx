import { ChevronRight, CornerDownLeft } from 'lucide-react';
import { memo } from 'react';
import { formatClock, formatCount, formatMoney, formatRunTime, plural } from '../../base/format.ts';
import { codeBeingWritten } from '../../trajectory/derive/reply-parts.ts';
import { spending, type Total } from '../../trajectory/derive/spending.ts';
import { variablesAt, type Progress } from '../../trajectory/derive/reading.ts';
import { PERSON_MODEL } from '../../trajectory/person.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { Code } from '../kit/code.tsx';
import { Doll } from '../kit/doll.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './doll-rows.module.css';
import { limitMet } from './limit-met.ts';
import { turnsId, type Doll as DollPiece, type Row } from './graph-model.ts';
import { cameBack, tellingLine, type CameBack } from './row-text.ts';
import { useRunStore, useRun } from './run-context.tsx';

export const moneyOf = (total: Total): string =>
  total.unknownCost ? (total.costUsd > 0 ? `≥ ${formatMoney(total.costUsd)}` : '–') : formatMoney(total.costUsd);

const DOLL_SIZE = [32, 27, 24, 22, 22] as const;

interface CallProps {
  readonly state: RunState;
  readonly call: CallState;
}

/** Head of a doll: which call, which model, how long, what it cost. */
export function DollHead({ state, call }: CallProps) {
  const isRoot = call.parent === null;
  const spent = spending(state, call);
  const works = call.endedAt === null && call.status !== 'cut';
  const time = formatRunTime((call.endedAt ?? state.at) - call.startedAt);
  const details = [
    call.model,
    ...(isRoot && call.turns.length > 0 ? [plural(call.turns.length, 'turn')] : []),
    time,
  ];
  return (
    <header className={isRoot ? styles['rootHead'] : styles['head']}>
      <Doll depth={call.depth} open={works} size={DOLL_SIZE[Math.min(call.depth, 4)] ?? 22} />
      <div className={styles['title']}>
        <p className={styles['name']}>
          <b>Call {call.id}</b>
          {isRoot ? ' root' : ''}
          {call.status === 'failed' ? ' failed' : limitMet(state, call) === null ? '' : ' at its limit'}
        </p>
        <p className={styles['small']}>{details.join(' · ')}</p>
      </div>
      <div className={styles['cost']}>
        <b>{moneyOf(spent.total)}</b>
        {isRoot && call.children.length > 0 ? (
          <span className={styles['small']}>own {moneyOf(spent.own)}</span>
        ) : null}
      </div>
    </header>
  );
}

/** The rows of a doll: turns, folded turns, and the turn that will come. */
export function DollRows({ state, call, doll }: CallProps & { readonly doll: DollPiece }) {
  return (
    <>
      {doll.rows.map((row) => (
        <DollRow key={row.kind === 'fold' ? 'fold' : row.turn} state={state} call={call} row={row} />
      ))}
      <Foot state={state} call={call} foot={doll.foot} />
    </>
  );
}

function DollRow({ state, call, row }: CallProps & { readonly row: Row }) {
  const run = useRunStore();
  switch (row.kind) {
    case 'fold':
      return (
        <button
          type="button"
          className={styles['fold']}
          style={{ height: row.height }}
          onClick={() => run.toggle(turnsId(call.id))}
        >
          <ChevronRight size={14} strokeWidth={1.6} aria-hidden="true" />
          {row.from === row.to
            ? `turn ${row.from}`
            : `turns ${row.from} ${row.to === row.from + 1 ? 'and' : 'to'} ${row.to}`}
        </button>
      );
    case 'next':
      return (
        <p className={styles['next']} style={{ height: row.height }}>
          <span className={styles['number']}>{row.turn}</span>
          written when turn {row.turn - 1} returns
        </p>
      );
    case 'turn':
      return <TurnRow state={state} call={call} turn={row.turn} height={row.height} />;
  }
}

function TurnRow({ state, call, turn, height }: CallProps & { readonly turn: number; readonly height: number }) {
  const run = useRunStore();
  const isSelected = useRun(
    ({ selection, following }) =>
      !following && selection !== null && selection.call === call.id && selection.turn === turn,
  );
  const turnState = call.turns.find((each) => each.turn === turn);
  if (!turnState) return null;
  const back = cameBack(state, call, turnState);
  const cell = turnState.cell === null ? undefined : state.cells.get(turnState.cell);
  // A cell may wait for a person before it runs.
  const code = cell?.code ?? (call.endedAt === null && turnState.repliedAt !== null ? codeBeingWritten(turnState.text) : null);
  const isNow = call.endedAt === null && (back.kind === 'waiting' || back.kind === 'writing');
  const className = [styles['turn'], isNow ? styles['now'] : '', isSelected ? styles['selected'] : ''].join(' ');
  return (
    <button
      type="button"
      className={className}
      style={{ height }}
      aria-label={`Turn ${turn} of call ${call.id}`}
      aria-pressed={isSelected}
      onClick={(event) => {
        event.stopPropagation();
        run.select({ call: call.id, turn });
      }}
    >
      <span className={styles['number']}>{turn}</span>
      <span className={styles['line']}>
        {code === null ? <span className={styles['small']}>{turnState.repliedAt === null && call.endedAt === null ? 'no code yet' : 'no code'}</span> : <CodeLine code={code} />}
      </span>
      <span className={styles['back']}>
        <BackLine back={back} depth={call.depth} waited={state.at - (cell?.startedAt ?? state.at)} asked={askedWords(state, call)} />
      </span>
    </button>
  );
}

const CodeLine = memo(function CodeLine({ code }: { readonly code: string }) {
  return <Code code={tellingLine(code)} />;
});

interface BackLineProps {
  readonly back: CameBack;
  readonly depth: number;
  /** Ms since the cell began. */
  readonly waited: number;
  /** Whom a reply is waited for. */
  readonly asked: string;
}

/** What is said while nothing of a reply is there. */
function askedWords(state: RunState, call: CallState): string {
  if (call.model === PERSON_MODEL) return 'yours to write';
  return state.paused?.why === 'provider' ? 'the provider does not answer' : 'asked the model';
}

function BackLine({ back, depth, waited, asked }: BackLineProps) {
  switch (back.kind) {
    case 'writing':
      return (
        <b className={styles['lacquer']}>
          {back.characters === 0 ? asked : `writing, ${formatCount(back.characters)} characters`}
        </b>
      );
    case 'waiting':
      return back.progress.asked === 0 ? (
        <>
          <b className={styles['lacquer']}>code runs</b> · {formatClock(waited)} in this cell
        </>
      ) : (
        <>
          <b className={styles['lacquer']}>{`${back.progress.back} of ${back.progress.asked} back`}</b>
          {back.progress.failed > 0
            ? ` · ${back.progress.failed} failed`
            : ` · ${formatClock(waited)} in this cell`}
        </>
      );
    case 'output':
      return (
        <>
          {back.progress.asked > 1 ? (
            <Bars progress={back.progress} depth={depth + 1} />
          ) : (
            <CornerDownLeft size={13} strokeWidth={1.6} aria-hidden="true" />
          )}
          <span className={styles['words']}>{back.text}</span>
        </>
      );
    case 'error':
      return (
        <>
          <StateMark state="failed" depth={depth} size={9} />
          <span className={styles['words']}>{back.text}</span>
        </>
      );
    case 'finished':
      return (
        <>
          <CornerDownLeft size={13} strokeWidth={1.6} aria-hidden="true" />
          closed, {plural(back.characters, 'character')}
        </>
      );
    case 'words':
      return <span className={styles['words']}>{back.text}</span>;
  }
}

/** One bar a sub-call up to 40, then shares of 40. */
function Bars({ progress, depth }: { readonly progress: Progress; readonly depth: number }) {
  const shown = Math.min(progress.asked, 40);
  const failed = Math.round((progress.failed / progress.asked) * shown);
  return (
    <span
      className={styles['bars']}
      role="img"
      aria-label={`${progress.back} of ${progress.asked} back, ${progress.failed} failed`}
    >
      {Array.from({ length: shown }, (_, index) => (
        <i
          // Bars have no identity but their place.
          key={index}
          style={index < shown - failed ? { background: `var(--d${Math.min(depth, 4)})` } : {}}
        />
      ))}
    </span>
  );
}

function Foot({ state, call, foot }: CallProps & Pick<DollPiece, 'foot'>) {
  if (foot === null) return null;
  if (foot === 'asked') {
    return (
      <p className={styles['foot']}>
        asked <em className={styles['asked']}>{call.prompt}</em>
      </p>
    );
  }
  const names = variablesAt(state, call).map(({ name }) => name);
  const shown = names.slice(-5);
  return (
    <p className={styles['foot']}>
      holds
      <span className={styles['names']}>{shown.length > 0 ? shown.join(' ') : call.endedAt === null ? 'nothing yet' : 'nothing'}</span>
      {names.length > shown.length ? <span>+{names.length - shown.length}</span> : null}
    </p>
  );
}
