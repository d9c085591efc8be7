import { candidates } from './extract.ts';
import type { Question } from './question.ts';

export interface Comparison {
  readonly sides: readonly { readonly name: string; readonly question: string }[];
  /** What decides: the earlier or later date, the higher or lower number. */
  readonly by: 'date' | 'number';
  readonly wants: 'least' | 'most';
  /** «than» questions are answered by yes or no. */
  readonly yesNo: boolean;
}

const EARLY = /\b(?:first|earlier|earliest|older|oldest|sooner|before)\b/i;
const LATE = /\b(?:last|later|latest|younger|youngest|newer|newest|more recent(?:ly)?|after)\b/i;
const LESS = /\b(?:shorter|smaller|fewer|less|cheaper|lower|lighter|slower|shallower|narrower|closer|least|fewest|lowest|smallest|shortest)\b/i;
const HOW: Readonly<Record<string, string>> = {
  taller: 'tall', longer: 'long', shorter: 'long', larger: 'large', bigger: 'large', smaller: 'large', heavier: 'heavy', lighter: 'heavy',
  deeper: 'deep', wider: 'wide', higher: 'high', lower: 'high', faster: 'fast', farther: 'far', further: 'far',
};

/** Reads «Which …, A or B?» and «Is A …er than B?»; null where the two sides cannot be told. */
export function readComparison(question: Question): Comparison | null {
  const text = question.text.replace(/[?？]\s*$/, '').trim();
  const than = /^(?:is|are|was|were|did|does|do|has|have)\s+(.+?)\s+((?:\w+\s+)?\w+er|more \w+|less \w+|fewer \w+|more|less)\s+(?:(?:than)|(?:(\w+) than))\s+(.+)$/i.exec(text);
  const or = /^(.*?)(?:[,:;]\s*|\s+between\s+)(?:the one (?:of )?)?([^,:;]+?)\s*,?\s+(?:or|and)\s+([^,:;]+)$/i.exec(text) ?? /^(.*\b(?:first|last|earlier|later|older|younger|taller|longer|shorter|larger|bigger|smaller|heavier|higher|more \w+|less \w+)\b)\s+(.+?)\s+or\s+(.+)$/i.exec(text);
  const parts = than !== null ? { rest: than[2] ?? '', a: than[1] ?? '', b: than[4] ?? '' } : or !== null ? { rest: or[1] ?? '', a: or[2] ?? '', b: or[3] ?? '' } : null;
  if (parts === null) return null;
  const { rest } = parts;
  const isDate = (EARLY.test(rest) || LATE.test(rest)) && !/\b(?:cost|price|score|point)/i.test(rest);
  const wants = isDate ? (LATE.test(rest) ? 'most' : 'least') : LESS.test(rest) ? 'least' : 'most';
  const ask = (name: string): string => (isDate ? dateQuestion(rest, name) : numberQuestion(rest, name));
  const names = [parts.a, parts.b].map((name) => name.trim().replace(/^(?:either|both)\s+/i, ''));
  return { sides: names.map((name) => ({ name, question: ask(name) })), by: isDate ? 'date' : 'number', wants, yesNo: than !== null };
}

function dateQuestion(rest: string, name: string): string {
  const participle = /\b(born|built|founded|published|released|written|completed|opened|discovered|invented|established|launched|made|painted|constructed|finished|formed|created|started|died|founded|elected|signed)\b/i.exec(rest)?.[1];
  return `When was ${name}${participle === undefined ? '' : ` ${participle}`}?`;
}

function numberQuestion(rest: string, name: string): string {
  const adjective = Object.keys(HOW).find((word) => new RegExp(`\\b${word}\\b`, 'i').test(rest));
  if (adjective !== undefined) return `How ${HOW[adjective] ?? ''} is ${name}?`;
  const counted = /\b(?:more|fewer|most|fewest|less)\s+(?!expensive|likely)([\p{L}]+)/iu.exec(rest)?.[1];
  if (counted !== undefined && !/^(?:than|money)$/i.test(counted)) return `How many ${counted} does ${name} have?`;
  return `How much does ${name} cost?`;
}

/** A figure to compare by: days for dates, the number otherwise; null where there is none. */
export function figureOf(answer: string, by: Comparison['by']): number | null {
  if (by === 'date') {
    const year = /\b(\d{4})\b/.exec(answer)?.[1] ?? /\b(\d{3})\b/.exec(answer)?.[1];
    if (year === undefined) return null;
    const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
    const iso = /\d{4}-(\d{2})(?:-(\d{2}))?/.exec(answer);
    const word = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.exec(answer)?.[1]?.toLowerCase();
    const month = iso !== null ? Number(iso[1]) : word === undefined ? 0 : months.indexOf(word) + 1;
    const day = iso !== null ? Number(iso[2] ?? 0) : Number(/\b(\d{1,2})(?!\d)/.exec(answer)?.[1] ?? 0);
    return (Number(year) * 12 + month) * 31 + day;
  }
  const number = candidates('number', answer)[0]?.text ?? /\d[\d,.]*/.exec(answer)?.[0];
  const value = Number.parseFloat((number ?? '').replaceAll(',', ''));
  if (Number.isNaN(value)) return null;
  return value * (/million/i.test(answer) ? 1e6 : /billion/i.test(answer) ? 1e9 : /thousand|\bkilo|\bkm\b/i.test(answer) ? 1e3 : 1);
}
