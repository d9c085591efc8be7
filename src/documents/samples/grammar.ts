import type { Random } from '../../base/random.ts';

/** Rule name to its alternatives. In an alternative, `{rule}` stands for one of that rule's. */
export type Rules = Readonly<Record<string, readonly string[]>>;

/** Words that are given, not chosen: the people and places of one scene. */
export type Given = Readonly<Record<string, string>>;

/**
 * A context-free grammar that writes prose. In a template
 *
 * - `{name}` is the given word of that name, else an alternative of that rule, dealt from a shuffled
 *   deck of them, so that none comes again before all have come;
 * - `{Name}` is the same, beginning with a capital;
 * - `{a name}` and `{A name}` put «a» or «an» before it.
 *
 * Templates are cut into parts once, so ten million words take a few seconds.
 */
export interface Writer {
  /** @throws Error when the template, or one it leads to, names what there is not. */
  write(template: string, given?: Given): string;
}

type Part = string | Slot;
interface Slot {
  readonly name: string;
  readonly article: boolean;
  readonly capital: boolean;
}

/** The same rules and the same sequence of `random` write the same text. */
export function createWriter(rules: Rules, random: Random): Writer {
  const cut = new Map<string, readonly Part[]>();
  const decks = new Map<string, string[]>();
  const lastDealt = new Map<string, string>();

  const partsOf = (template: string): readonly Part[] => {
    let parts = cut.get(template);
    if (!parts) {
      parts = parse(template);
      cut.set(template, parts);
    }
    return parts;
  };
  const deal = (rule: string): string => {
    let deck = decks.get(rule) ?? [];
    if (deck.length === 0) {
      deck = shuffle(rule);
      decks.set(rule, deck);
    }
    const card = deck.pop() ?? '';
    if (deck.length === 0) lastDealt.set(rule, card);
    return card;
  };
  const shuffle = (rule: string): string[] => {
    const alternatives = rules[rule];
    if (!alternatives) throw new Error(`The grammar has no rule «${rule}»`);
    const deck = random.shuffled(alternatives);
    // The last of one deck must not be the first of the next.
    const first = deck.at(-1);
    if (first === undefined || first !== lastDealt.get(rule)) return deck;
    return [first, ...deck.slice(0, -1)];
  };
  const write = (template: string, given: Given): string => {
    let text = '';
    for (const part of partsOf(template)) {
      text += typeof part === 'string' ? part : fill(part, given);
    }
    return text;
  };
  const fill = (slot: Slot, given: Given): string => {
    let text = given[slot.name] ?? write(deal(slot.name), given);
    if (slot.article) text = `${/^[aeiou]/i.test(text) ? 'an' : 'a'} ${text}`;
    return slot.capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  };
  return { write: (template, given = {}) => write(template, given) };
}

function parse(template: string): Part[] {
  return template
    .split(/(\{[^}]*\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const slot = /^\{([Aa] )?(.+)\}$/.exec(part);
      if (!slot) return part;
      const [, article, name = ''] = slot;
      return {
        name: name.charAt(0).toLowerCase() + name.slice(1),
        article: article !== undefined,
        capital: article === 'A ' || (article === undefined && /^[A-Z]/.test(name)),
      };
    });
}
