import type { SourceDocument } from '../documents/document.ts';
import type { DocumentInfo } from '../trajectory/events.ts';
import type { CommandDeps } from './command-deps.ts';
import type { Source } from './document-commands.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import type { KeptRun } from './kept.ts';
import { readyItems, type Library, type LibraryStore, type ReadyItem } from './library-store.ts';

/**
 * The same text: of the same file, by its hash where both are known, else by name and bytes, and with
 * as many characters and lines, as another version of this page may extract another text of it.
 */
export function isSameDocument(a: DocumentInfo, b: DocumentInfo): boolean {
  if (a.chars !== b.chars || a.lines !== b.lines) return false;
  if (a.sha256 !== '' && b.sha256 !== '') return a.sha256 === b.sha256;
  return a.name === b.name && a.bytes === b.bytes;
}

/** For each document of a run the item of the library that is the same; null where there is none. */
export function matchLibrary(infos: readonly DocumentInfo[], library: Library): readonly (ReadyItem | null)[] {
  const left = [...readyItems(library)];
  const taken: ReadyItem[] = [];
  return infos.map((info) => {
    const same = ({ document }: ReadyItem) => isSameDocument(info, document.info);
    const at = left.findIndex(same);
    // Two documents of the same text are served by one file.
    if (at < 0) return taken.find(same) ?? null;
    const [item] = left.splice(at, 1);
    if (item) taken.push(item);
    return item ?? null;
  });
}

/**
 * The library's document that goes by `id`, or that a run, whose log came from elsewhere or from an
 * earlier visit, calls so.
 */
export function documentHere(id: string, infos: readonly DocumentInfo[], library: Library): SourceDocument | null {
  const here = readyItems(library).map(({ document }) => document);
  const info = infos.find((one) => one.id === id);
  const isIt = (document: SourceDocument) => info !== undefined && isSameDocument(info, document.info);
  return here.find((document) => document.info.id === id) ?? here.find(isIt) ?? null;
}

/** The ids by which a run's log calls a document of the library. */
export function idsInRun(document: DocumentInfo, infos: readonly DocumentInfo[]): readonly string[] {
  return infos.filter((info) => info.id === document.id || isSameDocument(info, document)).map(({ id }) => id);
}

/** `item` as the document of a run: its text, under the name and the id that the log gives it. */
export function asDocumentOf(info: DocumentInfo, { document }: ReadyItem): SourceDocument {
  return { ...document, info: { ...info, sha256: info.sha256 || document.info.sha256 } };
}

/** The library's `items` are a run's `documents` from here on, under the ids that its log knows. */
export async function adoptDocuments(
  library: LibraryStore,
  items: readonly (ReadyItem | null)[],
  documents: readonly SourceDocument[],
): Promise<void> {
  const byItem = new Map(items.map((item, at) => [item?.id, documents[at]]));
  await Promise.all(
    [...byItem].flatMap(([id, document]) =>
      id && document ? [library.change(id, (now) => (now.status === 'ready' ? { ...now, document } : now))] : [],
    ),
  );
}

/** Files on this device, and of samples, for those documents of a run that the library has not. */
export async function sourcesOf(
  run: KeptRun,
  infos: readonly DocumentInfo[],
  { library, documents, newId }: CommandDeps,
  keeper: DocumentKeeper,
): Promise<readonly Source[]> {
  const matched = matchLibrary(infos, library.getState());
  const samples = new Map<string, Promise<readonly File[]>>();
  const found = await Promise.all(
    infos.map(async (info, at): Promise<Source | null> => {
      if (matched[at]) return null;
      const origin = run.origins[at] ?? { from: 'person' };
      if (origin.from === 'sample') {
        const { sample } = origin;
        const files = samples.get(sample) ?? documents.request('sample', { id: newId(), sample });
        samples.set(sample, files);
        const file = (await files.catch(() => []))[origin.file];
        return file ? { file, path: file.name, origin } : null;
      }
      const key = origin.from === 'copy' ? origin.key : await keeper.find(info);
      const file = key === null ? null : await keeper.open(key);
      return file && key !== null ? { file, path: file.name, origin: { from: 'copy', key } } : null;
    }),
  );
  return found.filter((source) => source !== null);
}
