import type { SourceDocument } from '../documents/document.ts';
import type { Place } from '../trajectory/events.ts';
import type { FoundInDocument, PageView } from '../worker/protocol.ts';
import type { CommandDeps } from './command-deps.ts';
import { documentHere } from './find-documents.ts';
import { selectedRun } from './runs-store.ts';
import type { SourceView } from './source-store.ts';

/** Reads documents for the page, piece by piece; every function rejects with a sentence when it cannot. */
export interface SourceReader {
  /** UTF-16 code units [from, to) of its text. */
  slice(document: SourceDocument, from: number, to: number): Promise<string>;
  place(document: SourceDocument, offset: number): Promise<Place>;
  /** Code units before a line, from 1. */
  lineStart(document: SourceDocument, line: number): Promise<number>;
  /** Aborting `signal` ends the search; it rejects then. */
  find(
    document: SourceDocument,
    wanted: { readonly query: string; readonly matchCase: boolean; readonly limit: number },
    signal: AbortSignal,
  ): Promise<FoundInDocument>;
  page(
    document: SourceDocument,
    wanted: { readonly page: number; readonly width: number; readonly marks: readonly { readonly from: number; readonly to: number }[] },
  ): Promise<PageView>;
}

export interface SourceCommands {
  /** Opens a document at a passage; says so where the library does not have it. */
  openSource(view: SourceView): void;
  closeSource(): void;
  readonly reader: SourceReader;
}

export function createSourceCommands({ documents, library, source, runs, alerts, newId }: CommandDeps): SourceCommands {
  return {
    openSource(view) {
      const infos = selectedRun(runs.getState())?.getState().live.started?.documents ?? [];
      const here = documentHere(view.document, infos, library.getState());
      if (here) source.setState({ view: { ...view, document: here.info.id } });
      else alerts.raise(`${infos.find(({ id }) => id === view.document)?.name ?? 'That document'} is not here: add the file to open it.`);
    },
    closeSource() {
      source.setState({ view: null });
      void documents.request('closePages', null);
    },
    reader: {
      slice: (document, from, to) => documents.request('slice', { document, from, to }),
      place: (document, offset) => documents.request('place', { document, offset }),
      lineStart: (document, line) => documents.request('lineStart', { document, line }),
      async find(document, wanted, signal) {
        signal.throwIfAborted();
        const id = newId();
        const stop = () => void documents.request('cancel', { id });
        signal.addEventListener('abort', stop, { once: true });
        try {
          return await documents.request('find', { id, document, ...wanted });
        } finally {
          signal.removeEventListener('abort', stop);
        }
      },
      page: (document, wanted) => documents.request('page', { document, ...wanted }),
    },
  };
}
