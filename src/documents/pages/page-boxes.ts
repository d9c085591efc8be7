import type { PdfPiece } from '../extract/pdf-page-text.ts';

/** A rectangle as shares of a page's picture, from its top left. */
export interface PageBox {
  readonly mark: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a page lies in its picture: pdf.js calls it a viewport. */
export interface PageFrame {
  /** [a, b, c, d, e, f]: from units of the page to those of the picture. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How wide a text is in a font of some family, in whatever unit. */
export type MeasureText = (text: string, family: string) => number;

/**
 * Where passages of a page's text stand on the page: a box for each line of each passage.
 * @param marks code units [from, to) of the page's text
 */
export function boxesOf(
  pieces: readonly PdfPiece[],
  marks: readonly { readonly from: number; readonly to: number }[],
  frame: PageFrame,
  measure: MeasureText,
): PageBox[] {
  const boxes: PageBox[] = [];
  for (const [mark, { from, to }] of marks.entries()) {
    let line: number | null = null;
    let open: Rect | null = null;
    const flush = (): void => {
      const box = open && share(open, frame);
      if (box) boxes.push({ mark, ...box });
      open = null;
    };
    for (const piece of pieces) {
      const [begin, end] = [Math.max(from, piece.from), Math.min(to, piece.to)];
      if (begin >= end) continue;
      const rect = inFrame(cornersOf(piece, begin - piece.from, end - piece.from, measure), frame);
      if (!rect) continue;
      if (open && piece.line !== null && piece.line === line) {
        open = union(open, rect);
      } else {
        flush();
        open = rect;
      }
      line = piece.line;
    }
    flush();
  }
  return boxes;
}

type Point = readonly [x: number, y: number];

/** Corners, in units of the page, of code units [from, to) of a piece: its length, shared as a like font would. */
function cornersOf(piece: PdfPiece, from: number, to: number, measure: MeasureText): readonly Point[] {
  if ('note' in piece) {
    const [x1, y1, x2, y2] = piece.note.rect;
    return [
      [x1, y1],
      [x2, y2],
    ];
  }
  const { run, at } = piece;
  const length = run.end - run.start;
  const whole = measure(run.str, run.family);
  const shareUntil = (end: number): number => {
    if (end >= run.str.length) return 1;
    return whole > 0 ? Math.min(measure(run.str.slice(0, end), run.family) / whole, 1) : end / run.str.length;
  };
  const [one, other] = [shareUntil(at + from), shareUntil(at + to)];
  const along = run.rtl ? [run.end - one * length, run.end - other * length] : [run.start + one * length, run.start + other * length];
  return along.flatMap((where) =>
    [run.bottom, run.top].map((across): Point => [where * run.ux - across * run.uy, where * run.uy + across * run.ux]),
  );
}

function inFrame(corners: readonly Point[], { transform, width, height }: PageFrame): Rect | null {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  const clip = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  const rect = {
    left: clip(Math.min(...xs), width),
    top: clip(Math.min(...ys), height),
    right: clip(Math.max(...xs), width),
    bottom: clip(Math.max(...ys), height),
  };
  return [rect.left, rect.top, rect.right, rect.bottom].every(Number.isFinite) ? rect : null;
}

const union = (one: Rect, other: Rect): Rect => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
});

/** Null for what lies outside of the page. */
function share({ left, top, right, bottom }: Rect, { width, height }: PageFrame): Omit<PageBox, 'mark'> | null {
  if (right <= left || bottom <= top) return null;
  return { x: left / width, y: top / height, width: (right - left) / width, height: (bottom - top) / height };
}
