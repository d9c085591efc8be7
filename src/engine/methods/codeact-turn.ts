import type { CellRunner } from '../cell-runner.ts';
import type { Finish, Guards } from '../guards/guards.ts';
import type { MethodResult, Run } from '../run.ts';
import { actOutput, searchCell, slipMessage, type Slip, type Tools } from './codeact-prompt.ts';
import { readActReply } from './codeact-reply.ts';
import { ROOT } from './root-call.ts';
import type { Progress, Reply } from './turn-replies.ts';

/** Replies in a row that neither act nor answer and are answered with what to do; one more ends the run. */
const MOST_SLIPS = 3;

/** How a turn ended: the run is over, or goes on with these messages. */
export type TurnEnd = { readonly over: MethodResult } | { readonly kept: string; readonly body: string };

export interface ActingOptions {
  readonly tools: Tools;
  readonly cells: CellRunner;
  readonly guards: Guards;
}

export interface Acting {
  /**
   * Does what the reply of a turn asks for.
   * @throws ReplError when the REPL cannot be had again; the abort reason.
   */
  act(turn: number, reply: Reply, isLast: boolean): Promise<TurnEnd>;
  /** What the next message that is written must say of the REPL, after which it is said. */
  takeNotice(): readonly string[];
}

export function createActing(run: Run, { tools, cells, guards }: ActingOptions, progress: Progress): Acting {
  const { emit } = run.ports;
  let slips = 0;
  let notices: readonly string[] = [];

  const slip = (turn: number, why: Slip['why'], { finishReason }: Reply): string => {
    const text = slipMessage({ why, finishReason }, tools);
    const guard = finishReason === 'length' ? 'cut-reply' : 'no-code';
    emit({ type: 'note.added', by: 'engine', text, call: ROOT, turn, guard });
    return text;
  };

  /** The run is over with this answer, unless a guard doubts it: then it is kept as a draft. */
  const finished = (turn: number, finish: Finish, isLast: boolean): MethodResult | null => {
    if (guards.accepts(turn, finish, cells.variables, isLast)) {
      return { kind: 'final', text: finish.text, format: finish.format };
    }
    progress.draft = finish.text;
    progress.draftFrom = 'unconfirmed';
    return null;
  };

  const runCell = async (turn: number, code: string, { kept, reply, isLast, edited = false }: Written): Promise<TurnEnd> => {
    slips = 0;
    const { observation, final, draft, notice } = await cells.run(turn, code, edited);
    if (draft !== null) {
      progress.draft = draft;
      progress.draftFrom = 'answer';
    }
    if (notice !== null) notices = [notice];
    guards.afterCell(turn, code, cells.variables);
    const isEmpty = final !== null && final.text.trim() === '';
    const over = final === null || isEmpty ? null : finished(turn, { ...final, code }, isLast);
    if (over !== null) return { over };
    const body = [actOutput(observation, cells.variables), ...guards.take()];
    if (isEmpty) body.push(slip(turn, 'empty-answer', reply));
    return { kept, body: body.join('\n\n') };
  };

  /** Where the person changes a cell before it runs, the history has what ran. */
  const runWritten = async (turn: number, written: string, how: Written): Promise<TurnEnd> => {
    const before = run.records.get(`${ROOT}:${turn}`);
    const code = before?.code ?? (await run.steer.beforeCell(turn, written, run.signal));
    if (code === written) return runCell(turn, written, how);
    const kept = `THINK: I run this.\nACT:\n\`\`\`repl\n${code}\n\`\`\``;
    return runCell(turn, code, { ...how, kept, edited: true });
  };

  return {
    takeNotice() {
      const told = notices;
      notices = [];
      return told;
    },
    async act(turn, reply, isLast) {
      const read = readActReply(reply.text, { search: tools === 'search' });
      const how = { kept: reply.text, reply, isLast };
      let why: Slip['why'] = 'empty-answer';
      switch (read.kind) {
        case 'code':
        case 'search': {
          guards.afterReply(turn, reply.text.slice(read.kept.length));
          const code = read.kind === 'code' ? read.code : searchCell(read.query);
          return runWritten(turn, code, { ...how, kept: read.kept });
        }
        case 'final-var':
          return runCell(turn, `FINAL_VAR(${JSON.stringify(read.name)})`, how);
        case 'final':
        case 'answer': {
          if (read.text.trim() === '') break;
          const over = finished(turn, { text: read.text, format: 'text', via: 'text', code: '' }, isLast);
          return over === null ? { kept: reply.text, body: guards.take().join('\n\n') } : { over };
        }
        case 'none':
          ({ why } = read);
      }
      if (++slips > MOST_SLIPS) return { over: { kind: 'failed', text: progress.draft, reason: NEITHER } };
      return { kept: reply.text, body: slip(turn, why, reply) };
    },
  };
}

/** How the code of a turn was written. */
interface Written {
  /** The part of the reply that stays in the history. */
  readonly kept: string;
  readonly reply: Reply;
  readonly isLast: boolean;
  readonly edited?: boolean;
}

const NEITHER = `The model neither acted nor answered in ${MOST_SLIPS + 1} replies in a row. Choose another model in Settings.`;
