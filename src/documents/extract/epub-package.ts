import type { Package } from '../archive/open-package.ts';
import { attribute, parseMarkup } from './markup/parse-markup.ts';
import { resolvePath } from './markup/relations.ts';

export type EpubParts = Pick<Package, 'paths' | 'text'>;

/** What an e-book's package says of it. */
export interface Book {
  /** Paths of its text, in reading order. */
  readonly files: readonly string[];
  /** The navigation page (EPUB 3) and the older list of contents (EPUB 2). */
  readonly nav: string | undefined;
  readonly ncx: string | undefined;
  /** One line each, '' where unknown. */
  readonly title: string;
  readonly author: string;
}

interface Item {
  readonly path: string;
  readonly type: string;
  readonly properties: string;
}

const LONGEST_NAME = 150;
const PAGE = /\.x?html?$/i;

/** Reads the package of an e-book; null where there is none. Files that no list names are not text of the book. */
export async function readBook(parts: EpubParts, signal: AbortSignal): Promise<Book | null> {
  const opf = (await packagePath(parts, signal)) ?? parts.paths.find((path) => /\.opf$/i.test(path));
  const xml = opf === undefined ? null : await parts.text(opf);
  if (opf === undefined || xml === null) return withoutPackage(parts);

  const items = new Map<string, Item>();
  const spine: string[] = [];
  const words = { title: '', creator: '' };
  let into: keyof typeof words | null = null;
  let ncxId: string | undefined;
  await parseMarkup(
    [xml],
    {
      open(name, attributes) {
        const id = attributes['id'];
        const href = attributes['href'];
        switch (name) {
          case 'title':
          case 'creator':
            into = words[name] === '' ? name : null;
            return;
          case 'item':
            if (id === undefined || href === undefined) return;
            items.set(id, {
              path: hrefPath(opf, href).path,
              type: attributes['media-type'] ?? '',
              properties: attributes['properties'] ?? '',
            });
            return;
          case 'spine':
            ncxId = attributes['toc'];
            return;
          case 'itemref':
            if (attributes['idref'] !== undefined) spine.push(attributes['idref']);
        }
      },
      close: () => void (into = null),
      text(text) {
        if (into && words[into].length < LONGEST_NAME) words[into] += text;
      },
    },
    { syntax: 'xml', signal },
  );

  const pages = [...new Set(spine)].flatMap((id) => items.get(id) ?? []).filter(isPage);
  const all = [...items.values()];
  const files = (pages.length > 0 ? pages : all.filter(isPage)).map(({ path }) => path);
  return {
    files: [...new Set(files)],
    nav: all.find(({ properties }) => /\bnav\b/.test(properties))?.path,
    ncx: (ncxId === undefined ? undefined : items.get(ncxId)?.path) ?? all.find(({ type }) => /dtbncx/.test(type))?.path,
    title: oneLine(words.title),
    author: oneLine(words.creator).replace(/^Unknown(?: Author)?$/i, ''),
  };
}

const isPage = ({ type, path }: Item): boolean => /html|xml$/i.test(type) && !/svg/i.test(type) ? !/ncx/.test(type) : PAGE.test(path);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME);

function withoutPackage({ paths }: EpubParts): Book | null {
  const files = paths.filter((path) => PAGE.test(path)).toSorted();
  return files.length === 0 ? null : { files, nav: undefined, ncx: undefined, title: '', author: '' };
}

async function packagePath(parts: EpubParts, signal: AbortSignal): Promise<string | undefined> {
  const xml = await parts.text('META-INF/container.xml');
  let path: string | undefined;
  if (xml === null) return path;
  await parseMarkup(
    [xml],
    {
      open(name, attributes) {
        const full = attribute(attributes, 'full-path');
        if (name === 'rootfile' && full !== undefined) path ??= resolvePath('', full);
      },
      close() {},
      text() {},
    },
    { syntax: 'xml', signal },
  );
  return path;
}

/** What an address in the part `from` means: a path in the package and the id it points at, '' for the whole. */
export function hrefPath(from: string, href: string): { readonly path: string; readonly id: string } {
  const [address = '', id = ''] = href.trim().split('#', 2);
  return { path: address === '' ? from : resolvePath(from, unescaped(address)), id: unescaped(id) };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
