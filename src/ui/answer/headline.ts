/** An answer as it is set: a first sentence that carries it, where there is one, and the rest. */
export interface SetAnswer {
  readonly headline: string | null;
  readonly body: string;
}

const LONGEST = 140;

/** Blocks that are no prose: tables, lists, quotes, code, rules, images. */
const NOT_PROSE = /^(?:[|>]|```|~~~|[-*+]\s|\d+[.)]\s|!\[|(?:[-*_]\s*){3,}$|\[\^|<|[{[]\s*["[{])/u;

/**
 * Splits a Markdown answer into headline and body: a leading heading, or the first sentence of a
 * leading paragraph where it is short and its inline marks close.
 */
export function setAnswer(answer: string): SetAnswer {
  const text = answer.trim();
  const end = text.indexOf('\n');
  const line = (end < 0 ? text : text.slice(0, end)).trim();
  const below = end < 0 ? '' : text.slice(end + 1).trim();
  const heading = /^#{1,3}\s+(.+?)\s*#*$/u.exec(line)?.[1];
  if (heading !== undefined && heading.length <= LONGEST) return { headline: heading, body: below };
  if (line === '' || NOT_PROSE.test(line) || line.startsWith('#')) return { headline: null, body: text };

  const sentence = firstSentence(text.slice(0, text.search(/\n\s*\n|$/u)));
  if (sentence.length > LONGEST || !closes(sentence)) return { headline: null, body: text };
  const body = text.slice(sentence.length).trim();
  // A list or table may follow its sentence without an empty line; a setext heading's underline may not.
  if (/^(?:=+|-+)\s*$/mu.test(body.split('\n', 1)[0] ?? '') && body !== '') return { headline: null, body: text };
  return { headline: sentence, body };
}

function firstSentence(paragraph: string): string {
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(paragraph);
  let sentence = '';
  for (const { segment } of segments) {
    sentence += segment;
    const trimmed = sentence.trimEnd();
    if (trimmed.endsWith(':')) break;
    // «No. 7», «Dr. Rao» and a lone «1.» are not sentences.
    if (/(?:^|\s)(?:No|Nos|Dr|Mr|Mrs|Ms|St|vs|cf|e\.g|i\.e|approx|p|pp|\d+|\p{Lu})\.$/u.test(trimmed)) continue;
    break;
  }
  return sentence.split('\n', 1)[0]?.trimEnd() ?? '';
}

/** What stands between quotation marks; one that goes on in the next sentence is not parted. */
const QUOTATIONS = /„[^“”„]*[“”]|“[^“”„]*”|”[^”]*”|«[^«»]*»|»[^«»]*«|「[^「」]*」|『[^『』]*』|"[^"]*"|(?<=\d)"/gu;

/** True where no inline mark is left open. */
function closes(sentence: string): boolean {
  const count = (mark: string) => sentence.split(mark).length - 1;
  return (
    count('**') % 2 === 0 &&
    count('`') % 2 === 0 &&
    count('*') % 2 === 0 &&
    count('[') === count(']') &&
    count('(') === count(')') &&
    !/["“”„«»「」『』]/u.test(sentence.replace(QUOTATIONS, ''))
  );
}
