import { openPackage } from '../archive/open-package.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { convertDocx } from './docx-convert.ts';
import { docxPaths } from './docx-paths.ts';
import { headersAndFooters } from './docx-margins.ts';
import { walkDocx } from './docx-walk.ts';
import type { Extractor } from './extractor.ts';
import { createComposer } from './markup/composer.ts';
import { writeMargins } from './markup/margin-lines.ts';
import { notRead, sentences } from './markup/notices.ts';

/**
 * The text of a Word document as Markdown: mammoth reads it; what is too large or too deep for it,
 * or damaged, is read more plainly, without numbers of lists. Chapters begin at headings of the first
 * level where there are several. Deleted text of tracked changes is left out.
 */
export const extractDocx: Extractor = async (file, tools) => {
  const { name, out, signal, onProgress } = tools;
  const parts = await openPackage(file, name, signal);
  try {
    const paths = await docxPaths(parts, signal);
    const xml = paths === null ? null : await parts.text(paths.document);
    if (paths === null || xml === null) {
      throw new UnreadableFile(`“${name}” is no Word document inside: open it in Word, save it anew and add that.`);
    }
    onProgress(0, file.size, 'bytes');
    const composer = createComposer(out, {
      onHeading(level, text) {
        if (level === 1 && chapters) composer.part({ kind: 'chapter', number: ++chapter, label: text });
      },
    });
    let chapter = 0;
    let chapters = false;
    const expectChapters = (headings: number): void => void (chapters = headings > 1);
    const { pictures, plain } =
      (await convertDocx(parts, xml, composer, expectChapters, tools)) ??
      (await walkDocx(parts, paths, xml, composer, expectChapters, tools));
    const margins = await headersAndFooters(parts, paths, signal);
    writeMargins(composer, margins);
    composer.finish();
    onProgress(file.size, file.size, 'bytes');
    if (composer.empty) throw new UnreadableFile(emptySentence(name, pictures));
    return {
      shape: shapeOf(chapters),
      notice: sentences([
        plain && 'Read plainly, as it is damaged or very large: lists have no numbers.',
        notRead(pictures, 'picture'),
      ]),
    };
  } finally {
    await parts.close();
  }
};

const shapeOf = (chapters: boolean): string =>
  chapters
    ? 'A Word document as Markdown; each chapter (a heading of the first level) begins with a line “=== chapter N: Title ===”; notes and comments stand at the end.'
    : 'A Word document as Markdown: headings begin with #, tables are Markdown tables; notes and comments stand at the end.';

const emptySentence = (name: string, pictures: number): string =>
  pictures > 0
    ? `“${name}” holds pictures but no text: if they show text, run text recognition (OCR) on them and add that.`
    : `“${name}” holds no text: add a document with text in it.`;
