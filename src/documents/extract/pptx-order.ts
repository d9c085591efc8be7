import type { Package } from '../archive/open-package.ts';
import { type Place, type Shape, readSlide } from './pptx-slide.ts';

/** Where a layout has its placeholders, by type and by index. */
export type Places = ReadonlyMap<string, Place>;

/** Reads layouts, each once. */
export function placeholderPlaces(
  parts: Pick<Package, 'text'>,
  signal: AbortSignal,
): (layout: string) => Promise<Places> {
  const known = new Map<string, Places>();
  return async (layout) => {
    const found = known.get(layout);
    if (found) return found;
    const places = new Map<string, Place>();
    const xml = await parts.text(layout);
    for (const { place, placeholder, index } of xml === null ? [] : (await readSlide(xml, signal)).shapes) {
      if (place === null) continue;
      if (placeholder !== null && !places.has(`type ${placeholder}`)) places.set(`type ${placeholder}`, place);
      if (index !== null) places.set(`index ${index}`, place);
    }
    known.set(layout, places);
    return places;
  };
}

/**
 * Shapes as they are read: the title, then from top to bottom, and left to right what stands side by
 * side. Where a shape stands is said by itself, else by the layout; else it follows the one before it.
 */
export function readingOrder(shapes: readonly Shape[], places: Places): readonly Shape[] {
  let before: Place = { x: 0, y: 0, height: 0 };
  const placed = shapes.map((shape) => {
    before =
      shape.place ?? places.get(`index ${shape.index}`) ?? places.get(`type ${shape.placeholder}`) ?? before;
    return { shape, place: before };
  });
  const rest = placed.filter(({ shape }) => !shape.isTitle).toSorted((a, b) => a.place.y - b.place.y);
  const bands: { bottom: number; shapes: typeof placed }[] = [];
  for (const each of rest) {
    const band = bands.at(-1);
    // Side by side: it begins above the middle of what the band began with.
    if (band && each.place.y < band.bottom) band.shapes.push(each);
    else bands.push({ bottom: each.place.y + each.place.height / 2, shapes: [each] });
  }
  return [
    ...shapes.filter(({ isTitle }) => isTitle),
    ...bands.flatMap((band) => band.shapes.toSorted((a, b) => a.place.x - b.place.x).map(({ shape }) => shape)),
  ];
}
