/** A sentence as it stands in its text: `text.slice(from, to)`, no white space at either end. */
export interface Sentence {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Sentences of one paragraph (or of one line, where lines are records) share a number. */
  readonly block: number;
}

const ABBREVIATIONS = /(?:^|[\s(])(?:mr|mrs|ms|dr|st|prof|capt|sgt|lt|col|gen|rev|hon|jr|sr|no|vol|fig|ch|pp?|vs|etc|e\.g|i\.e|approx|inc|ltd|co|dept|est|[a-z])\.$/i;

/**
 * Sentences of `text` with their offsets. A single newline ends a sentence only where the lines do
 * not look wrapped (they end in a full stop, or differ widely in length); an empty line always does.
 */
export function sentences(text: string): Sentence[] {
  const out: Sentence[] = [];
  blocks(text).forEach(({ from, to }, block) => {
    let start = from;
    const body = text.slice(from, to);
    for (const match of body.matchAll(/[.!?。！？…]+["'”’»)\]]*(?=\s|$)|[。！？]/gu)) {
      const end = from + match.index + match[0].length;
      if (match[0] === '.' && ABBREVIATIONS.test(text.slice(start, end))) continue;
      push(out, text, start, end, block);
      start = end;
    }
    push(out, text, start, to, block);
  });
  return out;
}

function push(out: Sentence[], text: string, from: number, to: number, block: number): void {
  const raw = text.slice(from, to);
  const body = raw.trim();
  if (body === '') return;
  const at = from + raw.indexOf(body);
  out.push({ text: body, from: at, to: at + body.length, block });
}

/** Paragraphs where the text is wrapped, else lines. */
function blocks(text: string): { from: number; to: number }[] {
  const splitter = isWrapped(text) ? /\n[^\S\n]*\n\s*/g : /\n+/g;
  const out: { from: number; to: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(splitter)) {
    out.push({ from, to: match.index });
    from = match.index + match[0].length;
  }
  out.push({ from, to: text.length });
  return out.filter((block) => block.to > block.from);
}

/** Hard-wrapped prose: lines of about the same length, most of which stop in mid-sentence. */
export function isWrapped(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const inner = lines.slice(0, -1);
  if (inner.length < 2) return inner.length === 1 && continues(inner[0] ?? '', lines[1] ?? '');
  const longest = Math.max(...inner.map((line) => line.length));
  const open = inner.filter((line, i) => continues(line, lines[i + 1] ?? '')).length;
  return longest <= 120 && open / inner.length > 0.4;
}

function continues(line: string, next: string): boolean {
  return line.length > 40 && line.length <= 120 && /[\p{L},;-]\s*$/u.test(line) && /^\s*[\p{Ll}\p{Lu}(]/u.test(next) && !/^[^\s]+\t/.test(next);
}
