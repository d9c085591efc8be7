import { openPackage } from '../archive/open-package.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { chapterNames, createChapterMarks } from './epub-chapters.ts';
import { lockedChapters } from './epub-lock.ts';
import { readBook } from './epub-package.ts';
import type { Extractor } from './extractor.ts';
import { createComposer } from './markup/composer.ts';
import { createHtmlWalker } from './markup/html-walker.ts';
import { notRead, sentences } from './markup/notices.ts';
import { parseMarkup } from './markup/parse-markup.ts';

/**
 * The text of an e-book in reading order, as Markdown. Chapters are what its table of contents
 * names, at the places it names; without one each file is a chapter.
 */
export const extractEpub: Extractor = async (file, { name, out, signal, onProgress }) => {
  const parts = await openPackage(file, name, signal);
  try {
    const book = await readBook(parts, signal);
    if (book === null || book.files.length === 0) {
      throw new UnreadableFile(`“${name}” is no e-book inside, as it lists no chapters: add its text in another form.`);
    }
    if ((await lockedChapters(parts, book.files, signal)) > 0) {
      throw new UnreadableFile(
        `“${name}” is protected against copying (DRM): add a copy without protection, or its text in another form.`,
      );
    }
    const composer = createComposer(out);
    const marks = createChapterMarks(composer, await chapterNames(parts, book, signal));
    let pictures = 0;
    let missing = 0;
    for (const [i, path] of book.files.entries()) {
      onProgress(i, book.files.length, 'chapters');
      const xhtml = await parts.text(path);
      if (xhtml === null) {
        missing++;
        continue;
      }
      marks.file(path);
      const walker = createHtmlWalker(composer, { onId: marks.id });
      await parseMarkup([xhtml], walker, { syntax: 'xhtml', signal });
      composer.block(2);
      pictures += walker.pictures;
    }
    const chapters = marks.count;
    composer.finish();
    onProgress(book.files.length, book.files.length, 'chapters');
    if (composer.empty) {
      throw new UnreadableFile(`“${name}” holds no text: its pages may be pictures; add its text in another form.`);
    }
    const title = book.title === '' ? 'An e-book' : `An e-book, “${book.title}”${book.author === '' ? '' : ` by ${book.author}`},`;
    return {
      shape: `${title} as Markdown${chapters > 0 ? '; each chapter begins with a line “=== chapter N: Title ===”' : ''}.`,
      notice: sentences([
        missing > 0 && `${missing === 1 ? 'One file that it lists is' : `${missing} files that it lists are`} missing.`,
        notRead(pictures, 'picture'),
      ]),
    };
  } finally {
    await parts.close();
  }
};
