import { assertUnreachable } from '../base/assert.ts';
import type { EventOf, LogEvent, TrajectoryEvent } from './events.ts';
import { applyToCall, cutCall, isFinal, newCall, voidRequest, type CallEvent } from './fold-call.ts';
import { applyToCell, newCell, type CellEvent } from './fold-cell.ts';
import { isKnownEvent } from './known-event.ts';
import { PERSON_MODEL } from './person.ts';
import type { CallState, CellState, RunState } from './run-state.ts';
import { soundCitations } from './sound-citations.ts';

/** The state before the first event. */
export const EMPTY: RunState = {
  length: 0,
  at: 0,
  started: null,
  calls: new Map(),
  cells: new Map(),
  order: [],
  limits: [],
  notes: [],
  resumed: [],
  paused: null,
  waited: { ms: 0, since: null },
  parallel: [],
  finished: null,
};

/**
 * The state after `events`, which follow those already in `state`. Pure: `state` is not changed,
 * calls and cells that no event touches keep their identity, maps and long lists are copied at most
 * once per batch. Any batching of a log gives the same state. An event of an unknown type only moves
 * `length` and `at`; one that makes no sense where it stands (a reply to a call that never started,
 * a second start) is ignored: a log from elsewhere may hold anything the schema allows.
 */
