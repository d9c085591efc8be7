import { type AnswerPassage, LONGEST_QUOTE, NEAR } from './answer-passage.ts';

/** What the lines of an answer are. */
export interface AnswerLines {
  /** The answer with code blocks and block quotes blanked out: every offset stays. */
  readonly prose: string;
  readonly quotes: readonly AnswerPassage[];
}

/** What may stand before a block of a list item. */
const ITEM = String.raw`^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*`;
const FENCE = new RegExp(`${ITEM}(\`{3,}(?![^\n]*\`)|~{3,})`);
const QUOTED = new RegExp(`${ITEM}(?:>[ \\t]?)+`);
/** An item of a list inside a block quote. */
const LISTED = /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+/;
const ATTRIBUTION = /^\s*(?:(?:—|–|―|--)\s*|[*_(]*(?:source|quelle|fuente)\s*:[*_]*\s*)(\S.*)$/i;
/** A line of its own in brackets: `(handbook.pdf, page 3)`. */
const BRACKETED = /^\s*[*_]*(?:\[([^[\]]{1,200})\]|\(([^()]{1,200})\))[*_.]*\s*$/u;
/** `> [!NOTE]`, `> **Note:** …`: a remark in a box, not a quotation. */
const REMARK = /^\s*(?:\[![a-z]+\]|[*_]*(?:note|tip|hint|warning|caution|important|info|caveat|remark)\b|[*_]+(?:answer|summary|result|conclusion|takeaway)\b)/i;
/** At the end of a line, in brackets or after a dash: `(handbook.pdf, page 3)`. */
const TRAILING = /^(.*\S)\s*(?:\[([^[\]]{1,200})\]|\(([^()]{1,200}(?:\([^()]{0,40}\)[^()]{0,80})?)\)|\s[—–―]\s*([^—–―]{1,120}))[.*_]*\s*$/u;
/** A file, or a place in one. */
const NAMES_SOURCE = /\.\p{L}[\p{L}\p{N}]{0,4}(?![\p{L}\p{N}])|(?<!\p{L})(?:pages?|pp?\.|lines?|rows?|slides?|sheets?|chapters?|seite|zeile|ligne)\s*\d/iu;

/**
 * Parts the lines of an answer in Markdown. A line `— name, line 3` in or below a block quote says
 * what its document is, and so does `(name, line 3)` at the end of its line; after it, after an empty
 * line, and with each item of a list, another quote begins.
 */
export function answerLines(answer: string, most: number): AnswerLines {
  const quotes: AnswerPassage[] = [];
  const prose: string[] = [];
  let fence: string | null = null;
  let open: { readonly lines: string[]; readonly at: number; readonly before: string } | null = null;
  let before = '';

  const close = (attributed: string | null, after: string): void => {
    const quote = withoutMarks(open?.lines.join('\n').trim() ?? '');
    if (open && quote !== '' && quote.length <= LONGEST_QUOTE && quotes.length < most && !REMARK.test(quote)) {
      // «In a.txt:» belongs to what follows.
      const around = LEADS.test(open.before) ? ({ text: open.before, next: 'end' } as const) : ({ text: LEADS.test(after) ? '' : after, next: 'start' } as const);
      const hints = [attributed === null ? around : ({ text: attributed, next: 'start' } as const)];
      quotes.push({ quote, role: 'quote', hints, attributed, at: open.at });
    }
    open = null;
  };

  let at = 0;
  for (const line of eachLine(answer)) {
    const begins = FENCE.exec(line)?.[1] ?? null;
    const marks = fence === null && begins === null ? QUOTED.exec(line)?.[0] : undefined;
    if (marks === undefined) {
      const below = fence === null ? ATTRIBUTION.exec(line)?.[1] : undefined;
      if (open && (below !== undefined || line.trim() !== '' || begins !== null)) close(below ?? null, line.slice(0, NEAR));
      const isCode = fence !== null || begins !== null;
      prose.push(isCode ? ' '.repeat(line.length) : line);
      if (!isCode && line.trim() !== '') before = line.slice(-NEAR);
      if (fence === null) fence = begins;
      else if (begins?.startsWith(fence) === true && line.trim() === begins) fence = null;
    } else {
      const text = line.slice(marks.length);
      const item = LISTED.exec(text)?.[0] ?? '';
      const bracketed = open ? BRACKETED.exec(text)?.slice(1).find((each) => each !== undefined && NAMES_SOURCE.test(each)) : undefined;
      const attributed = ATTRIBUTION.exec(text)?.[1] ?? bracketed ?? (open && item !== '' && text.length < NEAR && NAMES_SOURCE.test(text) ? text.slice(item.length) : undefined);
      if (attributed !== undefined) close(attributed, '');
      else if (text.trim() === '') close(null, '');
      else {
        if (item !== '' || !/^[ \t]*>/.test(marks)) close(null, '');
        const { words, source } = withoutSource(text.slice(item.length));
        if (open) open.lines.push(words.trimEnd());
        else open = { lines: [words.trimEnd()], at: at + marks.length + item.length, before };
        if (source !== null) close(source, '');
      }
      prose.push(' '.repeat(line.length));
    }
    at += line.length + 1;
  }
  close(null, '');
  return { prose: prose.join('\n'), quotes };
}

/** A line that says of whom the next is. */
const LEADS = /:[*_]*\s*$/;

/** A line without what names its document at the end. */
function withoutSource(line: string): { readonly words: string; readonly source: string | null } {
  const whole = { words: line, source: null };
  if (line.length > LONGEST_QUOTE) return whole;
  const [, words, ...sources] = TRAILING.exec(line) ?? [];
  const source = sources.find((each) => each !== undefined);
  if (words === undefined || source === undefined || !NAMES_SOURCE.test(source)) return whole;
  return { words: words.replace(/\s*[—–―]$/u, ''), source };
}

/** The marks around the whole of a block quote are not of the text. */
function withoutMarks(text: string): string {
  const inner = /^(?:“([^“”]*)”|"([^"]*)"|«\s*([^«»]*?)\s*»)$/u.exec(text);
  return inner?.slice(1).find((each) => each !== undefined) ?? text;
}

function* eachLine(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const found = text.indexOf('\n', from);
    const to = found === -1 ? text.length : found;
    yield text.slice(from, to);
    from = to + 1;
  }
}
