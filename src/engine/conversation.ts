import type { Exchange } from '../repl/port.ts';
import type { DocumentInfo, TrajectoryEvent } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { isKnownEvent } from '../trajectory/known-event.ts';
import { isRlm } from '../trajectory/methods.ts';
import { tellsItsCells } from '../trajectory/resumable.ts';
import type { Note, RunState } from '../trajectory/run-state.ts';
import { type CellRecord, createCellRecords } from './cell-record.ts';
import type { EarlierRun, RunRequest } from './engine.ts';
import type { Past } from './past.ts';

/** What the runs before it leave to a run: `history` in the guest and, where they can be had, their variables. */
export interface Conversation {
  /** Questions and answers, oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Names of the variables that are there when the run begins. */
  readonly variables: readonly string[];
  /** What makes the root's REPL as the runs before left it, in order. */
  readonly steps: readonly ConversationStep[];
  /** The run begins with what they left; else its REPL is new, but for `history`. */
  readonly continues: boolean;
  /** Why their variables are not there, for the log; null where they are. */
  readonly lost: string | null;
  /** The time that a guest was told last, milliseconds since 1970. */
  readonly wall: number;
}

export type ConversationStep =
  | { readonly kind: 'cell'; readonly record: CellRecord; readonly cpuMs: number }
  | { readonly kind: 'exchange'; readonly exchange: Exchange };

/** How a note begins that says that a run begins without the variables of those before it. */
const ANEW = 'The variables of the earlier questions are not there: ';
const AND_YET = ' Their questions and answers are in `history`.';

/** The reasons, as notes of the log: later runs of the conversation know by them what this one began with. */
export const LOST = {
  documents: `${ANEW}this question is about other documents.${AND_YET}`,
  logs: `${ANEW}the logs of their runs are not all here, or do not tell enough to make them again.${AND_YET}`,
  rebuild: `${ANEW}their cells, run again, did not do the same.${AND_YET}`,
};

/** Reads the runs before `request`; null where it follows none. `past` is that of the run itself. */
export function readConversation(request: RunRequest, past: Past | null): Conversation | null {
  const { before = [] } = request;
  if (before.length === 0) return null;
  const runs = before.map(readEarlier);
  const found = firstWithVariables(runs, request);
  const isAnew = beginsAnew(past?.state.notes ?? []);
  const from = found.lost === null && !isAnew ? found.from : runs.length;
  let steps: ConversationStep[] = [];
  for (const [at, run] of runs.entries()) {
    if (at >= from) {
      if (run.emptied) steps = steps.filter(({ kind }) => kind === 'exchange');
      const cpuMs = run.cellCpuSeconds * 1000;
      steps.push(...run.cells.map((record): ConversationStep => ({ kind: 'cell', record, cpuMs })));
    }
    steps.push({ kind: 'exchange', exchange: run.exchange });
  }
  return {
    exchanges: runs.map(({ exchange }) => exchange),
    variables: [...new Set(steps.flatMap((step) => (step.kind === 'cell' ? step.record.variables : [])))].filter(
      // `remember` takes it back.
      (name) => name !== 'answer',
    ),
    steps,
    continues: from < runs.length,
    lost: found.lost,
    wall: Math.max(...runs.map(({ wall }) => wall)),
  };
}

interface Earlier {
  readonly run: string;
  readonly state: RunState;
  readonly exchange: Exchange;
  /** Its root's cells that made what it left. */
  readonly cells: readonly CellRecord[];
  /** Its root's REPL began anew in the middle of it. */
  readonly emptied: boolean;
  readonly cellCpuSeconds: number;
  readonly wall: number;
  /** It has ended, and its cells can be run again. */
  readonly whole: boolean;
}

function readEarlier({ run, log }: EarlierRun): Earlier {
  const events = log.filter(isKnownEvent);
  const state = fold(EMPTY, log);
  const records = createCellRecords();
  let wall = 0;
  for (const event of events) {
    records.add(event);
    wall = Math.max(wall, timeIn(event));
  }
  const { started, finished } = state;
  const answer = finished?.answer ?? `(no answer: ${finished?.reason ?? 'the run did not end.'})`;
  return {
    run,
    state,
    exchange: { question: started?.question ?? '', answer },
    cells: records.before('0', Infinity),
    emptied: records.emptied('0'),
    cellCpuSeconds: started?.settings.cellCpuSeconds ?? 0,
    wall,
    whole: started !== null && finished !== null && tellsItsCells(events),
  };
}

const timeIn = (event: TrajectoryEvent): number =>
  event.type === 'cell.started' || event.type === 'query.answered' ? (event.now ?? 0) : 0;

/** The oldest run whose variables are there, all those after it being whole and on the same documents. */
function firstWithVariables(
  runs: readonly Earlier[],
  request: RunRequest,
): { readonly from: number; readonly lost: string | null } {
  for (let at = runs.length - 1; at >= 0; at--) {
    const earlier = runs[at];
    const started = earlier?.state.started;
    if (!earlier || !started) break;
    const { follows, method, documents } = started;
    if (!areSame(documents, request.documents)) return { from: at, lost: LOST.documents };
    if (!earlier.whole || !isRlm(method) || !isRlm(request.method)) break;
    if (follows === null || beginsAnew(earlier.state.notes)) return { from: at, lost: null };
    if (runs[at - 1]?.run !== follows) break;
  }
  return { from: runs.length, lost: LOST.logs };
}

const beginsAnew = (notes: readonly Note[]): boolean =>
  notes.some(({ by, text }) => by === 'engine' && text.startsWith(ANEW));

function areSame(a: readonly DocumentInfo[], b: readonly DocumentInfo[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, at) => {
      const other = b[at];
      if (!other || one.name !== other.name || one.chars !== other.chars) return false;
      return one.sha256 === '' || other.sha256 === '' ? one.id === other.id : one.sha256 === other.sha256;
    })
  );
}