export function fold(state: RunState, events: readonly LogEvent[]): RunState {
  if (events.length === 0) return state;
  const draft = new Draft(state);
  for (const event of events) draft.apply(event);
  return draft.state;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** One batch in the making. What it has copied is its own, and may be written. */
class Draft {
  readonly state: Writable<RunState>;
  #calls: Map<string, CallState> | null = null;
  #cells: Map<string, CellState> | null = null;
  readonly #ownLists = new Set<readonly unknown[]>();

  constructor(state: RunState) {
    this.state = { ...state };
  }

  apply(event: LogEvent): void {
    this.state.length += 1;
    this.state.at = event.at;
    if (!isKnownEvent(event)) return;
    if (this.state.finished !== null && event.type !== 'note.added') return;
    this.#applyKnown(event);
    this.#countWait(event.at);
  }

  /** As `waitedIn` counts it: what overlaps counts once. */
  #countWait(at: number): void {
    const { paused, calls, waited } = this.state;
    const root = calls.get('0');
    const isWriting = root?.model === PERSON_MODEL && root.requests.at(-1)?.endedAt === null;
    const waits = paused !== null || isWriting;
    if (waits && waited.since === null) this.state.waited = { ...waited, since: at };
    if (!waits && waited.since !== null) this.state.waited = { ms: waited.ms + at - waited.since, since: null };
  }

  #applyKnown(event: TrajectoryEvent): void {
    switch (event.type) {
      case 'run.started':
        if (this.state.started === null) {
          const { question, method, settings, documents, follows = null, branch = null } = event;
          this.state.started = { question, method, settings, documents, follows, branch };
        }
        break;
      case 'document.hashed':
        this.#hash(event);
        break;
      case 'run.resumed':
        this.state.resumed = this.#grown(this.state.resumed, event.at);
        this.state.paused = null;
        for (const call of this.state.calls.values()) {
          const next = voidRequest(call, event.at);
          if (next !== call) this.#setCall(next);
        }
        break;
      case 'run.paused': {
        const { at, why, message } = event;
        this.state.paused = { at, why, message };
        break;
      }
      case 'run.continued':
        this.state.paused = null;
        break;
      case 'parallel.changed': {
        const { at, slots, reason } = event;
        this.state.parallel = this.#grown(this.state.parallel, { at, slots, reason });
        break;
      }
      case 'query.answered':
        // What the reply was is in its call; the rest is for those who rebuild a REPL.
        break;
      case 'call.started':
        this.#startCall(event);
        break;
      case 'call.sent':
      case 'turn.started':
      case 'call.text':
      case 'call.reasoned':
      case 'turn.finished':
      case 'call.finished':
      case 'call.failed':
      case 'call.retried':
        this.#changeCall(event);
        break;
      case 'cell.started':
        this.#startCell(event);
        break;
      case 'cell.printed':
      case 'cell.finished':
      case 'variable.changed':
        this.#changeCell(event);
        break;
      case 'limit.reached': {
        const { at, limit, value, call = null } = event;
        this.state.limits = this.#grown(this.state.limits, { at, limit, value, call });
        break;
      }
      case 'run.finished':
        this.#finish(event);
        break;
      case 'note.added': {
        const { at, by, text, call = null, turn = null, guard = null } = event;
        this.state.notes = this.#grown(this.state.notes, { at, by, text, call, turn, guard });
        break;
      }
      default:
        assertUnreachable(event);
    }
  }

  #hash({ document, sha256 }: EventOf<'document.hashed'>): void {
    const { started } = this.state;
    if (started === null || !started.documents.some(({ id }) => id === document)) return;
    const documents = started.documents.map((each) => (each.id === document ? { ...each, sha256 } : each));
    this.state.started = { ...started, documents };
  }

  #startCall(event: EventOf<'call.started'>): void {
    const { call: id, parent: parentId } = event;
    if (this.state.calls.has(id)) return;
    // A path names its parent, so a call without one that started can hang nowhere.
    const cut = id.lastIndexOf('.');
    if (parentId !== (cut < 0 ? null : id.slice(0, cut))) return;
    const parent = parentId === null ? null : this.state.calls.get(parentId);
    if (parent === undefined) return;

    const asker = event.cell === null ? undefined : this.state.cells.get(event.cell);
    const cell = asker?.call === parentId ? asker : undefined;
    this.#setCall(newCall(event, cell?.id ?? null));
    this.state.order = this.#grown(this.state.order, id);
    if (parent !== null) this.#setCall({ ...parent, children: this.#grown(parent.children, id) });
    if (cell !== undefined) this.#setCell({ ...cell, calls: this.#grown(cell.calls, id) });
  }

  #changeCall(event: CallEvent): void {
    const call = this.state.calls.get(event.call);
    if (call === undefined || isFinal(call.status)) return;
    const next = applyToCall(call, event);
    if (next !== call) this.#setCall(next);
  }

  #startCell(event: EventOf<'cell.started'>): void {
    const call = this.state.calls.get(event.call);
    if (call === undefined || isFinal(call.status) || this.state.cells.has(event.cell)) return;
    const index = call.turns.findLastIndex(({ turn }) => turn === event.turn);
    const turn = call.turns[index];
    if (turn === undefined || turn.cell !== null) return;
    this.#setCell(newCell(event));
    this.#setCall({ ...call, turns: call.turns.with(index, { ...turn, cell: event.cell }) });
  }

  #changeCell(event: CellEvent): void {
    const cell = this.state.cells.get(event.cell);
    if (cell === undefined) return;
    const next = applyToCell(cell, event, (list, item) => this.#grown(list, item));
    if (next !== cell) this.#setCell(next);
  }

  #finish(event: EventOf<'run.finished'>): void {
    const { at, outcome, answer, format = 'text', reason = null } = event;
    const citations = soundCitations(event.citations, this.state.started?.documents ?? []);
    this.state.finished = { at, outcome, answer, format, citations, reason };
    this.state.paused = null;
    for (const call of this.state.calls.values()) {
      if (!isFinal(call.status)) this.#setCall(cutCall(call, at));
    }
    for (const cell of this.state.cells.values()) {
      if (cell.endedAt === null) this.#setCell({ ...cell, endedAt: at });
    }
  }

  #setCall(call: CallState): void {
    this.#calls ??= new Map(this.state.calls);
    this.state.calls = this.#calls;
    this.#calls.set(call.id, call);
  }

  #setCell(cell: CellState): void {
    this.#cells ??= new Map(this.state.cells);
    this.state.cells = this.#cells;
    this.#cells.set(cell.id, cell);
  }

  /** `list` with one more item: copied the first time in this batch, then grown in place. */
  #grown<T>(list: readonly T[], item: T): readonly T[] {
    if (this.#isOwn(list)) {
      list.push(item);
      return list;
    }
    const copy = [...list, item];
    this.#ownLists.add(copy);
    return copy;
  }

  #isOwn<T>(list: readonly T[]): list is T[] {
    return this.#ownLists.has(list);
  }
}
