import { countLines, readText } from './context-text.ts';
import { ReplError } from './port.ts';
import type { ContextDocument, ReplContext } from './port.ts';
import type { SourceDocument } from '../documents/document.ts';

/** What a session is opened over: the texts, and what `documents` says of them. */
export interface LoadedContext {
  readonly single: boolean;
  readonly documents: readonly ContextDocument[];
  readonly texts: readonly string[];
}

/** Reads each document once, however many sessions are opened over it. */
export class ContextLibrary {
  readonly #documents: ReadonlyMap<string, SourceDocument>;
  readonly #texts = new Map<string, Promise<string>>();

  constructor(documents: readonly SourceDocument[]) {
    this.#documents = new Map(documents.map((document) => [document.info.id, document]));
  }

  /** @throws ReplError in one sentence, when a document cannot be read. */
  async load(context: ReplContext): Promise<LoadedContext> {
    if (context.kind === 'texts') {
      return {
        single: context.single,
        documents: context.texts.map(({ name, text }) => ({
          name,
          kind: 'text',
          chars: text.length,
          lines: countLines(text),
        })),
        texts: context.texts.map(({ text }) => text),
      };
    }
    const found = context.ids.map((id) => {
      const document = this.#documents.get(id);
      if (!document) throw new ReplError(`There is no document ${id} to load.`);
      return document;
    });
    const texts = await Promise.all(found.map((document) => this.#text(document)));
    return {
      single: found.length === 1,
      documents: found.map(({ info: { name, kind, lines, pages } }, index) => ({
        name,
        kind,
        chars: texts[index]?.length ?? 0,
        lines,
        ...(pages === undefined ? {} : { pages }),
      })),
      texts,
    };
  }

  #text({ info, text }: SourceDocument): Promise<string> {
    const known = this.#texts.get(info.id);
    if (known) return known;
    const read = readText(text).catch((error: unknown) => {
      this.#texts.delete(info.id);
      const why = error instanceof Error ? error.message : String(error);
      throw new ReplError(`${info.name} can no longer be read (${why}): add the file again.`);
    });
    this.#texts.set(info.id, read);
    return read;
  }
}
