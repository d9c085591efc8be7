import { formatCompact, formatRunTime, formatShare, plural } from '../../base/format.ts';
import { readyDocuments, type Library } from '../../state/library-store.ts';
import type { LimitName } from '../../trajectory/events.ts';
import { waitingFor, type Waiting } from '../../trajectory/derive/waiting.ts';
import { endingLimit } from '../../trajectory/derive/run-summary.ts';
import { openCell, progress } from '../../trajectory/derive/reading.ts';
import { METHODS } from '../../trajectory/methods.ts';
import { runTotals } from '../../trajectory/derive/totals.ts';
import type { CallState, RunFinished, RunState } from '../../trajectory/run-state.ts';

export type StatusWord =
  | 'Ready'
  | 'Reading'
  | 'Running'
  | 'Answered'
  | 'Stopped'
  | 'Failed'
  | 'Limit reached';

/** A piece of the sentence; strong ones are what changes. */
export interface StatusPiece {
  readonly text: string;
  /** Said instead where there is little room. */
  readonly short?: string;
  readonly strong?: boolean;
}

/** The word that says how things stand, and clauses after it, each a list of pieces. */
export interface Status {
  readonly word: StatusWord;
  readonly clauses: readonly (readonly StatusPiece[])[];
}

const clause = (text: string): readonly StatusPiece[] => [{ text }];

/** How the documents stand while no run is on screen. */
export function libraryStatus(library: Library): Status {
  const reading = library.items.flatMap((item) => (item.status === 'reading' ? [item] : []));
  if (reading.length > 0) {
    const done = reading.reduce((all, item) => all + item.done, 0);
    const total = reading.reduce((all, item) => all + item.total, 0);
    const files = plural(reading.length, 'file');
    return {
      word: 'Reading',
      clauses: [clause(total > 0 ? `${files}, ${formatShare(Math.min(1, done / total))}` : files)],
    };
  }
  const ready = readyDocuments(library);
  if (ready.length === 0) return { word: 'Ready', clauses: [clause('add a file, then ask')] };
  const chars = ready.reduce((all, document) => all + document.info.chars, 0);
  return {
    word: 'Ready',
    clauses: [clause(`${plural(ready.length, 'document')}, ${formatCompact(chars / 4)} tokens`)],
  };
}

/** How a run stands; `ended` is true where nothing will be added to its log any more. */
export function runStatus(state: RunState, ended: boolean): Status {
  const { word, clauses: stands } = runWithoutPast(state, ended);
  const method = methodWords(state.started?.method);
  const clauses = method === null ? stands : [...stands, clause(method)];
  const branch = state.started?.branch ?? null;
  const told = branch === null ? clauses : [...clauses, clause(`again from turn ${branch.turn}`)];
  // Where it leaves the log that it shares, a branch goes on as a run does that was broken off.
  const resumed = state.resumed.length - (branch === null ? 0 : 1);
  if (resumed <= 0) return { word, clauses: told };
  return { word, clauses: [...told, clause(resumed > 1 ? `resumed ${resumed} times` : 'resumed')] };
}

function runWithoutPast(state: RunState, ended: boolean): Status {
  if (state.finished) return finishedStatus(state, state.finished);
  if (ended) {
    return { word: 'Stopped', clauses: [clause(`this log ends ${after(state)}, without an answer`)] };
  }
  const root = state.calls.get('0');
  return { word: 'Running', clauses: root ? runningClauses(state, root) : [clause('the model is starting')] };
}

