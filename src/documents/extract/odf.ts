import { openPackage } from '../archive/open-package.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { Extractor } from './extractor.ts';
import { createComposer } from './markup/composer.ts';
import { writeMargins } from './markup/margin-lines.ts';
import { notRead } from './markup/notices.ts';
import { parseMarkup } from './markup/parse-markup.ts';
import { odfMargins } from './odf-margins.ts';
import { createOdfStyles } from './odf-styles.ts';
import { type OdfSlide, createOdfWalker } from './odf-walker.ts';

/**
 * The text of an OpenDocument text or presentation as Markdown. Chapters begin at headings of the
 * first level where there are several; each slide is a part. Notes and comments stand at the end.
 */
export const extractOdf: Extractor = async (file, { name, kind, out, signal, onProgress }) => {
  const parts = await openPackage(file, name, signal);
  try {
    if (/<(?:\w+:)?encryption-data\b/.test((await parts.text('META-INF/manifest.xml')) ?? '')) {
      throw new UnreadableFile(`“${name}” is protected with a password: save a copy without one and add that.`);
    }
    const xml = await parts.text('content.xml');
    if (xml === null) {
      throw new UnreadableFile(`“${name}” is no OpenDocument file inside: save it anew and add that.`);
    }
    const stylesXml = (await parts.text('styles.xml')) ?? '';
    const styles = createOdfStyles();
    const progress = (done: number) => onProgress(done, 2 * xml.length, 'bytes');
    await parseMarkup([stylesXml], styles, { syntax: 'xml', signal });

    // Once for how many chapters there are and what slides are called, once for the text.
    let firstLevel = 0;
    const slides: OdfSlide[] = [];
    const nowhere = createComposer(
      { length: 0, write() {}, part() {} },
      { onHeading: (level) => void (level === 1 && firstLevel++) },
    );
    await parseMarkup([xml], createOdfWalker(nowhere, styles, { onSlideEnd: (slide) => void slides.push(slide) }), {
      syntax: 'xml',
      signal,
      onProgress: progress,
    });

    let chapter = 0;
    const hasChapters = slides.length === 0 && firstLevel > 1;
    const composer = createComposer(out, {
      listGap: slides.length > 0 ? 1 : 2,
      onHeading(level, text) {
        if (hasChapters && level === 1) composer.part({ kind: 'chapter', number: ++chapter, label: text });
      },
    });
    let slide = 0;
    const walker = createOdfWalker(composer, styles, {
      onSlideStart() {
        const { title = '', hidden = false } = slides[slide++] ?? {};
        composer.part({ kind: 'slide', number: slide, ...(title !== '' && { label: title }) });
        if (hidden) composer.text('(hidden slide)');
        if (slides.length > 0) onProgress(slide, slides.length, 'slides');
      },
    });
    await parseMarkup([xml], walker, {
      syntax: 'xml',
      signal,
      onProgress: (chars) => void (slides.length === 0 && progress(xml.length + chars)),
    });
    walker.finish();
    if (kind === 'odt') writeMargins(composer, await odfMargins(stylesXml, styles, signal));
    composer.finish();
    if (composer.empty) {
      throw new UnreadableFile(
        walker.pictures > 0
          ? `“${name}” holds pictures but no text: if they show text, run text recognition (OCR) on them and add that.`
          : `“${name}” holds no text: add a document with text in it.`,
      );
    }
    return {
      ...(slides.length > 0 && { pages: slides.length }),
      shape: shapeOf(slides.length, hasChapters),
      notice: notRead(walker.pictures, 'picture'),
    };
  } finally {
    await parts.close();
  }
};

function shapeOf(slides: number, chapters: boolean): string {
  if (slides > 0) {
    return 'Slides as Markdown; each begins with a line “=== slide N: Title ===”; speaker notes follow “Notes:”.';
  }
  return chapters
    ? 'An OpenDocument text as Markdown; each chapter (a heading of the first level) begins with a line “=== chapter N: Title ===”; notes and comments stand at the end.'
    : 'An OpenDocument text as Markdown: headings begin with #, tables are Markdown tables; notes and comments stand at the end.';
}
