import type { Message } from '../../../trajectory/events.ts';
import type { Model } from '../../port.ts';

/**
 * A whole root loop for tests of the offline model alone: the engine's messages and the REPL's
 * names in a few lines, cells run by the host's own engine. The real loop and the real REPL have
 * their own tests.
 */

export interface TestDocument {
  readonly name: string;
  readonly text: string;
}

export interface RootRun {
  readonly answer: string;
  readonly turns: readonly { readonly code: string; readonly output: string; readonly ms: number }[];
  readonly prompts: readonly string[];
  readonly error: string | null;
}

export interface RootOptions {
  readonly maxTurns?: number;
  /** Replies in place of the model's own to sub-calls. */
  readonly subReply?: (prompt: string) => string | Error;
  readonly subModels?: boolean;
}

const quiet = { text: () => undefined, reasoning: () => undefined };

export async function runRoot(model: Model, question: string, given: readonly TestDocument[], options: RootOptions = {}): Promise<RootRun> {
  const maxTurns = options.maxTurns ?? 12;
  const scope = new Scope(model, given, options);
  const names = options.subModels === false ? 'There are no sub-models in this run.' : 'llm_query, llm_query_batched';
  const messages: Message[] = [
    { role: 'system', content: `You are a Recursive Language Model. ${names}` },
    { role: 'user', content: `Question:\n${question}\n\nContext:\n${given.length} texts.\n\nTurn 1 of ${maxTurns}.${maxTurns === 1 ? LAST : ''}` },
  ];
  const turns: RootRun['turns'][number][] = [];
  for (let turn = 1; turn <= maxTurns; turn += 1) {
    const reply = await model.complete({ model: 'offline-demo', messages }, quiet, new AbortController().signal);
    const code = /```js\n([\s\S]*?)\n```/.exec(reply.text)?.[1];
    if (code === undefined) return { answer: '', turns, prompts: scope.prompts, error: `no code: ${reply.text}` };
    const started = performance.now();
    const output = await scope.run(code);
    turns.push({ code, output, ms: performance.now() - started });
    if (scope.final !== null) return { answer: scope.final, turns, prompts: scope.prompts, error: null };
    const last = turn + 1 === maxTurns ? LAST : '';
    messages.push({ role: 'assistant', content: reply.text });
    messages.push({ role: 'user', content: `Output of your cell:\n${output.slice(0, 20_000)}\n\nTurn ${turn + 1} of ${maxTurns}.${last}` });
  }
  return { answer: '', turns, prompts: scope.prompts, error: 'no final' };
}

const LAST = '\nThe turns are used up: this is your last turn. Finish now.';

interface GrepOptions {
  readonly limit?: number;
  readonly around?: number;
}

class Scope {
  final: string | null = null;
  readonly prompts: string[] = [];
  private printed: string[] = [];
  private readonly variables: Record<string, unknown>;
  private readonly texts: readonly string[];

  constructor(model: Model, given: readonly TestDocument[], options: RootOptions) {
    this.texts = given.map(({ text }) => text);
    const ask = async (prompt: string): Promise<string | Error> => {
      this.prompts.push(prompt);
      if (options.subReply !== undefined) return options.subReply(prompt);
      const reply = await model.complete({ model: 'offline-demo', messages: [{ role: 'user', content: prompt }] }, quiet, new AbortController().signal);
      return reply.text;
    };
    const none = (): never => {
      throw new TypeError('there are no sub-models in this run');
    };
    this.variables = {
      context: given.length === 1 ? this.texts[0] : [...this.texts],
      documents: given.map(({ name, text }) => ({ name, kind: 'text', chars: text.length, lines: text.split('\n').length })),
      llm_query: options.subModels === false ? none : ask,
      llm_query_batched: options.subModels === false ? none : (prompts: readonly string[]) => Promise.all(prompts.map(ask)),
      grep: (pattern: RegExp, more: GrepOptions = {}) => this.grep(pattern, more),
      print: (...values: readonly unknown[]) => {
        this.printed.push(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' '));
      },
      FINAL: (value: unknown) => {
        this.final = String(value);
      },
    };
  }

  async run(code: string): Promise<string> {
    this.printed = [];
    // Top-level declarations become assignments to the scope, so that they outlive the cell.
    const persistent = code
      .replace(/^(?:const|let|var) (\{[^=]*\}) =(.*);$/gm, '($1 =$2);')
      .replace(/^(?:const|let|var) (\w+)/gm, '$1')
      .replace(/^(async )?function (\w+)/gm, (_, prefix: string | undefined, name: string) => `${name} = ${prefix ?? ''}function ${name}`);
    const proxy = new Proxy(this.variables, {
      has: (target, key) => key in target || !(key in globalThis),
      get: (target, key) => (typeof key === 'string' ? target[key] : undefined),
    });
    try {
      // oxlint-disable-next-line no-implied-eval -- the REPL of this test
      const make = new Function('scope', `with (scope) { return (async () => {\n${persistent}\n})(); }`) as (scope: object) => Promise<void>;
      await make(proxy);
    } catch (error) {
      this.printed.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
    return this.printed.join('\n');
  }

  private grep(pattern: RegExp, { limit = 100, around = 80 }: GrepOptions): unknown[] {
    const matches: unknown[] = [];
    for (const [document, text] of this.texts.entries()) {
      let line = 1;
      let counted = 0;
      for (const match of text.matchAll(new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`))) {
        if (matches.length >= limit) return matches;
        for (let at = text.indexOf('\n', counted); at >= 0 && at < match.index; at = text.indexOf('\n', counted)) {
          line += 1;
          counted = at + 1;
        }
        const end = match.index + match[0].length;
        matches.push({ document, index: match.index, line, text: match[0], before: text.slice(Math.max(0, match.index - around), match.index), after: text.slice(end, end + around) });
      }
    }
    return matches;
  }
}
