import type { DocxPaths } from './docx-paths.ts';
import type { DocxParts } from './docx-reading.ts';
import { createDocxWalker } from './docx-walker.ts';
import { createComposer } from './markup/composer.ts';
import { marginLines } from './markup/margin-lines.ts';
import { parseMarkup } from './markup/parse-markup.ts';
import { createTextWriter } from './text-writer.ts';

/** A header is a line or two; longer ones are pages of their own. */
const LONGEST = 100_000;

/** The lines of all headers and footers, each once; without page numbers that stand alone. */
export async function headersAndFooters(
  parts: DocxParts,
  { margins }: DocxPaths,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const path of margins) {
    const xml = await parts.text(path);
    if (xml === null) continue;
    const text = createTextWriter(path);
    const composer = createComposer(text);
    await parseMarkup([xml.slice(0, LONGEST)], createDocxWalker(composer), { syntax: 'xml', signal });
    composer.finish();
    texts.push(await text.finish().text());
  }
  return marginLines(texts);
}