function runningClauses(state: RunState, root: CallState): Status['clauses'] {
  const turn = root.turns.at(-1);
  if (!turn) return [clause('the model is starting')];
  const name = `turn ${turn.turn}`;
  const waiting = waitingFor(state);
  if (waiting) return [clause(waitingWords(waiting))];
  if (root.status === 'retrying') return [clause(`${name} is asked for again`)];
  const cell = openCell(state, root);
  if (!cell) return [clause(turn.repliedAt === null ? `${name} is being written` : `${name} is done`)];

  const { inFlight, queued, retrying } = runTotals(state);
  if (inFlight + queued + retrying === 0) return [clause(`${name} runs its code`)];
  const waits: StatusPiece[] = [
    { text: `${name} is waiting for `, short: `${name}, ` },
    { text: `${plural(inFlight, 'call')} in flight`, short: `${inFlight} in flight`, strong: true },
  ];
  if (queued > 0) waits.push({ text: `, ${plural(queued, 'queued', 'queued')}` });
  if (retrying > 0) waits.push({ text: `, ${plural(retrying, 'retrying', 'retrying')}` });
  const slots = state.parallel.at(-1)?.slots;
  if (queued > 0 && slots !== undefined) waits.push({ text: `, ${slots} at once`, short: '' });
  const { back, failed, asked } = progress(state, cell.calls);
  const home = `${back} of ${asked} back${failed > 0 ? `, ${failed} failed` : ''}`;
  return [waits, clause(home)];
}

function waitingWords(waiting: Waiting): string {
  switch (waiting.for) {
    case 'cell':
      return `paused before the cell of turn ${waiting.turn}`;
    case 'turn':
      return `paused after turn ${waiting.turn}`;
    case 'reply':
      return `turn ${waiting.turn} is yours to write`;
    case 'provider':
      return 'waiting: the provider does not answer';
    case 'sub-calls':
      return 'waiting for your word on many small sub-calls';
  }
}

function finishedStatus(state: RunState, finished: RunFinished): Status {
  switch (finished.outcome) {
    case 'answered': {
      const turns = plural(turnsOf(state), 'turn');
      const clauses = [clause(`in ${turns}, ${formatRunTime(finished.at)}`)];
      const quotes = quotesClause(finished);
      if (quotes) clauses.push(clause(quotes));
      return { word: 'Answered', clauses };
    }
    case 'stopped':
      return { word: 'Stopped', clauses: [clause(after(state))] };
    case 'failed':
      return { word: 'Failed', clauses: [clause(after(state))] };
    case 'limit': {
      const limit = limitWords(endingLimit(state));
      const clauses = limit === null ? [after(state)] : [limit, after(state)];
      return { word: 'Limit reached', clauses: clauses.map(clause) };
    }
  }
}

function quotesClause({ citations }: RunFinished): string | null {
  const all = citations.filter(({ role }) => role !== 'claim');
  if (all.length === 0) return null;
  const found = all.filter(({ document }) => document !== null);
  const quotes = plural(all.length, 'quote');
  const how = found.every(({ match }) => match !== 'folded') ? 'found word for word' : 'found';
  if (found.length < all.length) return `${quotes}, ${found.length === 0 ? 'none' : found.length} ${how}`;
  return `${quotes}, ${found.length > 1 ? 'all ' : ''}${how}`;
}

const turnsOf = (state: RunState): number => state.calls.get('0')?.turns.length ?? 0;

const after = (state: RunState): string =>
  `after ${plural(turnsOf(state), 'turn')}, ${formatRunTime(state.finished?.at ?? state.at)}`;

const LIMIT_WORDS: Readonly<Record<LimitName, string>> = {
  turns: 'turns',
  subCalls: 'sub-calls',
  usd: 'budget',
  seconds: 'time',
  cellCpu: 'CPU time of a cell',
  replMemory: 'memory',
  depth: 'depth',
};

/** A limit, in a word or two; null where the log does not say which. */
export const limitWords = (limit: LimitName | null): string | null => (limit === null ? null : LIMIT_WORDS[limit]);

/** How a run was answered, where that is not by the RLM, which one expects; else null. */
export function methodWords(id: string | undefined): string | null {
  if (id === undefined || id === 'rlm') return null;
  return METHODS.find((method) => method.id === id)?.label ?? id;
}
