import type { SourceDocument } from '../../state/source-store.ts';
import { formatCount, plural } from '../../base/format.ts';

/** Where «Go to» leads, or a sentence on why it leads nowhere. */
export type GoToTarget =
  | { readonly to: 'line'; readonly line: number }
  | { readonly to: 'offset'; readonly offset: number }
  | { readonly to: 'quote'; readonly number: number }
  | { readonly to: 'nowhere'; readonly problem: string };

const nowhere = (problem: string): GoToTarget => ({ to: 'nowhere', problem });

/**
 * What a person typed into «Go to»: a line (`9120`, `line 9,120`), a part by its number or name
 * (`page 12`, `p. iv`, `sheet Orders`), a place in characters (`offset 123`), a quote of the answer
 * (`quote 3`).
 */
export function goToTarget(typed: string, { info, parts = [] }: Pick<SourceDocument, 'info' | 'parts'>): GoToTarget {
  const [, word = '', rest = ''] = /^\s*([a-z]*)\.?\s*(.*?)\s*$/is.exec(typed) ?? [];
  const name = word.toLowerCase();
  const number = /^\d[\d,_\s]*$/.test(rest) ? Number(rest.replace(/\D/g, '')) : null;
  switch (name) {
    case '':
    case 'l':
    case 'line':
      if (number === null) break;
      return number >= 1 && number <= Math.max(1, info.lines)
        ? { to: 'line', line: number }
        : nowhere(`There is no line ${formatCount(number)}: the document has ${plural(info.lines, 'line')}.`);
    case 'offset':
      if (number === null) break;
      return number <= info.chars
        ? { to: 'offset', offset: number }
        : nowhere(`There is no character ${formatCount(number)}: the document has ${formatCount(info.chars)}.`);
    case 'quote':
      if (number === null) break;
      return { to: 'quote', number };
    default: {
      const kind = name === 'p' ? 'page' : name;
      const ofKind = parts.filter((part) => part.kind === kind);
      const part = ofKind.find(({ label }) => label?.toLowerCase() === rest.toLowerCase()) ?? ofKind.find((one) => one.number === number);
      if (part) return { to: 'offset', offset: part.from };
      if (ofKind.length > 0) return nowhere(`There is no ${kind} ${rest}: the document has ${plural(ofKind.at(-1)?.number ?? 0, kind)}.`);
    }
  }
  const part = parts[0]?.kind;
  return nowhere(`Type a line number${part ? `, “${part} 2”` : ''} or “offset 1000”.`);
}
