import { type Book, type EpubParts, hrefPath } from './epub-package.ts';
import { type Composer, createComposer } from './markup/composer.ts';
import { createHtmlWalker } from './markup/html-walker.ts';
import { attribute, parseMarkup } from './markup/parse-markup.ts';

/** The names of chapters by path, then by the id at which they begin ('' for the start of the file). */
export type ChapterNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

const LONGEST_NAME = 300;

/** The names that the book's contents give, from the navigation page or the older list; else one for each file. */
export async function chapterNames(parts: EpubParts, book: Book, signal: AbortSignal): Promise<ChapterNames> {
  for (const [path, read] of [
    [book.nav, navEntries],
    [book.ncx, ncxEntries],
  ] as const) {
    const text = path === undefined ? null : await parts.text(path);
    if (path === undefined || text === null) continue;
    const names = await read(path, text, signal);
    if (book.files.some((file) => names.has(file))) return names;
  }
  const names = new Map<string, Map<string, string>>();
  for (const path of book.files) names.set(path, new Map([['', await ownName(parts, path, signal)]]));
  return names;
}

interface Marks {
  /** Chapters so far. */
  readonly count: number;
  /** A file of the book begins. */
  file(path: string): void;
  /** An element with this id begins in it. */
  readonly id: (id: string) => void;
}

/** Begins a part wherever a chapter begins, once. */
export function createChapterMarks(composer: Composer, names: ChapterNames): Marks {
  let count = 0;
  let left = new Map<string, string>();
  const id = (at: string): void => {
    const label = left.get(at);
    if (label === undefined) return;
    left.delete(at);
    count++;
    composer.part({ kind: 'chapter', number: count, ...(label !== '' && { label }) });
  };
  return {
    get count() {
      return count;
    },
    file(path) {
      left = new Map(names.get(path));
      id('');
    },
    id,
  };
}

type Entries = (path: string, text: string, signal: AbortSignal) => Promise<Map<string, Map<string, string>>>;

const navEntries: Entries = async (path, text, signal) => {
  const names = createNames(path);
  let inContents = 0;
  let depth = 0;
  await parseMarkup(
    [text],
    {
      open(name, attributes) {
        depth++;
        if (name === 'nav' && /\btoc\b/.test(attribute(attributes, 'type') ?? 'toc')) inContents ||= depth;
        if (inContents > 0 && name === 'a') names.open(attributes['href']);
      },
      close(name) {
        if (name === 'a') names.close();
        if (depth === inContents) inContents = 0;
        depth--;
      },
      text: names.text,
    },
    { syntax: 'xhtml', signal },
  );
  return names.all;
};

const ncxEntries: Entries = async (path, text, signal) => {
  const names = createNames(path);
  let inMap = false;
  let label = '';
  let inLabel = false;
  await parseMarkup(
    [text],
    {
      open(name, attributes) {
        if (name === 'navMap') inMap = true;
        if (name === 'navLabel') label = '';
        if (name === 'text') inLabel = true;
        if (name === 'content' && inMap) {
          names.open(attribute(attributes, 'src'));
          names.text(label);
          names.close();
        }
      },
      close(name) {
        if (name === 'navMap') inMap = false;
        if (name === 'text') inLabel = false;
      },
      text(piece) {
        if (inLabel && label.length < LONGEST_NAME) label += piece;
      },
    },
    { syntax: 'xml', signal },
  );
  return names.all;
};

/** Gathers entries of a list of contents; the first name of a place counts. */
function createNames(from: string): {
  readonly all: Map<string, Map<string, string>>;
  open(href: string | undefined): void;
  readonly text: (text: string) => void;
  close(): void;
} {
  const all = new Map<string, Map<string, string>>();
  let target: ReturnType<typeof hrefPath> | null = null;
  let name = '';
  return {
    all,
    open(href) {
      target = href === undefined ? null : hrefPath(from, href);
      name = '';
    },
    text(text) {
      if (target && name.length < LONGEST_NAME) name += text;
    },
    close() {
      if (!target) return;
      const label = name.replace(/\s+/g, ' ').trim();
      const places = all.get(target.path) ?? new Map<string, string>();
      if (!places.has(target.id)) places.set(target.id, label);
      all.set(target.path, places);
      target = null;
    },
  };
}

/** What a file calls itself: its first heading, else its title. */
async function ownName(parts: EpubParts, path: string, signal: AbortSignal): Promise<string> {
  const xhtml = await parts.text(path);
  if (xhtml === null) return '';
  let heading = '';
  let title = '';
  const composer = createComposer(
    { length: 0, write() {}, part() {} },
    { onHeading: (_level, text) => void (heading ||= text) },
  );
  const walker = createHtmlWalker(composer, { onTitle: (text) => void (title = text) });
  await parseMarkup([xhtml], walker, { syntax: 'xhtml', signal });
  return (heading || title).slice(0, LONGEST_NAME);
}
