import { type AnswerPassage, LONGEST_CLAIM, LONGEST_QUOTE, NEAR } from './answer-passage.ts';
import { isTelling, saysItQuotes, wordCount } from './quote-role.ts';

/**
 * Text between marks, which no mark of the same pair and no empty line interrupts: each place is
 * looked at a fixed number of times, whatever the answer.
 */
const between = (opening: string, closing: string, before = '', after = ''): RegExp =>
  new RegExp(
    `${before}${opening}(?=\\S|\\s\\S)((?:[^${opening}${closing}\\n]|\\n(?![ \\t]*\\n)){1,${LONGEST_QUOTE}})${closing}${after}`,
    'gu',
  );

const QUOTES: readonly RegExp[] = [
  between('“', '”'),
  between('„', '“'),
  between('„', '”'),
  between('«', '»'),
  between('‹', '›'),
  between('‚', '‘'),
  between('「', '」'),
  between('『', '』'),
  /(?<![\p{L}\p{N}"\\])"(?=\S)((?:[^"\n]|\n(?![ \t]*\n)){1,4000})(?<=\S)"(?![\p{L}\p{N}"])/gu,
];
/** As German and Danish books have them; between two of the French kind stands what is not quoted. */
const INWARD = between('»', '«');
/** As Swedish and Finnish texts have them: both alike. */
const ALIKE = /(?<![\p{L}\p{N}\p{P}])”(?=\S)([^“”\n]{1,4000})(?<=\S)”(?![\p{L}\p{N}])/gu;
/** Both may be apostrophes. */
const STRAIGHT_SINGLE = /(?<![\p{L}\p{N}])'(?=\p{L})(?!(?:tis|twas|til|cause|em|n)(?!\p{L}))((?:[^'\n]|'(?=\p{L})){1,4000})(?<=\S)'(?![\p{L}\p{N}])/giu;
/** The closing one is an apostrophe too. */
const SINGLE = /(?<![\p{L}\p{N}])‘(?=\S)((?:[^‘’\n]|’(?=\p{L})){1,4000})’(?![\p{L}\p{N}])/gu;

const CODE = /(?<!`)`([^`\n]{1,300})`(?!`)/gu;
const BOLD = /\*\*(?=\S)([^*\n]{1,300})(?<=[^\s:])\*\*(?!\s*:)/gu;

/** What stands in brackets, or after a dash, right after a quotation. */
const SOURCE = /^[\s,.;:]*(?:\[([^\]\n]{1,200})\]|\(([^()\n]{1,200}(?:\([^()\n]{0,40}\)[^()\n]{0,80})?)\)|[—–]\s*([^\n]{1,120}))/u;

interface Span {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'marks' | 'single' | 'straight' | 'code' | 'bold';
}

/** What prose in Markdown quotes between marks, and the values that it sets off as code or in bold. */
export function proseQuotes(prose: string, most: number): readonly AnswerPassage[] {
  const patterns: (readonly [RegExp, Span['kind']])[] = [
    [CODE, 'code'],
    ...QUOTES.map((pattern) => [pattern, 'marks'] as const),
    [SINGLE, 'single'],
    [STRAIGHT_SINGLE, 'straight'],
    [BOLD, 'bold'],
  ];
  if (!/[“„]/u.test(prose)) patterns.splice(1, 0, [ALIKE, 'marks']);
  if (/[«»]/u.exec(prose)?.[0] === '»') patterns.splice(1, 0, [INWARD, 'marks']);
  const spans = patterns.flatMap(([pattern, kind]) => spansOf(prose, pattern, kind, most));
  const passages: AnswerPassage[] = [];
  // What names the document of one quotation does not name that of the next.
  let floor = 0;
  for (const span of outermost(spans)) {
    const passage = passageOf(span, prose, floor);
    if (passage) passages.push(passage);
    if (span.kind === 'marks') floor = span.to + (SOURCE.exec(prose.slice(span.to, span.to + NEAR))?.[0].length ?? 0);
  }
  return passages.slice(0, most);
}

/** Twice as many as are wanted: some are inside others. */
function spansOf(prose: string, pattern: RegExp, kind: Span['kind'], most: number): Span[] {
  const spans: Span[] = [];
  for (const { 0: whole, 1: text = '', index } of prose.matchAll(pattern)) {
    spans.push({ text, from: index, to: index + whole.length, kind });
    if (spans.length >= 2 * most) break;
  }
  return spans;
}

/** Spans that no other holds; of bold text that holds a quotation, the quotation. */
function outermost(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  const bold: Span[] = [];
  let end = 0;
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (span.kind === 'bold') bold.push(span);
    else if (span.from >= end) {
      kept.push(span);
      end = span.to;
    }
  }
  let next = 0;
  const free = bold.filter(({ from, to }) => {
    while ((kept[next]?.to ?? Infinity) <= from) next++;
    return (kept[next]?.from ?? Infinity) >= to;
  });
  return [...kept, ...free].toSorted((a, b) => a.from - b.from);
}

/** Between marks that may be apostrophes, fewer words are none that are quoted. */
const LEAST_WORDS = { marks: 0, single: 4, straight: 5, code: 0, bold: 0 } as const;

function passageOf({ text, from, to, kind }: Span, prose: string, floor: number): AnswerPassage | null {
  const quote = text.trim();
  if (quote === '') return null;
  if (LEAST_WORDS[kind] > 0 && wordCount(quote) < LEAST_WORDS[kind]) return null;
  const isMarked = kind !== 'code' && kind !== 'bold';
  const after = prose.slice(to, to + NEAR).split(/\n\s*\n/u, 1)[0] ?? '';
  const attributed = (isMarked ? SOURCE.exec(after) : null)?.slice(1).find((each) => each !== undefined) ?? null;
  const isQuote = isMarked && saysItQuotes(quote);
  if (!isQuote && attributed === null && (quote.length > LONGEST_CLAIM || !isTelling(quote))) return null;
  const before = prose.slice(Math.max(floor, from - NEAR), from).split(/\n\s*\n/u).at(-1) ?? '';
  const hints = [
    ...(attributed === null ? [] : [{ text: attributed, next: 'start' } as const]),
    { text: after.split(/[“«„";\n]|[.!?]\s/u, 1)[0] ?? '', next: 'start' },
    { text: before, next: 'end' },
  ] as const;
  return { quote, role: isQuote ? 'quote' : 'claim', hints, attributed, at: from };
}
