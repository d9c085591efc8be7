import { createComposer } from './markup/composer.ts';
import { marginLines } from './markup/margin-lines.ts';
import { parseMarkup } from './markup/parse-markup.ts';
import type { OdfStyles } from './odf-styles.ts';
import { createOdfWalker } from './odf-walker.ts';
import { createTextWriter } from './text-writer.ts';

const MARGIN = /^(?:header|footer)(?:-left|-first)?$/;

/** The lines of all headers and footers, each once. */
export async function odfMargins(
  stylesXml: string,
  styles: OdfStyles,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const text = createTextWriter('styles.xml');
  const composer = createComposer(text);
  const walker = createOdfWalker(composer, styles, {});
  let inside = 0;
  await parseMarkup(
    [stylesXml],
    {
      open(name, attributes) {
        if (inside > 0 || MARGIN.test(name)) inside++;
        if (inside > 0) walker.open(name, attributes);
      },
      close(name) {
        if (inside === 0) return;
        walker.close(name);
        inside--;
      },
      text(piece) {
        if (inside > 0) walker.text(piece);
      },
    },
    { syntax: 'xml', signal },
  );
  composer.finish();
  return marginLines([await text.finish().text()]);
}
