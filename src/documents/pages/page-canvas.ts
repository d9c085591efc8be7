interface CanvasAndContext {
  canvas: OffscreenCanvas | null;
  context: OffscreenCanvasRenderingContext2D | null;
}

/** Makes the canvases that pdf.js draws groups and patterns on, where there is no document to make them. */
export class WorkerCanvasFactory {
  /** @throws Error of a size that is none */
  create(width: number, height: number): CanvasAndContext {
    if (!(width > 0 && height > 0)) throw new Error('Invalid canvas size');
    const canvas = new OffscreenCanvas(width, height);
    return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) };
  }

  reset({ canvas }: CanvasAndContext, width: number, height: number): void {
    if (!canvas || !(width > 0 && height > 0)) throw new Error('Invalid canvas size');
    canvas.width = width;
    canvas.height = height;
  }

  destroy(entry: CanvasAndContext): void {
    if (entry.canvas) entry.canvas.width = entry.canvas.height = 0;
    entry.canvas = null;
    entry.context = null;
  }
}

/** Filters are elements of a page: a worker draws without, so that masks by brightness show all they mask. */
export class WorkerFilterFactory {
  addFilter(): string {
    return 'none';
  }
  addHCMFilter(): string {
    return 'none';
  }
  addAlphaFilter(): string {
    return 'none';
  }
  addLuminosityFilter(): string {
    return 'none';
  }
  addHighlightHCMFilter(): string {
    return 'none';
  }
  destroy(): void {}
}

/** Units of a page along one side; less is nothing. */
const SMALLEST = 1e-3;

/** Pixels along one side of a picture. */
export const LONGEST_SIDE = 4_000;

/**
 * The scale at which a page of some size becomes a picture of about the width that is asked for, and
 * of no more than `LONGEST_SIDE` a side.
 */
export function scaleFor(page: { readonly width: number; readonly height: number }, width: number): number {
  const wanted = Number.isFinite(width) ? Math.min(Math.max(width, 1), LONGEST_SIDE) : LONGEST_SIDE;
  const across = Math.max(page.width, SMALLEST);
  return Math.min(wanted / across, LONGEST_SIDE / Math.max(page.width, page.height, SMALLEST));
}
