import type { PdfTextItem, PdfTextStyle } from './pdf-items.ts';

/**
 * A piece of text in its own frame: `along` grows in the direction that is read, `across` shrinks
 * from line to line. So rotated pages and upright Japanese are as any other text.
 */
export interface PdfRun {
  readonly str: string;
  /** Unit vector of the direction that its letters follow each other in. */
  readonly ux: number;
  readonly uy: number;
  readonly start: number;
  readonly end: number;
  readonly across: number;
  /** The size of its letters; never 0. */
  readonly size: number;
  readonly rtl: boolean;
  /** What its font is most like: `serif`, `sans-serif`, `monospace`. */
  readonly family: string;
  /** How far it reaches, as `across`. */
  readonly top: number;
  readonly bottom: number;
  /** White space stood before it. */
  readonly spaced: boolean;
  /** A line end stood before it. */
  readonly broken: boolean;
}

const NO_STYLE: PdfTextStyle = { ascent: 0.8, descent: -0.2, vertical: false, fontFamily: 'serif' };

/** What fonts without a table of characters give, and line ends that are none of ours. */
const NO_TEXT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * Shapes of Arabic letters at the beginning, the middle or the end of a word, which many files have
 * in the place of the letters: nobody writes, or looks for, those.
 */
const ARABIC_SHAPES = /[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe80-\ufefc]/g;

/** Shares of the size that a font may claim to reach: broken ones claim anything. */
const reach = (share: number, usual: number): number =>
  Number.isFinite(share) && Math.abs(share) > 0.05 && Math.abs(share) < 1.5 ? share : usual;

const finite = (value: number | undefined): number => (value !== undefined && Number.isFinite(value) ? value : 0);

/** The pieces that have text, with what stood between them. */
export function runsOf(
  items: readonly PdfTextItem[],
  styles: Readonly<Record<string, PdfTextStyle>>,
): PdfRun[] {
  const runs: PdfRun[] = [];
  let spaced = false;
  let broken = false;
  for (const item of items) {
    const str = item.str.replace(NO_TEXT, ' ').replace(ARABIC_SHAPES, (shape) => shape.normalize('NFKC'));
    if (str.trim() === '') {
      spaced ||= str !== '';
    } else {
      const run = runOf(item, str, Object.hasOwn(styles, item.fontName) ? styles[item.fontName] : undefined, spaced, broken);
      const before = runs.at(-1);
      if (!before || !isSameAgain(before, run)) runs.push(run);
      spaced = false;
      broken = false;
    }
    broken ||= item.hasEOL;
  }
  return runs;
}

function runOf(item: PdfTextItem, str: string, style: PdfTextStyle = NO_STYLE, spaced: boolean, broken: boolean): PdfRun {
  const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map((at) => finite(item.transform[at])) as [
    number, number, number, number, number, number,
  ];
  const vertical = style.vertical;
  // Upright text goes down its page: against the second axis of its letters.
  const [dx, dy] = vertical ? [-c, -d] : [a, b];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 0 ? [dx / length, dy / length] : [1, 0];
  const extent = Math.abs(finite(vertical ? item.height : item.width));
  const size = Math.hypot(c, d) || Math.abs(finite(item.height)) || length || 1;
  const start = e * ux + f * uy;
  const across = -e * uy + f * ux;
  const [above, below] = vertical ? [0.5, -0.5] : [reach(style.ascent, 0.8), reach(style.descent, -0.2)];
  return {
    str,
    ux,
    uy,
    start,
    end: start + extent,
    across,
    size,
    rtl: item.dir === 'rtl',
    family: style.fontFamily,
    top: across + above * size,
    bottom: across + Math.min(below, 0) * size,
    spaced,
    broken,
  };
}

export const isSameDirection = (one: PdfRun, other: PdfRun): boolean => one.ux * other.ux + one.uy * other.uy > 0.99;

/** Printed twice, a hair apart, to look bold. */
function isSameAgain(one: PdfRun, other: PdfRun): boolean {
  const near = 0.15 * one.size;
  return (
    one.str === other.str &&
    isSameDirection(one, other) &&
    Math.abs(one.start - other.start) < near &&
    Math.abs(one.across - other.across) < near
  );
}
