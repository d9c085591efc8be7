import type { Composer } from './markup/composer.ts';
import { type Attributes, attribute } from './markup/parse-markup.ts';

/** Elements whose text is not shown: deleted text, scripts, forms, declarations. */
export const UNSEEN: ReadonlySet<string> = new Set([
  'tracked-changes',
  'covered-table-cell',
  'event-listeners',
  'font-face-decls',
  'forms',
  'master-styles',
  'page-thumbnail',
  'scripts',
  'sequence-decls',
  'user-field-decls',
  'variable-decls',
]);

/** What a comment says of itself beside its author. */
export const COMMENT_FACTS: ReadonlySet<string> = new Set(['date', 'date-string', 'creator-initials']);

/** Cells and rows of tables; what is repeated is written once, with how often it is there. */
export interface OdfCells {
  /** Whether text has been written since the cell began. */
  hasText: boolean;
  /** Each returns what ends it. */
  cell(composer: Composer, attributes: Attributes): () => void;
  row(composer: Composer, attributes: Attributes): (() => void) | undefined;
}

export function createOdfCells(): OdfCells {
  /** Of the row. */
  let rowText = false;
  const cells: OdfCells = {
    hasText: false,
    cell(composer, attributes) {
      const repeated = countOf(attribute(attributes, 'number-columns-repeated'));
      composer.openCell({ columns: repeated });
      cells.hasText = false;
      return () => {
        if (cells.hasText) rowText = true;
        if (cells.hasText && repeated > 1) composer.text(` (${repeated} times)`);
        composer.closeCell();
      };
    },
    row(composer, attributes) {
      const repeated = countOf(attribute(attributes, 'number-rows-repeated'));
      composer.openRow();
      rowText = false;
      if (repeated === 1) return undefined;
      return () => {
        if (!rowText) return;
        composer.openCell();
        composer.text(`(row repeated ${repeated} times)`);
        composer.closeCell();
      };
    },
  };
  return cells;
}

function countOf(value: string | undefined): number {
  const count = Number.parseInt(value ?? '1', 10);
  return count >= 1 ? Math.min(count, Number.MAX_SAFE_INTEGER) : 1;
}
