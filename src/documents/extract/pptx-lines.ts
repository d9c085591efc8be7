import { attribute, parseMarkup } from './markup/parse-markup.ts';

/** Code units of a line. */
const LONGEST = 1_000_000;
/** Placeholders on a page of notes that hold no notes. */
const NO_NOTES: ReadonlySet<string> = new Set(['sldNum', 'dt', 'hdr', 'ftr', 'sldImg']);

/** The paragraphs of notes, comments or a diagram, without numbers of slides and dates. */
export async function readLines(xml: string, signal: AbortSignal): Promise<readonly string[]> {
  const lines: string[] = [];
  let line = '';
  let inText = false;
  let skipped = false;
  const end = (): void => {
    const text = line.replace(/\s+/g, ' ').trim();
    if (text !== '' && !skipped) lines.push(text);
    line = '';
  };
  await parseMarkup(
    [xml],
    {
      open(name, attributes) {
        if (name === 'sp') skipped = false;
        if (name === 'ph') skipped = NO_NOTES.has(attribute(attributes, 'type') ?? '');
        if (name === 't' || name === 'text') inText = true;
        if (name === 'br' || name === 'tab') line += ' ';
      },
      close(name) {
        if (name === 't' || name === 'text') inText = false;
        if (name === 'p' || name === 'text') end();
        if (name === 'sp') skipped = false;
      },
      text(text) {
        if (inText && line.length < LONGEST) line += text;
      },
    },
    { syntax: 'xml', signal },
  );
  end();
  return lines;
}
