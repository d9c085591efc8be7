import { type AnswerPassage, LONGEST_QUOTE, NEAR } from './answer-passage.ts';

/** What the lines of an answer are. */
export interface AnswerLines {
  /** The answer with code blocks and block quotes blanked out: every offset stays. */
  readonly prose: string;
  readonly quotes: readonly AnswerPassage[];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const QUOTED = /^ {0,3}(?:>[ \t]?)+/;
const ATTRIBUTION = /^\s*(?:—|–|―|--)\s*(\S.*)$/;
/** `> [!NOTE]`, `> **Note:** …`: a remark in a box, not a quotation. */
const REMARK = /^\s*(?:\[![a-z]+\]|[*_]*(?:note|tip|hint|warning|caution|important|info|caveat|remark)\b)/i;

/**
 * Parts the lines of an answer in Markdown. A line `— name, line 3` in or below a block quote says
 * what its document is; after it, and after an empty line, another quote begins.
 */
export function answerLines(answer: string, most: number): AnswerLines {
  const quotes: AnswerPassage[] = [];
  const prose: string[] = [];
  let fence: string | null = null;
  let open: { readonly lines: string[]; readonly at: number } | null = null;

  const close = (attributed: string | null, after: string): void => {
    const quote = withoutMarks(open?.lines.join('\n').trim() ?? '');
    if (open && quote !== '' && quote.length <= LONGEST_QUOTE && quotes.length < most && !REMARK.test(quote)) {
      const hints = [{ text: attributed ?? after, next: 'start' }] as const;
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
      if (fence === null) fence = begins;
      else if (begins?.startsWith(fence) === true && line.trim() === begins) fence = null;
    } else {
      const text = line.slice(marks.length);
      const attributed = ATTRIBUTION.exec(text)?.[1];
      if (attributed !== undefined) close(attributed, '');
      else if (text.trim() === '') close(null, '');
      else if (open) open.lines.push(text);
      else open = { lines: [text], at: at + marks.length };
      prose.push(' '.repeat(line.length));
    }
    at += line.length + 1;
  }
  close(null, '');
  return { prose: prose.join('\n'), quotes };
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
