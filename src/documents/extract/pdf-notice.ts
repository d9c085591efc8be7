/** What became of the pages of a file; numbers from 1, ascending. */
export interface PdfOutcome {
  readonly pages: number;
  readonly empty: readonly number[];
  readonly failed: readonly number[];
  readonly slow: readonly number[];
  readonly cut: readonly number[];
  /** Pages with letters of which the fonts do not tell the characters. */
  readonly unnamed: readonly number[];
  /** The first page that was not tried, where it was stopped before the end. */
  readonly stoppedAt: number | null;
  /** Names of the files in it; null where they could not be listed. */
  readonly attachments: readonly string[] | null;
}

/** Stretches of pages that a sentence names one by one. */
const MOST_NAMED = 12;
const LONGEST_NAME = 80;

/** What the person should know of a PDF that was read, in sentences; null where there is nothing. */
export function pdfNotice(outcome: PdfOutcome, pageSeconds: number): string | null {
  const { pages, empty, failed, slow, cut, unnamed, stoppedAt, attachments } = outcome;
  const sentences: string[] = [];
  if (empty.length > 0) {
    const [have, are] = empty.length === 1 ? ['has', 'it is'] : ['have', 'they are'];
    sentences.push(
      `${count(empty.length)} of ${count(pages)} pages ${have} no text (scans?): ${are} not read, there is no OCR here.`,
    );
  }
  if (failed.length > 0) sentences.push(`${pageList(failed)} could not be read: damaged.`);
  if (slow.length > 0) {
    sentences.push(`${pageList(slow)} could not be read in ${pageSeconds} seconds and ${slow.length === 1 ? 'was' : 'were'} given up.`);
  }
  if (cut.length > 0) sentences.push(`${pageList(cut)} ${cut.length === 1 ? 'holds' : 'hold'} too much text for a page: only the beginning is read.`);
  if (unnamed.length > 0) {
    sentences.push(`${pageList(unnamed)} ${unnamed.length === 1 ? 'has' : 'have'} letters of which the fonts do not say what they are: those are missing in the text.`);
  }
  if (stoppedAt !== null) {
    sentences.push(`Reading stopped before page ${count(stoppedAt)} of ${count(pages)}, after too many that could not be read.`);
  }
  if (attachments === null) {
    sentences.push('Files that are attached inside, if any, could not be listed and are not read.');
  } else if (attachments.length > 0) {
    const named = attachments.slice(0, MOST_NAMED).map((name) => `“${name.slice(0, LONGEST_NAME)}”`);
    const more = attachments.length - named.length;
    const list = more > 0 ? `${named.join(', ')} and ${count(more)} more` : named.join(', ');
    sentences.push(`Attached inside and not read: ${list}. Save ${attachments.length === 1 ? 'it' : 'them'} and add ${attachments.length === 1 ? 'it' : 'them'}.`);
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** «Page 7», «Pages 7, 9–12 and 40». */
export function pageList(numbers: readonly number[]): string {
  const stretches: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = stretches.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else stretches.push({ from: number, to: number });
  }
  const named = stretches
    .slice(0, MOST_NAMED)
    .map(({ from, to }) => (from === to ? count(from) : `${count(from)}–${count(to)}`));
  const more = stretches.slice(MOST_NAMED).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (more > 0) named.push(`${count(more)} more`);
  const last = named.pop() ?? '';
  const list = named.length === 0 ? last : `${named.join(', ')} and ${last}`;
  return `${numbers.length === 1 ? 'Page' : 'Pages'} ${list}`;
}

const count = (value: number): string => value.toLocaleString('en');
