import type { DocumentInfo } from '../../trajectory/events.ts';
import type { TextRange } from '../context-reader.ts';
import type { PromptText } from './context-prompt.ts';

/** Characters that two chunks of one document share at most, so that no sentence is cut in both. */
const OVERLAP = 200;
/** Characters around one text in a prompt: its name, its place and line breaks. */
const AROUND_TEXT = 320;

type Document = Pick<DocumentInfo, 'name' | 'chars'>;

/**
 * What is read together, in order, where `room` characters of texts fit into one request. Documents
 * stay whole where they can; one that is larger than the room is read in chunks.
 * @returns parts of ranges; none is empty, and none takes more than `room` with what stands around it.
 */
export function planReading(documents: readonly Document[], room: number): readonly (readonly TextRange[])[] {
  const most = room - AROUND_TEXT;
  if (most < 1) throw new RangeError('There is no room for a text.');
  const overlap = Math.min(OVERLAP, Math.floor(most / 10));
  const parts: TextRange[][] = [];
  let part: TextRange[] = [];
  let left = room;
  const close = () => {
    if (part.length > 0) parts.push(part);
    part = [];
    left = room;
  };
  const put = (range: TextRange) => {
    const size = range.to - range.from + AROUND_TEXT;
    if (size > left) close();
    part.push(range);
    left -= size;
  };
  documents.forEach(({ chars }, document) => {
    let from = 0;
    // The rest of a large document shares its part with what follows.
    while (chars - from > most) {
      put({ document, from, to: from + most });
      from += most - overlap;
    }
    put({ document, from, to: chars });
  });
  close();
  return parts;
}

/** How a stretch of a document is called in a prompt. */
export function rangeName({ name, chars }: Document, { from, to }: TextRange): string {
  const short = name.slice(0, 200);
  if (from === 0 && to === chars) return short;
  return `${short}, characters ${(from + 1).toLocaleString('en')} to ${to.toLocaleString('en')} of ${chars.toLocaleString('en')}`;
}

/** Texts as they are read, with the places they have in their documents. */
export function named(
  documents: readonly Document[],
  ranges: readonly TextRange[],
  texts: readonly PromptText[],
): PromptText[] {
  return ranges.map((range, index) => {
    const document = documents[range.document];
    const text = texts[index]?.text ?? '';
    return { name: document ? rangeName(document, range) : '', text };
  });
}
