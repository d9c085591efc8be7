import type { SurveyEntry } from '../documents/survey.ts';
import type { Survey, SurveyStore } from './survey-store.ts';

/** What a survey is about, before its files were looked at. */
type Subject = Pick<Survey, 'title' | 'of' | 'pruned'>;

interface Answer {
  readonly entries: readonly SurveyEntry[];
  /** Numbers of entries, ascending. */
  readonly chosen: readonly number[];
}

export interface SurveyQueue {
  /**
   * Asks the person what of these is read, when what was asked before is answered.
   * @param look finds the entries; its signal aborts when the person does not want to wait for them.
   * @returns null where they want none of it.
   * @throws what `look` throws.
   */
  ask(subject: Subject, look: (signal: AbortSignal) => Promise<readonly SurveyEntry[]>): Promise<Answer | null>;
  /** The person's answer to what is asked now; while that is being looked at, only null counts. */
  answer(chosen: readonly number[] | null): void;
}

/** One question at a time. */
export function createSurveyQueue(store: SurveyStore): SurveyQueue {
  let last: Promise<unknown> = Promise.resolve();
  let given: ((chosen: readonly number[] | null) => void) | null = null;

  const ask: (...all: Parameters<SurveyQueue['ask']>) => Promise<Answer | null> = async (subject, look) => {
    const abort = new AbortController();
    const answer = new Promise<readonly number[] | null>((resolve) => (given = resolve));
    store.setState({ survey: { ...subject, phase: 'looking', entries: [] } });
    try {
      const entries = await Promise.race([look(abort.signal), answer.then(() => null)]);
      if (entries === null) return null;
      store.setState({ survey: { ...subject, phase: 'ready', entries } });
      const chosen = await answer;
      const numbers = new Set(chosen ?? []);
      return chosen && { entries, chosen: [...entries.keys()].filter((number) => numbers.has(number)) };
    } finally {
      abort.abort();
      given = null;
      store.setState({ survey: null });
    }
  };

  return {
    ask(subject, look) {
      const mine = last.then(() => ask(subject, look));
      // The page sees that there is none for a moment: the next may have the same title.
      const pause = () => new Promise((resolve) => setTimeout(resolve, 0));
      last = mine.then(pause, pause);
      return mine;
    },
    answer(chosen) {
      if (chosen !== null && store.getState().survey?.phase !== 'ready') return;
      given?.(chosen);
    },
  };
}
