import type { Composer } from './markup/composer.ts';
import { type MarkupHandler, attribute } from './markup/parse-markup.ts';

export interface DocxWalker extends MarkupHandler {
  readonly pictures: number;
}

/** Elements that are not shown: deleted text, where text was moved away from, what newer programs show otherwise. */
const HIDDEN: ReadonlySet<string> = new Set(['del', 'moveFrom', 'Fallback', 'pPrChange', 'rPrChange', 'annotationRef']);

/** Writes the text of a part of a Word document, by the local names of its elements. */
export function createDocxWalker(composer: Composer): DocxWalker {
  let hidden = 0;
  let inText = 0;
  let pictures = 0;
  /** For each open paragraph, whether it is a heading. */
  const headings: boolean[] = [];

  return {
    get pictures() {
      return pictures;
    },
    open(name, attributes) {
      if (hidden > 0 || HIDDEN.has(name)) {
        hidden++;
        return;
      }
      switch (name) {
        case 'p':
          headings.push(false);
          return composer.block(2);
        case 'pStyle': {
          const level = headingLevel(attribute(attributes, 'val') ?? '');
          if (level === null || headings.at(-1) !== false) return;
          headings[headings.length - 1] = true;
          return composer.openHeading(level);
        }
        case 'numPr':
          if (headings.at(-1) === true) return;
          return composer.text('- ');
        case 't':
          inText++;
          return;
        case 'tab':
          return composer.text(' ');
        case 'br':
        case 'cr':
          return composer.lineBreak();
        case 'noBreakHyphen':
          return composer.text('-');
        case 'footnoteReference':
          return composer.text(`[${attribute(attributes, 'id') ?? '?'}]`);
        case 'endnoteReference':
          return composer.text(`[end ${attribute(attributes, 'id') ?? '?'}]`);
        case 'commentReference':
          return composer.text(`[comment ${attribute(attributes, 'id') ?? '?'}]`);
        case 'docPr': {
          const words = (attribute(attributes, 'descr') ?? '').trim();
          if (words !== '') composer.text(`[image: ${words}]`);
          return;
        }
        case 'blip':
          pictures++;
          return;
        case 'tbl':
          return composer.openTable();
        case 'tr':
          return composer.openRow();
        case 'tc':
          return composer.openCell();
      }
    },
    close(name) {
      if (hidden > 0) {
        hidden--;
        return;
      }
      switch (name) {
        case 'p':
          if (headings.pop() === true) composer.closeHeading();
          return composer.block(2);
        case 't':
          inText--;
          return;
        case 'tc':
          return composer.closeCell();
        case 'tbl':
          return composer.closeTable();
      }
    },
    text(text) {
      if (inText > 0 && hidden === 0) composer.text(text);
    },
  };
}

/** The level that a style's id says in the languages that keep «Heading» in it. */
function headingLevel(style: string): number | null {
  const level = /^(?:heading|berschrift|überschrift|titre|título|titolo|kop|rubrik|nagwek)\s*([1-9])$/i.exec(style)?.[1];
  return level === undefined ? null : Number(level);
}
