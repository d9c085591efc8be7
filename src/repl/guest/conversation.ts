import type { Primordials } from './primordials.ts';
import type { Variables } from './variables.ts';

/** What outlives a run of a conversation besides the model's variables: `history`, and a new `answer`. */
export function makeConversation(p: Primordials, variables: Variables) {
  let history: readonly object[] = p.freeze([]);

  /** Puts a global of ours (back) in its place. @returns false where a cell has locked that place. */
  function put(name: string, value: unknown): boolean {
    const now = p.getOwnPropertyDescriptor(globalThis, name);
    if (now && p.hasOwn(now, 'value') && now.value === value) return true;
    if (!now || now.configurable === true) return p.define(globalThis, name, value, true);
    if (!p.hasOwn(now, 'writable') || now.writable !== true) return false;
    // A function declaration leaves a property that cannot be redefined, but can be written.
    (globalThis as Record<string, unknown>)[name] = value;
    return true;
  }

  /** Both as a run finds them. @returns names that a cell has locked, '' for none. */
  function renew(): string {
    const answer = { content: '', ready: false };
    let locked = '';
    if (!put('history', history)) locked = 'history';
    if (!put('answer', answer)) locked += (locked === '' ? '' : ', ') + 'answer';
    variables.expect(answer, history);
    return locked;
  }

  /** Whether a cell has locked a global in a value that is not ours. */
  function isLocked(name: string): boolean {
    const now = p.getOwnPropertyDescriptor(globalThis, name);
    return !!now && now.configurable !== true && (!p.hasOwn(now, 'writable') || now.writable !== true);
  }

  return {
    put,
    renew,
    /** Which of the two cannot be put right any more, '' for none. */
    locked(): string {
      const names = (isLocked('history') ? 'history ' : '') + (isLocked('answer') ? 'answer' : '');
      return p.trim(names);
    },
    /** Adds a question and its answer. The array is a new one: nobody can have spoiled it. */
    remember(question: string, answer: string): void {
      const entries: object[] = [];
      for (let i = 0; i < history.length; i++) p.define(entries, i, history[i], true);
      p.define(entries, history.length, p.freeze({ question, answer }), true);
      history = p.freeze(entries);
    },
  };
}

export type Conversation = ReturnType<typeof makeConversation>;
