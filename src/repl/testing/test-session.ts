import { Session } from '../session.ts';
import { stringText } from '../texts/string-text.ts';
import type { HostText } from '../texts/host-text.ts';
import type { SessionOptions } from '../session.ts';
import type { BudgetView, CellOutcome, Exchange, GuestQuery, QueryReply } from '../port.ts';

export const BUDGET: BudgetView = { calls: 9, tokens: 1000, usd: 0.5, turns: 3, seconds: 60 };

/** What the clock of a test's guest tells. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface Ran extends CellOutcome {
  readonly printed: string;
  readonly queries: readonly GuestQuery[];
}

export interface TestText {
  readonly text: HostText;
  readonly lazy: boolean;
}

export interface TestTexts {
  readonly single: boolean;
  readonly texts: readonly TestText[];
}

export interface TestSession {
  run(code: string, more?: { readonly cpuMs?: number }): Promise<Ran>;
  /** As between two runs of a conversation. */
  remember(exchange: Exchange): Promise<void>;
  /** Queries that have no reply yet, at this moment. */
  readonly pending: number;
}

/** Answers `re: prompt` at once, and fails for prompts that begin with `fail`. */
export async function answer(query: GuestQuery): Promise<QueryReply> {
  const text = query.kind === 'llm' ? query.prompt : query.question;
  return text.startsWith('fail')
    ? { ok: false, message: `no model for ${text}`, budget: BUDGET, now: NOW }
    : { ok: true, text: `re: ${text}`, budget: { ...BUDGET, calls: 8 }, now: NOW };
}

/**
 * A session over `context`, whose queries `reply` answers. A context of texts of the host's may be
 * told to be lazy, whatever its size.
 */
export async function testSession(
  context: string | readonly string[] | TestTexts = 'some context',
  reply: (query: GuestQuery) => Promise<QueryReply> = answer,
  memoryBytes = 2 ** 28,
  more: Pick<SessionOptions, 'search'> = {},
): Promise<TestSession> {
  const { single, texts } = textsOf(context);
  const session = await Session.open(
    {
      single,
      texts: texts.map(({ text }) => text),
      documents: texts.map(({ text, lazy }, index) => ({
        name: `doc-${index}.txt`,
        kind: 'text',
        chars: text.length,
        lines: text.slice(0, text.length).split('\n').length,
        ...(lazy ? { lazy } : {}),
      })),
    },
    { memoryBytes, wasm: null, printing: 'notebook', ...more },
  );
  let pending = 0;
  return {
    get pending() {
      return pending;
    },
    remember: (exchange) => session.remember(exchange),
    async run(code, { cpuMs = 5000 } = {}) {
      let printed = '';
      const queries: GuestQuery[] = [];
      const outcome = await session.run(
        { code, cpuMs, budget: BUDGET, now: NOW, seed: 1 },
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

function textsOf(context: string | readonly string[] | TestTexts): TestTexts {
  if (typeof context === 'object' && 'texts' in context) return context;
  const real = (text: string, index: number) => ({
    text: stringText(text, { document: `doc-${index}`, from: 0 }),
    lazy: false,
  });
  return typeof context === 'string'
    ? { single: true, texts: [real(context, 0)] }
    : { single: false, texts: context.map(real) };
}
