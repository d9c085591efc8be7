import { Session } from '../session.ts';
import type { BudgetView, CellOutcome, GuestQuery, QueryReply } from '../port.ts';

export const BUDGET: BudgetView = { calls: 9, tokens: 1000, usd: 0.5, turns: 3, seconds: 60 };

export interface Ran extends CellOutcome {
  readonly printed: string;
  readonly queries: readonly GuestQuery[];
}

export interface TestSession {
  run(code: string, more?: { readonly cpuMs?: number }): Promise<Ran>;
  /** Queries that have no reply yet, at this moment. */
  readonly pending: number;
}

/** Answers `re: prompt` at once, and fails for prompts that begin with `fail`. */
export async function answer(query: GuestQuery): Promise<QueryReply> {
  const text = query.kind === 'llm' ? query.prompt : query.question;
  return text.startsWith('fail')
    ? { ok: false, message: `no model for ${text}`, budget: BUDGET }
    : { ok: true, text: `re: ${text}`, budget: { ...BUDGET, calls: 8 } };
}

/** A session over `context`, whose queries `reply` answers. */
export async function testSession(
  context: string | readonly string[] = 'some context',
  reply: (query: GuestQuery) => Promise<QueryReply> = answer,
  memoryBytes = 2 ** 28,
): Promise<TestSession> {
  const single = typeof context === 'string';
  const texts = single ? [context] : context;
  const session = await Session.open(
    {
      single,
      texts,
      documents: texts.map((text, index) => ({
        name: `doc-${index}.txt`,
        kind: 'text',
        chars: text.length,
        lines: text.split('\n').length,
      })),
    },
    { memoryBytes, wasm: null, printing: 'notebook' },
  );
  let pending = 0;
  return {
    get pending() {
      return pending;
    },
    async run(code, { cpuMs = 5000 } = {}) {
      let printed = '';
      const queries: GuestQuery[] = [];
      const outcome = await session.run(
        { code, cpuMs, budget: BUDGET },
        {
          print: (text) => (printed += text),
          query: (query) => {
            queries.push(query);
            pending += 1;
            return reply(query).finally(() => (pending -= 1));
          },
        },
        new AbortController().signal,
      );
      return { ...outcome, printed, queries };
    },
  };
}
