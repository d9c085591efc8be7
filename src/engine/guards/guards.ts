import type { AnswerFormat, GuardName } from '../../trajectory/events.ts';
import { checkAnswer } from '../answer-schema.ts';
import { count } from '../prompts/figures.ts';
import type { Run } from '../run.ts';
import { createCircles, isInvented, missingVariable, printsErrorAsData } from './cell-checks.ts';
import { doubtOf, nearestName } from './final-checks.ts';
import { holdShortCalls, SHORT_CHARS, type AnswerQuery } from './short-calls.ts';

/** How often one call is told of a slip, at most; a final is held for a doubt once. */
const MOST_TOLD: Readonly<Record<GuardName, number>> = {
  'plan-as-answer': 1,
  'unknown-variable': 3,
  'invented-output': 1,
  'lost-draft': 1,
  'many-short-calls': 2,
  'same-again': 2,
  'same-error': 2,
  'error-as-data': 2,
  'no-data': 2,
  'cut-reply': 2,
  'no-code': 3,
  'answer-schema': 3,
};

/** Short sub-calls of one cell from which on the model is told to pack. */
const MANY_SHORT = 100;

/** How a cell or a reply wants to end the call. */
export interface Finish {
  readonly text: string;
  readonly format: AnswerFormat;
  /** `answer` stays ready from cell to cell, whether it is meant again or not. */
  readonly via: 'FINAL' | 'FINAL_VAR' | 'answer' | 'text';
  /** The cell that did it, or ''. */
  readonly code: string;
}

/**
 * Watches over one `rlm` call (docs/decisions/0012). A guard tells the model in its next message and
 * the log; none changes an answer. All they know comes from the log and from the call's own turns, so
 * that a run that is gone on with says the same.
 */
export interface Guards {
  /** Puts those of sub-calls before `answer`. */
  watch(answer: AnswerQuery): AnswerQuery;
  /** After a reply with a cell: `after` is what the model wrote behind its block. */
  afterReply(turn: number, after: string): void;
  /** After the cell of a turn, with the variables that there are now. */
  afterCell(turn: number, code: string, variables: readonly string[]): void;
  /** True where the final is taken; else the model is told why not. */
  accepts(turn: number, finish: Finish, variables: readonly string[], isLast: boolean): boolean;
  /** Before the last turn: the variables that may hold the answer are named to the model. */
  remindOfDraft(turn: number, candidates: readonly string[]): void;
  /** What the next message must say, after which it is said. */
  take(): string[];
}

export interface GuardedCall {
  readonly call: string;
  readonly question: string;
}

