import type { GuestHost } from './prelude.ts';
import type { Inspect } from './inspect.ts';
import type { Primordials } from './primordials.ts';
import type { Promises } from './promises.ts';

/**
 * `llm_query`, `llm_query_batched` and `rlm_query`. Replies are settled through a table kept here
 * in the guest, so that nothing of a pending call lives in host handles.
 */
export function makeQueries(p: Primordials, host: GuestHost, inspect: Inspect, promises: Promises) {
  type Pending = {
    readonly resolve: (text: string) => void;
    readonly reject: (error: Error) => void;
    readonly stack: string;
  };
  const pending = new p.Map<number, Pending>();
  let nextId = 0;
  let nextBatch = 0;
  /** A string from this length on is compared with the context's own texts. */
  const largeUnits = 65_536;
  /** The value of `context` and its texts, to recognise them when they are handed on. */
  let ownContext: unknown;
  let ownTexts: readonly OwnText[] = [];

  type OwnText = {
    readonly value: unknown;
    readonly name: string;
    /** The text's number on the host. */
    readonly ref: number;
  };

  /** Where in the cell we are, as QuickJS tells it. */
  function here(): string {
    const { stack } = new p.Error();
    return typeof stack === 'string' ? stack : '';
  }

  /** What a sub-model is told: text as it is, anything else as JSON. */
  function promptText(value: unknown, where: string): string {
    if (typeof value === 'string') {
      if (p.trim(value) === '') throw new p.TypeError(where + ' was given an empty prompt');
      return value;
    }
    if (value === undefined || value === null) {
      throw new p.TypeError(where + ' needs a prompt, and was given ' + p.String(value));
    }
    if (promises.isPromise(value)) {
      throw new p.TypeError(
        where + ' was given a promise instead of a prompt: write `await` before what made it',
      );
    }
    const text = inspect.isText(value) ? inspect.texts()?.textOf(value) : asText(value);
    if (typeof text === 'string') return text;
    throw new p.TypeError(
      where + ' was given a text of ' + inspect.sizeOf(value) +
        ' characters, more than one prompt holds: give it slice(from, to) of it, or hand the text to rlm_query(question, text)',
    );
  }

  function asText(value: unknown): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'object' || typeof value === 'function') {
      const json = p.stringify(value, null, 1);
      return json === undefined ? inspect.inspect(value) : json;
    }
    return p.String(value);
  }

  function modelOf(options: unknown): string {
    if (typeof options === 'string') return options;
    if (typeof options !== 'object' || options === null) return '';
    const model = inspect.dataOf(options, 'model');
    return typeof model === 'string' ? model : '';
  }

  function ask(maker: string, send: (id: number, stack: string) => void): Promise<string> {
    const id = nextId++;
    const stack = here();
    const promise = new p.Promise<string>((resolve, reject) => {
      p.mapSet(pending, id, { resolve, reject, stack });
    });
    promises.name(promise, maker);
    send(id, stack);
    return promise;
  }

  function askModel(maker: string, prompt: string, model: string, batch: number) {
    return ask(maker, (id, stack) => host.llm(id, prompt, prompt.length, model, batch, stack));
  }

  function llm_query(prompt: unknown, options?: unknown): Promise<string> {
    return askModel('llm_query', promptText(prompt, 'llm_query'), modelOf(options), -1);
  }

  function llm_query_batched(prompts: unknown, options?: unknown): Promise<unknown[]> {
    if (!p.isArray(prompts)) {
      throw new p.TypeError(
        'llm_query_batched needs an array of prompts, and was given ' + inspect.kindOf(prompts),
      );
    }
    const texts: string[] = [];
    for (let i = 0; i < prompts.length; i++) {
      texts[i] = promptText(prompts[i], 'llm_query_batched (prompt ' + i + ')');
    }
    const batch = nextBatch++;
    const model = modelOf(options);
    const replies: unknown[] = [];
    for (let i = 0; i < texts.length; i++) {
      const reply = askModel('llm_query_batched', texts[i] as string, model, batch);
      replies[i] = p.then(reply, undefined, (error: unknown) => error);
    }
    const all = p.promiseAll(replies);
    promises.name(all, 'llm_query_batched');
    return all;
  }

  function rlm_query(question: unknown, context?: unknown): Promise<string> {
    const text = promptText(question, 'rlm_query');
    if (promises.isPromise(context)) {
      throw new p.TypeError(
        'rlm_query was given a promise as context: write `await` before what made it',
      );
    }
    let shape: 'own' | 'single' | 'several' = 'single';
    if (context === undefined || context === null || context === ownContext) {
      shape = 'own';
    } else if (p.isArray(context)) {
      shape = 'several';
      for (let i = 0; i < context.length; i++) addText(context[i], 'part ' + (i + 1));
    } else {
      addText(context, 'context');
    }
    return ask('rlm_query', (id, stack) => host.rlm(id, text, text.length, shape, stack));
  }

  /** One text of a child's context: a text, or an object with its text and perhaps a name. */
  function addText(value: unknown, fallback: string) {
    let name: string | null = null;
    let text = value;
    if (typeof value === 'object' && value !== null && !inspect.isText(value)) {
      const inner = inspect.dataOf(value, 'text') ?? inspect.dataOf(value, 'content');
      if (typeof inner === 'string' || inspect.isText(inner)) {
        text = inner;
        const label = inspect.dataOf(value, 'name');
        if (typeof label === 'string') name = label;
      }
    }
    const own = ownText(text);
    const subject = inspect.texts()?.subjectOf(text);
    if (own) {
      host.textRange(name ?? own.name, own.ref, 0, inspect.sizeOf(text) ?? 0);
    } else if (subject && typeof subject.ref === 'number') {
      host.textRange(name ?? fallback, subject.ref, subject.from, subject.to);
    } else {
      const whole = asText(text);
      host.text(name ?? fallback, whole, whole.length);
    }
  }

  /** The text of the context that `value` is, if it is one. */
  function ownText(value: unknown): OwnText | null {
    const isLarge = typeof value === 'string' && value.length >= largeUnits;
    if (!isLarge && !inspect.isText(value)) return null;
    for (let i = 0; i < ownTexts.length; i++) {
      const own = ownTexts[i] as OwnText;
      // Lengths first: a comparison of large strings reads them.
      if (inspect.sizeOf(own.value) === inspect.sizeOf(value) && own.value === value) return own;
    }
    return null;
  }

  return {
    functions: { llm_query, llm_query_batched, rlm_query },
    /** Tells what `context` is, and the host's number and the name of each of its texts. */
    setContext(context: unknown, refs: readonly number[], names: readonly string[]) {
      ownContext = context;
      const texts: OwnText[] = [];
      for (let i = 0; i < refs.length; i++) {
        const value: unknown = p.isArray(context) ? context[i] : context;
        texts[i] = { value, name: names[i] ?? '', ref: refs[i] ?? -1 };
      }
      ownTexts = texts;
    },
    /** Settles one call; a reply to a call that an earlier cell gave up is ignored. */
    settle(id: number, ok: boolean, text: string): void {
      const call = p.mapGet(pending, id);
      if (!call) return;
      p.mapDelete(pending, id);
      if (ok) {
        call.resolve(text);
        return;
      }
      const error = new p.Error(text);
      error.name = 'QueryError';
      error.stack = call.stack;
      call.reject(error);
    },
    reset(): void {
      p.mapClear(pending);
      nextBatch = 0;
    },
  };
}

export type Queries = ReturnType<typeof makeQueries>;
