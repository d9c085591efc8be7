import type { BudgetView, GuestQuery, QueryReply } from '../repl/port.ts';
import type { EventOf, Fact } from '../trajectory/events.ts';
import { createCallTexts } from './call-texts.ts';

/** What the log says of one cell: enough to run it again and get the same. */
export interface CellRecord {
  readonly cell: string;
  readonly call: string;
  readonly turn: number;
  readonly code: string;
  readonly now: number;
  readonly seed: number;
  readonly budget: BudgetView;
  /** What its queries asked, by their number, as far as a call came of them. */
  readonly asked: ReadonlyMap<number, AskedQuery>;
  /** The replies, in the order in which the guest was handed them. */
  readonly answers: readonly RecordedAnswer[];
  /** UTF-16 code units of what it printed. */
  readonly printedChars: number;
  /** Names of the variables it made or changed. */
  readonly variables: readonly string[];
  /** Null while it runs. */
  readonly end: CellEnd | null;
}

export interface AskedQuery {
  readonly call: string;
  readonly kind: GuestQuery['kind'];
  /** Of the prompt or question, to see whether the same is asked again; null where it cannot be compared. */
  readonly sketch: string | null;
}

export interface RecordedAnswer {
  readonly query: number;
  readonly reply: QueryReply;
}

export type CellEnd = Pick<EventOf<'cell.finished'>, 'ok' | 'observation' | 'stoppedAt'> & {
  readonly lost: boolean;
  readonly emptied: boolean;
};

/** The cells of a run as its facts tell of them: the one source from which a REPL is rebuilt. */
export interface CellRecords {
  add(fact: Fact): void;
  get(cell: string): CellRecord | undefined;
  /**
   * The cells that made the state in which `call` begins `turn`, in order: those that ended and were
   * not lost, since the REPL last began anew.
   */
  before(call: string, turn: number): readonly CellRecord[];
  /** The REPL of `call` began anew after one of its cells: nothing from before that is there. */
  emptied(call: string): boolean;
  /** All cells of `call` have ended, the last not by losing its REPL, and all that they asked was answered. */
  settled(call: string): boolean;
  /** Times that `call` has lost its REPL by its own fault, up to `turn`. */
  losses(call: string, turn: number): number;
  /** The call has ended: nothing will be rebuilt from its cells. */
  forget(call: string): void;
  /** What came of sub-call `call` for its asker: its reply, or why it failed. Undefined if nothing did. */
  textOf(call: string, ok: boolean): string | undefined;
}

interface Growing extends CellRecord {
  readonly asked: Map<number, AskedQuery>;
  readonly answers: RecordedAnswer[];
  readonly variables: string[];
  printedChars: number;
  end: CellEnd | null;
}

const NO_BUDGET: BudgetView = { calls: 0, tokens: null, usd: null, turns: 0, seconds: 0 };

export function createCellRecords(): CellRecords {
  const cells = new Map<string, Growing>();
  const byCall = new Map<string, Growing[]>();
  const texts = createCallTexts();

  const start = ({ cell, call, turn, code, now = 0, seed = 0, budget = NO_BUDGET }: Omit<EventOf<'cell.started'>, 'seq' | 'at'>) => {
    const facts = { cell, call, turn, code, now, seed, budget, end: null, printedChars: 0 };
    const record: Growing = { ...facts, asked: new Map(), answers: [], variables: [] };
    cells.set(cell, record);
    const siblings = byCall.get(call);
    if (siblings) siblings.push(record);
    else byCall.set(call, [record]);
  };

  const answer = ({ cell, query, ok, call, text, now, budget }: Omit<EventOf<'query.answered'>, 'seq' | 'at'>) => {
    const said = text ?? (call === null ? undefined : texts.of(call, ok)) ?? '';
    const reply: QueryReply = ok ? { ok, text: said, budget, now } : { ok, message: said, budget, now };
    cells.get(cell)?.answers.push({ query, reply });
    if (call !== null) texts.forget(call);
  };

  return {
    add(fact) {
      texts.add(fact);
      switch (fact.type) {
        case 'cell.started':
          start(fact);
          break;
        case 'call.started': {
          const { call, cell, query, kind, asked = kind, prompt } = fact;
          if (cell === null || query === undefined) break;
          // At the depth limit the prompt holds more than the question that was asked.
          const sketch = asked === kind ? sketchOf(prompt) : null;
          cells.get(cell)?.asked.set(query, { call, kind: asked, sketch });
          break;
        }
        case 'query.answered':
          answer(fact);
          break;
        case 'cell.printed': {
          const record = cells.get(fact.cell);
          if (record) record.printedChars += fact.text.length;
          break;
        }
        case 'variable.changed':
          cells.get(fact.cell)?.variables.push(fact.name);
          break;
        case 'cell.finished': {
          const { ok, observation, stoppedAt, lost = false, emptied = false } = fact;
          const record = cells.get(fact.cell);
          if (record) record.end = { ok, observation, lost, emptied, ...(stoppedAt !== undefined && { stoppedAt }) };
          break;
        }
        default:
      }
    },
    get: (cell) => cells.get(cell),
    before(call, turn) {
      const earlier = (byCall.get(call) ?? []).filter((record) => record.turn < turn && record.end !== null);
      const anew = earlier.findLastIndex(({ end }) => end?.emptied === true);
      return earlier.slice(anew + 1).filter(({ end }) => end?.lost === false);
    },
    emptied: (call) => (byCall.get(call) ?? []).some(({ end }) => end?.emptied === true),
    settled(call) {
      const cells = byCall.get(call) ?? [];
      const isAnswered = ({ asked, answers }: CellRecord) =>
        [...asked.keys()].every((index) => answers.some(({ query }) => query === index));
      return cells.every((cell) => cell.end !== null && (cell.end.lost || isAnswered(cell))) && cells.at(-1)?.end?.lost !== true;
    },
    losses: (call, turn) =>
      (byCall.get(call) ?? []).filter((record) => record.turn <= turn && record.end?.lost).length,
    forget(call) {
      for (const { cell } of byCall.get(call) ?? []) cells.delete(cell);
      byCall.delete(call);
    },
    textOf: texts.of,
  };
}

/** Characters of a text that are looked at for its sketch. */
const LOOKED_AT = 4_096;

/** A short text that differs for texts that differ, all but certainly; of constant cost. */
export function sketchOf(text: string): string {
  const step = Math.max(1, Math.floor(text.length / LOOKED_AT));
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += step) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return `${text.length}:${hash >>> 0}`;
}
