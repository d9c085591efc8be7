import { type Package, openPackage } from '../archive/open-package.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { Extractor } from './extractor.ts';
import { type Composer, createComposer } from './markup/composer.ts';
import { notRead, sentences } from './markup/notices.ts';
import { type Relation, relationsOf } from './markup/relations.ts';
import { readChart } from './pptx-chart.ts';
import { readLines } from './pptx-lines.ts';
import { placeholderPlaces, readingOrder } from './pptx-order.ts';
import { slideRelations } from './pptx-presentation.ts';
import { type Block, type Slide, readSlide } from './pptx-slide.ts';

/**
 * The text of slides in their order: the title, then what is on the slide from top to bottom and
 * left to right, charts as tables, the speaker's notes, comments. Hidden slides are marked.
 */
export const extractPptx: Extractor = async (file, { name, out, signal, onProgress }) => {
  const parts = await openPackage(file, name, signal);
  try {
    const slides = await slideRelations(parts, signal);
    if (slides.length === 0) {
      throw new UnreadableFile(`“${name}” holds no slides: open it in PowerPoint, save it anew and add that.`);
    }
    const composer = createComposer(out);
    const places = placeholderPlaces(parts, signal);
    const footers = new Set<string>();
    let pictures = 0;
    let missing = 0;
    for (const [i, path] of slides.entries()) {
      signal.throwIfAborted();
      onProgress(i, slides.length, 'slides');
      const xml = await parts.text(path);
      if (xml === null) {
        missing++;
        continue;
      }
      const slide = await readSlide(xml, signal);
      const relations = await relationsOf(parts, path, signal);
      const layout = relations.find(({ type }) => type === 'slideLayout')?.path;
      const shapes = readingOrder(slide.shapes, layout === undefined ? new Map() : await places(layout));
      composer.part({ kind: 'slide', number: i + 1, ...(slide.title !== '' && { label: slide.title }) });
      await writeSlide({ ...slide, shapes }, { parts, relations, composer, footers, signal });
      pictures += slide.pictures;
    }
    composer.finish();
    onProgress(slides.length, slides.length, 'slides');
    if (composer.empty) {
      throw new UnreadableFile(
        `“${name}” holds no text on its slides: if they are pictures of text, run text recognition (OCR) and add that.`,
      );
    }
    return {
      pages: slides.length,
      shape: 'Slides as Markdown; each begins with a line “=== slide N: Title ===”; speaker notes follow “Notes:”.',
      notice: sentences([
        missing > 0 && `${missing === 1 ? 'One slide that it lists is' : `${missing} slides that it lists are`} missing.`,
        notRead(pictures, 'picture'),
      ]),
    };
  } finally {
    await parts.close();
  }
};

interface Around {
  readonly parts: Package;
  readonly relations: readonly Relation[];
  readonly composer: Composer;
  /** Footers that have been written: they are the same on every slide. */
  readonly footers: Set<string>;
  readonly signal: AbortSignal;
}

async function writeSlide(slide: Slide, around: Around): Promise<void> {
  const { parts, relations, composer, footers, signal } = around;
  if (slide.hidden) {
    composer.block(2);
    composer.text('(hidden slide)');
  }
  for (const shape of slide.shapes) {
    composer.block(2);
    if (shape.placeholder === 'ftr') {
      const text = JSON.stringify(shape.blocks);
      if (footers.has(text)) continue;
      footers.add(text);
    }
    if (shape.isTitle) {
      composer.openHeading(1, true);
      for (const block of shape.blocks) if (block.kind === 'line') composer.text(`${block.text} `);
      composer.closeHeading();
    } else for (const block of shape.blocks) await writeBlock(block, around);
  }
  const linked = async (type: string): Promise<readonly string[]> => {
    const lines: string[] = [];
    for (const { path } of relations.filter((relation) => relation.type === type)) {
      const xml = await parts.text(path);
      if (xml !== null) lines.push(...(await readLines(xml, signal)));
    }
    return lines;
  };
  for (const [heading, type] of [
    ['Notes:', 'notesSlide'],
    ['Comments:', 'comments'],
  ] as const) {
    const lines = await linked(type);
    if (lines.length > 0) writeLines(composer, [heading, ...lines]);
  }
  composer.block(2);
}

async function writeBlock(block: Block, { parts, relations, composer, signal }: Around): Promise<void> {
  switch (block.kind) {
    case 'line':
      composer.block(1);
      if (block.level === null) composer.text(block.text);
      else composer.exact(`${'  '.repeat(block.level)}- ${block.text}`);
      return;
    case 'table':
      return writeTable(composer, block.rows);
    case 'chart':
    case 'diagram': {
      const path = relations.find(({ id }) => id === block.id)?.path;
      const xml = path === undefined ? null : await parts.text(path);
      if (xml === null) return;
      if (block.kind === 'diagram') return writeLines(composer, await readLines(xml, signal));
      const { title, rows } = await readChart(xml, signal);
      writeLines(composer, [title === '' ? '[chart]' : `[chart: ${title}]`]);
      return writeTable(composer, rows);
    }
  }
}

function writeLines(composer: Composer, lines: readonly string[]): void {
  composer.block(2);
  for (const line of lines) {
    composer.block(1);
    composer.text(line);
  }
  composer.block(2);
}

function writeTable(composer: Composer, rows: readonly (readonly string[])[]): void {
  composer.openTable();
  for (const row of rows) {
    composer.openRow();
    for (const cell of row) {
      composer.openCell();
      composer.text(cell);
      composer.closeCell();
    }
  }
  composer.closeTable();
}
