import { countLines, readText } from './context-text.ts';
import { ReplError, guestBytes, realTexts } from './port.ts';
import { fileText } from './texts/file-text.ts';
import { stringText } from './texts/string-text.ts';
import type { ContextDocument, NamedText, ReplContext } from './port.ts';
import type { SourceDocument } from '../documents/document.ts';
import type { HostText, Pulse, ReadBytes } from './texts/host-text.ts';

/** What a session is opened over: the texts, and what `documents` says of each. */
export interface LoadedContext {
  readonly single: boolean;
  readonly documents: readonly ContextDocument[];
  /** Those that are not lazy are whole strings. */
  readonly texts: readonly HostText[];
}

export interface LibraryOptions {
  readonly read: ReadBytes;
  /** See `FileTextOptions.release`. */
  readonly release?: (bytes: Uint8Array) => void;
  readonly pulse?: Pulse;
  /** Bytes of documents that are held in memory as strings of the host's. */
  readonly heldBytes?: number;
}

const HELD_BYTES = 64 * 2 ** 20;
/** Characters of a text given by a parent up to which it is a string of the child's own. */
const MOST_GIVEN = 2 ** 20;
/** Characters of a part of a file up to which its lines are counted when a child is opened over it. */
const MOST_COUNTED = 16 * 2 ** 20;

/**
 * The texts of a run's documents, each there once however many sessions are opened over it: in
 * memory where they are small, in their files else.
 */
export class ContextLibrary {
  readonly #documents: ReadonlyMap<string, SourceDocument>;
  readonly #options: LibraryOptions;
  /** Ids of documents that are held in memory. */
  readonly #held: ReadonlySet<string>;
  readonly #strings = new Map<string, Promise<HostText>>();
  readonly #files = new Map<string, HostText>();

  constructor(documents: readonly SourceDocument[], options: LibraryOptions) {
    this.#documents = new Map(documents.map((document) => [document.info.id, document]));
    this.#options = options;
    let room = options.heldBytes ?? HELD_BYTES;
    const smallFirst = documents.map(({ info }) => info).sort((a, b) => guestBytes(a) - guestBytes(b));
    this.#held = new Set(
      smallFirst.filter((info) => (room -= guestBytes(info)) >= 0).map(({ id }) => id),
    );
  }

  /**
   * @param memoryBytes bytes of the guest heap.
   * @throws ReplError in one sentence, when a document cannot be read.
   */
  load(context: ReplContext, memoryBytes: number): Promise<LoadedContext> {
    return context.kind === 'documents'
      ? this.#loadDocuments(context.ids, memoryBytes)
      : this.#loadTexts(context, memoryBytes);
  }

  async #loadDocuments(ids: readonly string[], memoryBytes: number): Promise<LoadedContext> {
    const found = ids.map((id) => this.#find(id));
    const real = realTexts(found.map(({ info }) => guestBytes(info)), memoryBytes);
    const texts = await Promise.all(
      found.map((document, index) => this.#text(document, real[index] === true)),
    );
    return {
      single: found.length === 1,
      documents: texts.map((text, index) => describe(found[index], text, real[index] === true)),
      texts,
    };
  }

  async #loadTexts(
    { single, texts: given }: Extract<ReplContext, { kind: 'texts' }>,
    memoryBytes: number,
  ): Promise<LoadedContext> {
    const texts = await Promise.all(given.map((text) => this.#given(text)));
    // A text longer than that takes too long to copy: it never counts as one that fits.
    const sizes = texts.map(({ length }) => (length > MOST_GIVEN ? Infinity : length * 2));
    const real = realTexts(sizes, memoryBytes);
    return {
      single,
      documents: texts.map((text, index) => ({
        ...this.#describeGiven(given[index], text),
        ...(real[index] === true ? {} : { lazy: true }),
      })),
      texts: texts.map((text, index) =>
        real[index] === true && text.whole === null
          ? stringText(text.slice(0, text.length), text.origin)
          : text,
      ),
    };
  }

  async #given(given: NamedText): Promise<HostText> {
    if ('text' in given) return stringText(given.text);
    const document = this.#find(given.document);
    return (await this.#text(document, false)).range(given.from, given.to);
  }

  #describeGiven(given: NamedText | undefined, text: HostText): ContextDocument {
    const name = given?.name ?? '';
    if (given && 'document' in given) {
      const source = this.#find(given.document);
      // Nobody knows better what a whole document is than the one who has read it.
      if (text.length === source.info.chars) return { ...describe(source, text, true), name };
      // To count lines is to read them, which takes seconds for gigabytes: such a part has its share.
      if (text.whole === null && text.length > MOST_COUNTED) {
        const lines = Math.round((source.info.lines / source.info.chars) * text.length);
        return { name, kind: 'text', chars: text.length, lines };
      }
    }
    return { name, kind: 'text', chars: text.length, lines: countLines(text) };
  }

  #find(id: string): SourceDocument {
    const document = this.#documents.get(id);
    if (!document) throw new ReplError(`There is no document ${id} to load.`);
    return document;
  }

  #text(document: SourceDocument, real: boolean): Promise<HostText> {
    const { id } = document.info;
    const isHeld = real || this.#held.has(id) || this.#strings.has(id);
    return isHeld ? this.#string(document) : this.#file(document);
  }

  #string({ info, text }: SourceDocument): Promise<HostText> {
    const known = this.#strings.get(info.id);
    if (known) return known;
    const read = readText(text).then(
      (whole) => stringText(whole, { document: info.id, from: 0 }),
      (error: unknown) => {
        this.#strings.delete(info.id);
        throw unreadable(info.name, error);
      },
    );
    this.#strings.set(info.id, read);
    return read;
  }

  async #file({ info, text }: SourceDocument): Promise<HostText> {
    const { read, release, pulse } = this.#options;
    try {
      // A file that has gone is to be noticed now, not in the middle of a cell.
      await text.blob.slice(0, 1).arrayBuffer();
    } catch (error) {
      throw unreadable(info.name, error);
    }
    const known = this.#files.get(info.id);
    if (known) return known;
    const made = fileText(text, info.chars, {
      document: info.id,
      read,
      ...(release ? { release } : {}),
      ...(pulse ? { pulse } : {}),
    });
    this.#files.set(info.id, made);
    return made;
  }
}

function describe(
  source: SourceDocument | undefined,
  text: HostText,
  real: boolean,
): ContextDocument {
  const { name = '', kind = 'text', lines = 0, pages, shape } = source?.info ?? {};
  return {
    name,
    kind,
    chars: text.length,
    lines,
    ...(pages === undefined ? {} : { pages }),
    ...(shape === undefined ? {} : { shape }),
    ...(real ? {} : { lazy: true }),
  };
}

function unreadable(name: string, error: unknown): ReplError {
  const why = error instanceof Error ? error.message : String(error);
  return new ReplError(`${name} can no longer be read (${why}): add the file again.`);
}