export function createGuards(run: Run, { call, question }: GuardedCall): Guards {
  const { emit } = run.ports;
  const { settings } = run.request;
  const schema = call === '0' ? (settings.answerSchema ?? '').trim() : '';
  const told = new Map<GuardName, number>();
  const circles = createCircles();
  let notices: string[] = [];
  let held: Finish | null = null;

  const note = (turn: number, guard: GuardName, text: string) =>
    emit({ type: 'note.added', by: 'engine', text, call, turn, guard });

  /** Tells the model and the log, as often as it may; false where it was said often enough. */
  const tell = (turn: number, guard: GuardName, text: string): boolean => {
    const times = told.get(guard) ?? 0;
    if (times >= MOST_TOLD[guard]) return false;
    told.set(guard, times + 1);
    notices.push(text);
    note(turn, guard, text);
    return true;
  };

  const ofSubCalls = (turn: number, cell: string) => {
    const facts = run.subCallFacts.of(cell);
    const short = facts.filter(({ kind, chars }) => kind === 'llm' && chars < SHORT_CHARS).length;
    if (short >= MANY_SHORT) {
      tell(turn, 'many-short-calls', `Your cell made ${count(short, 'sub-call')} with prompts under ${count(SHORT_CHARS, 'character')}. Each costs time and money. Pack many items, numbered, into each prompt (about 100,000 characters), and ask for a reply of one short line an item.`);
    }
    if (facts.some(({ lacksData }) => lacksData)) {
      tell(turn, 'no-data', 'A prompt of your cell speaks of a text that it does not hold. A sub-model sees its prompt and nothing else: not the context, not your variables. Put the text itself into the prompt, `"…\\n\\n" + text`.');
    }
    if (facts.some(({ holdsError }) => holdsError)) {
      tell(turn, 'error-as-data', 'A prompt of your cell holds the error of a sub-call that failed, as if it were data. Leave out what is `instanceof Error`, or ask it again, before you join replies.');
    }
    const ends = facts.filter(({ isPlain, ended }) => isPlain && ended !== null && ended !== 'failed');
    const cut = ends.filter(({ ended, replied }) => ended === 'length' || !replied).length;
    if (cut > 0) {
      const which = `Of the replies of sub-models to your cell (${ends.length}), ${cut} came back empty or cut off at the limit of their output.`;
      tell(turn, 'cut-reply', `${which} A model that thinks may use that up before it answers. Ask for much shorter replies (a word or a line an item), and put fewer items into each prompt.`);
    }
    return facts.filter(({ ended }) => ended !== null && ended !== 'failed').map(({ sketch }) => sketch);
  };

  return {
    watch: (answer) => holdShortCalls(run, call, answer),
    afterReply(turn, after) {
      if (!isInvented(after)) return;
      tell(turn, 'invented-output', 'What you wrote after your first block was thrown away: only that block was run, and what it really printed is above. Stop after the block; finish in a later turn, from what you have seen.');
    },
    afterCell(turn, code, variables) {
      const id = `${call}:${turn}`;
      const end = run.records.get(id)?.end;
      if (!end) return;
      const prompts = ofSubCalls(turn, id);
      if (end.lost) return;
      const cell = { code, ok: end.ok, observation: end.observation, prompts };
      if (printsErrorAsData(end.observation, run.subCallFacts.failures(call))) {
        tell(turn, 'error-as-data', 'Your output holds the errors of sub-calls that failed among the results. They are no data: filter them out with `instanceof Error`, and ask those parts again or say that they are missing.');
      }
      const missing = missingVariable(cell);
      if (missing !== null) {
        const near = nearestName(missing, variables);
        const have = variables.length === 0 ? 'You have made no variables yet.' : `Your variables: ${variables.join(', ')}.`;
        const meant = near === null ? '' : ` Did you mean FINAL_VAR(${JSON.stringify(near)})?`;
        tell(turn, 'unknown-variable', `There is no variable «${missing}». ${have}${meant} Make it in a block that is run, look at it, and then name it.`);
      }
      const { sameError, again } = circles.add(cell);
      if (sameError !== null) {
        tell(turn, 'same-error', `This is the same error ${sameError} times in a row. Take another way: print what the values really are, use other functions, or do without this step.`);
      }
      if (again !== null) tell(turn, 'same-again', `${AGAIN[again]} You have this already. Use what is in your variables, and finish with FINAL or FINAL_VAR.`);
    },
    accepts(turn, finish, variables, isLast) {
      // It was not taken before, and this cell did not mean it again.
      if (finish.via === 'answer' && held?.via === 'answer' && held.text === finish.text && !/\banswer\b/.test(finish.code)) {
        return false;
      }
      const failures = run.subCallFacts.failures(call);
      const doubt = held === null ? doubtOf(finish.text, { question, variables, failures }) : null;
      if (doubt !== null) {
        if (isLast) note(turn, doubt.guard, `The answer was taken in the last turn although it is in doubt: ${doubt.why}.`);
        else if (tell(turn, doubt.guard, doubt.text)) {
          held = finish;
          return false;
        }
      }
      const wrong = schema === '' ? null : checkAnswer(schema, finish.text, finish.format);
      if (wrong !== null) {
        const text = `Your answer was not taken: it does not satisfy the JSON Schema of this question. ${wrong} Mend the value in code and give it to FINAL.`;
        if (!isLast && tell(turn, 'answer-schema', text)) {
          held = finish;
          return false;
        }
        note(turn, 'answer-schema', `The answer does not satisfy its JSON Schema. ${wrong}`);
      }
      return true;
    },
    remindOfDraft(turn, candidates) {
      const text = `The last turn was told that ${candidates.join(', ')} may hold the answer.`;
      note(turn, 'lost-draft', text);
    },
    take() {
      const said = notices;
      notices = [];
      return said;
    },
  };
}

const AGAIN = {
  code: 'You have run this very code before, more than once.',
  output: 'Your cells have now printed the very same three times.',
  prompts: 'Your cell asked sub-models what earlier cells had asked them, word for word.',
} as const;
