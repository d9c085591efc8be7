import type { DrawnPage, PdfPages } from '../../documents/pages/pdf-pages.ts';
import { UnreadableFile } from '../../documents/unreadable-file.ts';
import type { PageRequest } from '../protocol.ts';

export type OpenPages = (file: Blob) => Promise<PdfPages>;

/** Draws pages of one document at a time, which stays open until a page of another is asked for. */
export function createPages(openPages: OpenPages): (request: PageRequest) => Promise<DrawnPage> {
  let held: { readonly id: string; readonly pages: Promise<PdfPages> } | null = null;

  const letGo = (): void => {
    void held?.pages.then((pages) => pages.close(), () => undefined);
    held = null;
  };
  const pagesOf = ({ document: { info, original } }: PageRequest): Promise<PdfPages> => {
    if (info.kind !== 'pdf' || original === undefined) {
      throw new UnreadableFile(`“${info.name}” has no pages to look at: read its text.`);
    }
    // Two documents of one run may not have the same id, but those of two runs may.
    const id = `${info.id} ${info.sha256} ${info.bytes}`;
    if (held?.id !== id) {
      letGo();
      held = { id, pages: openPages(original) };
    }
    return held.pages;
  };

  return async (request) => {
    const { page, width, marks, document } = request;
    try {
      const pages = await pagesOf(request);
      return await pages.draw({ page, width, marks, parts: document.parts ?? [] });
    } catch (reason) {
      // What did not open, or failed, is opened afresh the next time.
      letGo();
      throw reason;
    }
  };
}
