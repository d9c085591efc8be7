import type { Package } from '../archive/open-package.ts';
import { parseMarkup, prefixed } from './markup/parse-markup.ts';
import { relationsOf } from './markup/relations.ts';

/** Paths of the slides in the order in which they are shown; by their numbers where nothing says so. */
export async function slideRelations(
  parts: Pick<Package, 'paths' | 'text'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const root = await relationsOf(parts, '', signal);
  const main = root.find(({ type }) => type === 'officeDocument')?.path ?? 'ppt/presentation.xml';
  const xml = await parts.text(main);
  const ids: string[] = [];
  if (xml !== null) {
    await parseMarkup(
      [xml],
      {
        open(name, attributes) {
          const id = prefixed(attributes, 'id');
          if (name === 'sldId' && id !== undefined) ids.push(id);
        },
        close() {},
        text() {},
      },
      { syntax: 'xml', signal },
    );
  }
  const relations = new Map((await relationsOf(parts, main, signal)).map(({ id, path }) => [id, path]));
  const slides = [...new Set(ids.flatMap((id) => relations.get(id) ?? []))];
  if (slides.length > 0) return slides;
  const numberOf = (path: string): number => Number(/(\d+)\.xml$/.exec(path)?.[1] ?? 0);
  return parts.paths.filter((path) => /^ppt\/slides\/[^/]+\.xml$/.test(path)).toSorted((a, b) => numberOf(a) - numberOf(b));
}
