import type { DocxParts } from './docx-reading.ts';
import { relationsOf } from './markup/relations.ts';

/** Where a Word document keeps its parts. */
export interface DocxPaths {
  readonly document: string;
  /** Headers and footers, each once. */
  readonly margins: readonly string[];
  readonly footnotes: string | undefined;
  readonly endnotes: string | undefined;
  readonly comments: string | undefined;
}

/** Finds the main part by the package's relations, or by its usual name; null where there is none. */
export async function docxPaths(parts: DocxParts, signal: AbortSignal): Promise<DocxPaths | null> {
  const has = new Set(parts.paths);
  const root = await relationsOf(parts, '', signal);
  const named = root.find(({ type }) => type === 'officeDocument')?.path;
  const document = [named, 'word/document.xml'].find((path) => path !== undefined && has.has(path));
  if (document === undefined) return null;
  const relations = (await relationsOf(parts, document, signal)).filter(({ path }) => has.has(path));
  const first = (type: string): string | undefined => relations.find((relation) => relation.type === type)?.path;
  const margins = relations.filter(({ type }) => type === 'header' || type === 'footer');
  return {
    document,
    margins: [...new Set(margins.map(({ path }) => path))],
    footnotes: first('footnotes'),
    endnotes: first('endnotes'),
    comments: first('comments'),
  };
}
