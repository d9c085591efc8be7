import type { Fact } from '../../trajectory/events.ts';
import { sketchOf } from '../cell-record.ts';
import { failureIn, speaksOfMissingText } from './prompt-checks.ts';

/** What the log says of one sub-call that a cell asked for, as far as guards look at it. */
export interface SubCallFact {
  readonly call: string;
  readonly kind: 'llm' | 'rlm';
  /** True where it is one reply of a model, whatever was asked for. */
  readonly isPlain: boolean;
  /** Characters of the prompt; of an `rlm` call, its question. */
  readonly chars: number;
  /** Of the prompt, to see whether the same is asked again. */
  readonly sketch: string;
  /** True where the prompt speaks of a text that it does not hold. */
  readonly lacksData: boolean;
  /** True where the prompt holds the error of another sub-call. */
  readonly holdsError: boolean;
  /** How it ended: null while it runs, `failed`, or the finish reason of its reply. */
  readonly ended: string | null;
  /** True where its reply had any text. */
  readonly replied: boolean;
}

/** The sub-calls of a run by the cell that asked, as its facts tell of them: past ones too. */
export interface SubCallFacts {
  add(fact: Fact): void;
  /** Those that came of the cell's queries, in the order in which they began. */
  of(cell: string): readonly SubCallFact[];
  /** What the guest of `call` was told of queries that failed, each once, the first few. */
  failures(call: string): readonly string[];
  /** The call has ended: nobody asks for its cells any more. */
  forget(call: string): void;
}

/** Failures that are looked for in later texts. */
const MOST_FAILURES = 5;

type Growing = { -readonly [Field in keyof SubCallFact]: SubCallFact[Field] };

export function createSubCallFacts(): SubCallFacts {
  const byCell = new Map<string, Growing[]>();
  const open = new Map<string, Growing & { readonly parent: string }>();
  const failures = new Map<string, Set<string>>();

  const fail = (call: string, message: string) => {
    const known = failures.get(call) ?? new Set();
    failures.set(call, known);
    if (known.size < MOST_FAILURES && message !== '') known.add(message);
  };

  return {
    add(fact) {
      switch (fact.type) {
        case 'call.started': {
          const { call, parent, cell, kind, asked = kind, prompt } = fact;
          if (cell === null || parent === null) break;
          const known = [...(failures.get(parent) ?? [])];
          const started = {
            call,
            parent,
            kind: asked,
            isPlain: kind === 'llm',
            chars: prompt.length,
            sketch: sketchOf(prompt),
            lacksData: asked === 'llm' && speaksOfMissingText(prompt),
            holdsError: failureIn(prompt, known),
            ended: null,
            // What shares a reply streams nothing of its own.
            replied: fact.shares !== undefined,
          };
          open.set(call, started);
          const siblings = byCell.get(cell);
          if (siblings) siblings.push(started);
          else byCell.set(cell, [started]);
          break;
        }
        case 'call.text': {
          const call = open.get(fact.call);
          if (call) call.replied ||= fact.text.trim() !== '';
          break;
        }
        case 'call.retried': {
          const call = open.get(fact.call);
          if (call) call.replied = false;
          break;
        }
        case 'run.resumed':
          // What was in flight is asked again.
          for (const call of open.values()) call.replied = false;
          break;
        case 'call.finished':
        case 'call.failed': {
          const call = open.get(fact.call);
          if (!call) break;
          open.delete(fact.call);
          call.ended = fact.type === 'call.failed' ? 'failed' : fact.finishReason;
          if (fact.type === 'call.failed') fail(call.parent, fact.message);
          break;
        }
        case 'query.answered':
          if (!fact.ok && fact.call === null) fail(callOf(fact.cell), fact.text ?? '');
          break;
        default:
      }
    },
    of: (cell) => byCell.get(cell) ?? [],
    failures: (call) => [...(failures.get(call) ?? [])],
    forget(call) {
      failures.delete(call);
      for (const cell of byCell.keys()) if (callOf(cell) === call) byCell.delete(cell);
    },
  };
}

/** The call of a cell, whose id is `<call>:<turn>`. */
const callOf = (cell: string) => cell.slice(0, cell.indexOf(':'));
