import {
  ReplError,
  type Cell,
  type CellOutcome,
  type Exchange,
  type FinalValue,
  type NamedText,
  type QueryReply,
  type Repl,
  type ReplContext,
  type ReplHost,
  type ReplOptions,
  type ReplSession,
} from '../../repl/port.ts';
import type { VariableChange } from '../../trajectory/run-state.ts';
import { onAbort } from '../on-abort.ts';

/**
 * A REPL for tests of the loop alone: cells run as async functions in this very realm, so only
 * assignments without `const` or `let` outlive their cell. `LOSE()` in a cell loses the session,
 * `SPIN()` meets the CPU limit, `NOW()` and `SEED()` tell what the cell was given.
 */
export interface FakeRepl extends Repl {
  readonly opened: number;
  readonly closed: number;
}

type Variables = Record<string, unknown>;

/** A text of a test, whole. */
export interface TestText {
  readonly name: string;
  readonly text: string;
}

export function createFakeRepl(
  documents: Readonly<Record<string, TestText>>,
  hooks: { readonly onOpen?: (count: number) => void } = {},
): FakeRepl {
  const whole = (named: NamedText): TestText => {
    if ('text' in named) return named;
    const { name, document, from, to } = named;
    return { name, text: documents[document]?.text.slice(from, to) ?? '' };
  };
  const repl = {
    opened: 0,
    closed: 0,
    async open({ context, search = false }: Pick<ReplOptions, 'context' | 'search'>): Promise<ReplSession> {
      repl.opened++;
      hooks.onOpen?.(repl.opened);
      const texts =
        context.kind === 'texts' ? context.texts.map(whole) : context.ids.flatMap((id) => documents[id] ?? []);
      const single = context.kind === 'texts' ? context.single : texts.length === 1;
      return openSession(texts, single, search, () => repl.closed++);
    },
  };
  return repl;
}

function openSession(
  texts: readonly TestText[],
  single: boolean,
  search: boolean,
  onClose: () => void,
): ReplSession {
  const variables: Variables = {};
  const seen = new Map<string, string>();
  const infos = texts.map(({ name, text }) => ({
    name,
    kind: 'text',
    chars: text.length,
    lines: text.split('\n').length,
  }));
  let dead = false;
  let history: readonly Exchange[] = Object.freeze([]);

  return {
    documents: infos,
    single,
    async run(cell, host, signal) {
      if (dead) throw new ReplError('The REPL is gone.');
      const guest = guestOf(cell, host, variables);
      const lost = new Promise<never>((_, reject) => {
        guest.names['LOSE'] = () => {
          dead = true;
          reject(new ReplError('The REPL was killed.'));
          return new Promise(() => {});
        };
        onAbort(signal, () => reject(signal.reason));
      });
      lost.catch(() => {});
      guest.names['context'] = single ? texts[0]?.text : texts.map(({ text }) => text);
      guest.names['documents'] = infos;
      guest.names['history'] = history;
      if (search) guest.names['search'] = searchOf(texts);
      const error = await Promise.race([evaluate(cell.code, guest.names, variables), lost]);
      return { ...outcomeOf(error), ...guest.end(), variables: changes(variables, seen) };
    },
    async remember(exchange) {
      if (dead) throw new ReplError('The REPL is gone.');
      history = Object.freeze([...history, Object.freeze({ ...exchange })]);
      delete variables['answer'];
      delete variables['history'];
      seen.delete('answer');
    },
    close: onClose,
  };
}

/** Lines by how many of the query's words they hold. */
function searchOf(texts: readonly TestText[]) {
  return (query: string, { limit = 5 }: { readonly limit?: number } = {}) => {
    const words = query.toLowerCase().split(/\s+/);
    const scored = texts.flatMap(({ text: whole }, document) =>
      whole.split('\n').map((text, index) => {
        const score = words.filter((word) => text.toLowerCase().includes(word)).length;
        return { document, line: index + 1, text, score };
      }),
    );
    return scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
  };
}

