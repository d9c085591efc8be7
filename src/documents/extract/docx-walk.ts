import type { DocxPaths } from './docx-paths.ts';
import type { DocxParts, DocxReading, DocxTools } from './docx-reading.ts';
import { createDocxWalker } from './docx-walker.ts';
import { type Composer, createComposer } from './markup/composer.ts';
import { attribute, parseMarkup } from './markup/parse-markup.ts';

/** Reads a Word document as a stream, of any size and however broken: without the numbers of lists. */
export async function walkDocx(
  parts: DocxParts,
  paths: DocxPaths,
  xml: string,
  composer: Composer,
  expectChapters: (headings: number) => void,
  { signal, onProgress }: DocxTools,
): Promise<DocxReading> {
  const parse = (into: Composer, from: number): Promise<number> => {
    const walker = createDocxWalker(into);
    return parseMarkup([xml], walker, {
      syntax: 'xml',
      signal,
      onProgress: (chars) => onProgress(from + chars, 2 * xml.length, 'bytes'),
    }).then(() => walker.pictures);
  };
  let headings = 0;
  const nowhere = { length: 0, write() {}, part() {} };
  await parse(createComposer(nowhere, { onHeading: (level) => void (level === 1 && headings++) }), 0);
  expectChapters(headings);
  const pictures = await parse(composer, xml.length);
  await walkNotes(parts, paths.footnotes, 'footnote', '', composer, signal);
  await walkNotes(parts, paths.endnotes, 'endnote', 'end ', composer, signal);
  await walkNotes(parts, paths.comments, 'comment', 'comment ', composer, signal);
  return { pictures, plain: true };
}

/** Writes each note after its number, as the text refers to it. */
async function walkNotes(
  parts: DocxParts,
  path: string | undefined,
  element: string,
  prefix: string,
  composer: Composer,
  signal: AbortSignal,
): Promise<void> {
  const xml = path === undefined ? null : await parts.text(path);
  if (xml === null) return;
  const walker = createDocxWalker(composer);
  let label = '';
  await parseMarkup(
    [xml],
    {
      open(name, attributes) {
        // The lines that part notes from the text are notes too.
        if (name === element) {
          const type = attribute(attributes, 'type');
          label = type === undefined || type === 'normal' ? `[${prefix}${attribute(attributes, 'id') ?? '?'}] ` : '';
        }
        walker.open(name, attributes);
      },
      close: (name) => walker.close(name),
      text(text) {
        if (label !== '' && /\S/.test(text)) {
          composer.text(label);
          label = '';
        }
        walker.text(text);
      },
    },
    { syntax: 'xml', signal },
  );
}
