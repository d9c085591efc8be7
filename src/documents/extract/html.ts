import { UnreadableFile } from '../unreadable-file.ts';
import type { Extractor } from './extractor.ts';
import { createComposer } from './markup/composer.ts';
import { decodedPieces, markupEncoding } from './markup/decode-markup.ts';
import { createHtmlWalker } from './markup/html-walker.ts';
import { parseMarkup } from './markup/parse-markup.ts';
import { notRead, sentences } from './markup/notices.ts';

/**
 * What people see of a web page, as Markdown without emphasis: headings, lists, tables, the text of
 * links. The title stands first where the page does not begin with a heading of the first level.
 */
export const extractHtml: Extractor = async (file, { name, out, signal, onProgress }) => {
  const { label, guessed } = await markupEncoding(file, signal);
  let title = '';
  // The title waits for the first text: a page that begins with a heading of its own needs none.
  const putTitle = (): void => {
    const text = title;
    title = '';
    if (text !== '') out.write(`# ${text}\n\n`);
  };
  const composer = createComposer({
    get length() {
      return out.length;
    },
    write(text) {
      if (text.startsWith('# ')) title = '';
      putTitle();
      out.write(text);
    },
    part: (part) => out.part(part),
  });
  const walker = createHtmlWalker(composer, { onTitle: (text) => void (title = text) });
  await parseMarkup(
    decodedPieces(file, label, signal, (bytes) => onProgress(bytes, file.size, 'bytes')),
    walker,
    { syntax: 'html', signal },
  );
  composer.finish();
  putTitle();
  if (out.length === 0) {
    throw new UnreadableFile(
      `“${name}” has no text of its own (its words may come from scripts): open it in a browser, copy the text and paste it here.`,
    );
  }
  return {
    shape: 'A web page as Markdown: headings begin with #, tables are Markdown tables.',
    notice: sentences([
      guessed && 'Read as windows-1252, as it names no encoding and is not valid UTF-8.',
      notRead(walker.pictures, 'picture'),
    ]),
  };
};