function guestOf(cell: Cell, host: ReplHost, variables: Variables) {
  let final: FinalValue | null = null;
  let { budget, now } = cell;
  let stoppedAt: number | undefined;
  const finish = (via: FinalValue['via'], value: unknown) => (final ??= { via, ...shown(value) });
  const deliver = createDelivery();
  const receive = (reply: QueryReply): string => {
    ({ budget, now } = reply);
    if (!reply.ok) throw new Error(reply.message);
    return reply.text;
  };
  const llm = (prompt: string, { model = null }: { model?: string | null } = {}) =>
    deliver(host.query({ kind: 'llm', prompt, model, line: 1, batch: null })).then(receive);
  const names: Variables = {
    print: (...values: unknown[]) => host.print(`${values.map(String).join(' ')}\n`),
    llm_query: llm,
    llm_query_batched: (prompts: readonly string[]) =>
      Promise.all(prompts.map((prompt) => llm(prompt).catch((error: unknown) => error))),
    rlm_query: (question: string, text: string | readonly string[] | null = null) =>
      deliver(host.query({ kind: 'rlm', question, context: contextOf(text), line: 1 })).then(receive),
    budget: () => budget,
    NOW: () => now,
    SEED: () => cell.seed,
    SPIN() {
      // As in a real one, another stop than the recorded one leaves other variables.
      stoppedAt = cell.stopAt ?? spins++;
      variables['spun'] = stoppedAt;
      throw new Error('stopped');
    },
    FINAL: (value: unknown) => finish('FINAL', value),
    FINAL_VAR(name: string) {
      if (!(name in variables)) throw new ReferenceError(`There is no variable ${name}.`);
      finish('FINAL_VAR', variables[name]);
    },
  };
  const end = () => {
    const { answer } = variables as { answer?: { content?: unknown; ready?: boolean } };
    if (answer?.ready) finish('answer', answer.content);
    const limit = stoppedAt === undefined ? {} : { limit: 'cellCpu' as const, stoppedAt };
    return { ...limit, final, draft: answer?.content === undefined ? null : shown(answer.content).text };
  };
  return { names, end };
}

/** As the real REPL hands over a final value. */
function shown(value: unknown): Pick<FinalValue, 'text' | 'format'> {
  return typeof value === 'object' && value !== null && !(value instanceof Error)
    ? { text: JSON.stringify(value, null, 2), format: 'json' }
    : { text: String(value), format: 'text' };
}

/** Microtasks in which a guest of a test has gone on as far as it can. */
const GUEST_HOPS = 40;

/** Replies reach the guest one at a time, as in the real REPL: it goes on as far as it can between two. */
function createDelivery() {
  let last = Promise.resolve();
  return async (reply: Promise<QueryReply>): Promise<QueryReply> => {
    const arrived = await reply;
    const mine = last;
    last = mine.then(async () => {
      for (let hop = 0; hop < GUEST_HOPS; hop++) await Promise.resolve();
    });
    await mine;
    return arrived;
  };
}

/** Where the next `SPIN` that is not told is stopped: never twice at the same place. */
let spins = 777;

function contextOf(text: string | readonly string[] | null): ReplContext | null {
  if (text === null) return null;
  const texts = [text].flat().map((part, index) => ({ name: `part ${index}`, text: part }));
  return { kind: 'texts', single: typeof text === 'string', texts };
}

/** Runs `code` with `names`; unknown names are variables of the session. Returns what it threw. */
async function evaluate(code: string, names: Variables, variables: Variables): Promise<unknown> {
  const scope = new Proxy(variables, {
    has: (_, name) => typeof name === 'string' && (name in names || !(name in globalThis)),
    get(_, name) {
      if (typeof name !== 'string') return undefined;
      if (name in names) return names[name];
      if (name in variables) return variables[name];
      throw new ReferenceError(`${name} is not defined`);
    },
  });
  try {
    const body = `with (scope) { return (async () => {\n${code}\n})(); }`;
    // oxlint-disable-next-line typescript/no-implied-eval, no-new-func
    await (new Function('scope', body) as (scope: unknown) => Promise<void>)(scope);
    return null;
  } catch (error) {
    return error;
  }
}

function outcomeOf(error: unknown): Pick<CellOutcome, 'ok' | 'error' | 'cpuMs' | 'waitMs'> {
  if (error === null) return { ok: true, error: null, cpuMs: 1, waitMs: 0 };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { ok: false, error: { name, message, line: 1 }, cpuMs: 1, waitMs: 0 };
}

function changes(variables: Variables, seen: Map<string, string>): VariableChange[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const preview = JSON.stringify(value) ?? String(value);
    if (seen.get(name) === preview) return [];
    seen.set(name, preview);
    return [{ name, kind: typeof value, size: preview.length, preview }];
  });
}
