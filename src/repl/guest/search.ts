import type { GuestHost } from './prelude.ts';
import type { Inspect } from './inspect.ts';
import type { Primordials } from './primordials.ts';

/** `search`: the chunks of the context that have most of some words, and how they are shown. */
export function makeSearch(p: Primordials, host: GuestHost, inspect: Inspect) {
  /** What a search has found: shown as passages, not as objects. */
  const found = new p.WeakSet<object>();
  /** Chunks of one list that are shown as such. */
  const most = 1000;

  function wordsOf(query: unknown): string {
    if (typeof query === 'string') return query;
    if (p.isArray(query)) {
      let text = '';
      for (let i = 0; i < query.length; i++) text += (i === 0 ? '' : ' ') + wordsOf(query[i]);
      return text;
    }
    if (typeof query === 'object' && query !== null && inspect.isA(p.prototypes.regExp, query)) {
      throw new p.TypeError('search takes words, not a regular expression: use grep(pattern) for those');
    }
    throw new p.TypeError('search needs words, search("words of the question", { limit: 5 }), and was given ' + inspect.kindOf(query));
  }

  const finite = (number: number, otherwise: string) =>
    number === number && number !== Infinity && number !== -Infinity ? p.String(number) : number === Infinity ? p.String(most) : otherwise;

  function search(query: unknown, options?: unknown): unknown {
    const words = wordsOf(query);
    const option = (name: string) =>
      typeof options === 'object' && options !== null ? inspect.dataOf(options, name) : undefined;
    const limit = typeof options === 'number' ? options : option('limit');
    const document = option('document');
    const request =
      '{"query":' +
      p.quote(words) +
      ',"limit":' +
      (typeof limit === 'number' ? finite(limit, 'null') : 'null') +
      ',"document":' +
      (typeof document === 'string' ? p.quote(document) : typeof document === 'number' ? finite(document, '-1') : 'null') +
      '}';
    const answer = p.parse(host.search?.(request, request.length) ?? '{}') as {
      readonly found?: object[];
      readonly error?: string;
    };
    if (p.hasOwn(answer, 'error')) throw new p.TypeError('search: ' + p.String(answer.error));
    const chunks = answer.found ?? [];
    for (let i = 0; i < chunks.length; i++) p.weakSetAdd(found, chunks[i] as object);
    return chunks;
  }

  function passage(chunk: object, rank: string): string {
    const field = (name: string) => p.String(inspect.dataOf(chunk, name));
    return rank + field('name') + ', line ' + field('line') + ' (score ' + field('score') + ')\n' + field('text');
  }

  /** A chunk, or an array of nothing but chunks, as text; null for anything else. */
  function view(value: object): string | null {
    if (p.weakSetHas(found, value)) return passage(value, '');
    if (!p.isArray(value) || value.length === 0 || value.length > most) return null;
    let text = '';
    for (let i = 0; i < value.length; i++) {
      const property = p.getOwnPropertyDescriptor(value, i);
      const chunk: unknown = property && p.hasOwn(property, 'value') ? property.value : undefined;
      if (typeof chunk !== 'object' || chunk === null || !p.weakSetHas(found, chunk)) return null;
      text += (i === 0 ? '' : '\n\n') + passage(chunk, i + 1 + '. ');
    }
    return text;
  }

  return { search, view };
}

export type Search = ReturnType<typeof makeSearch>;
