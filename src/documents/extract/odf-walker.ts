import { linkAddress } from './markup/link-address.ts';
import type { Composer } from './markup/composer.ts';
import { type Attributes, type MarkupHandler, attribute } from './markup/parse-markup.ts';
import { createAside } from './odf-aside.ts';
import { COMMENT_FACTS, UNSEEN, createOdfCells } from './odf-elements.ts';
import type { OdfStyles } from './odf-styles.ts';

export interface OdfSlide {
  readonly title: string;
  readonly hidden: boolean;
}

export interface OdfWalkerOptions {
  readonly onSlideStart?: () => void;
  readonly onSlideEnd?: (slide: OdfSlide) => void;
}

export interface OdfWalker extends MarkupHandler {
  /** Pictures without a word on what they show. */
  readonly pictures: number;
  /** Writes the notes and comments. */
  finish(): void;
}

/** Writes the text of an OpenDocument file, by the local names of its elements. */
export function createOdfWalker(main: Composer, styles: OdfStyles, options: OdfWalkerOptions): OdfWalker {
  const aside = createAside(main);
  const exits: ((() => void) | undefined)[] = [];
  const lists: { readonly style: string; next: number }[] = [];
  let skipped = 0;
  let inText = 0;
  let pictures = 0;
  let inTitle = false;
  let title = '';
  let slideStyle = '';
  let notesDue = false;
  let picture: { any: boolean; drawn: boolean; words: string } | null = null;
  let inWords = 0;
  const cells = createOdfCells();

  const text = (piece: string): void => {
    if (/\S/.test(piece)) {
      cells.hasText = true;
      if (notesDue) {
        notesDue = false;
        main.text('Notes:');
        main.block(1);
      }
    }
    aside.composer.text(piece);
    if (inTitle && title.length < 300) title += piece;
  };

  const paragraph = (attributes: Attributes): (() => void) => {
    const composer = aside.composer;
    const heads = composer === main && (inTitle || styles.isTitle(attribute(attributes, 'style-name') ?? ''));
    inText++;
    if (heads) composer.openHeading(1, true);
    else if (!aside.takeFirst()) composer.block(composer === main ? gap() : 1);
    if (inTitle && title !== '') title += ' ';
    return () => {
      inText--;
      if (heads) composer.closeHeading();
      else composer.block(gap());
    };
  };
  /** Lines of a slide are short, and no paragraphs. */
  const gap = (): 1 | 2 => (slideStyle === '' && lists.length === 0 ? 2 : 1);

  const heading = (attributes: Attributes): (() => void) => {
    const level = Number.parseInt(attribute(attributes, 'outline-level') ?? '1', 10);
    const composer = aside.composer;
    inText++;
    composer.openHeading(level >= 1 ? level : 1);
    return () => {
      inText--;
      composer.closeHeading();
    };
  };

  const list = (attributes: Attributes): (() => void) => {
    const composer = aside.composer;
    lists.push({ style: attribute(attributes, 'style-name') ?? lists.at(-1)?.style ?? '', next: 1 });
    composer.openList();
    return () => {
      lists.pop();
      composer.closeList();
    };
  };
  const item = (attributes: Attributes): undefined => {
    const open = lists.at(-1);
    if (!open) return undefined;
    const start = Number.parseInt(attribute(attributes, 'start-value') ?? '', 10);
    if (Number.isSafeInteger(start)) open.next = start;
    aside.composer.item(styles.isNumbered(open.style, lists.length) ? `${open.next++}. ` : '- ');
  };

  const frame = (attributes: Attributes): (() => void) => {
    const around = picture;
    const wasTitle = inTitle;
    const open = { any: false, drawn: true, words: '' };
    picture = open;
    if (attribute(attributes, 'class') === 'title' && title === '') inTitle = true;
    return () => {
      picture = around;
      inTitle = wasTitle;
      const words = open.words.replace(/\s+/g, ' ').trim();
      if (open.any && words !== '') aside.composer.text(`[image: ${words}]`);
      // Beside a table stands a picture of it.
      else if (open.any && open.drawn) pictures++;
    };
  };

  const slide = (attributes: Attributes): (() => void) => {
    title = '';
    slideStyle = attribute(attributes, 'style-name') ?? ' ';
    const given = attribute(attributes, 'name') ?? '';
    options.onSlideStart?.();
    main.block(2);
    return () => {
      const shown = title.replace(/\s+/g, ' ').trim();
      // «page1» is the number again.
      const own = shown === '' && !/^\p{L}*\s*\d+$/u.test(given) ? given : shown;
      options.onSlideEnd?.({ title: own, hidden: styles.isHidden(slideStyle) });
      slideStyle = '';
      main.block(2);
    };
  };

  const enter = (name: string, attributes: Attributes): (() => void) | undefined => {
    switch (name) {
      case 'p':
        return paragraph(attributes);
      case 'h':
        return heading(attributes);
      case 'list':
        return list(attributes);
      case 'list-item':
        return item(attributes);
      case 'table':
        if (picture) picture.drawn = false;
        aside.composer.openTable();
        return ((composer) => () => composer.closeTable())(aside.composer);
      case 'table-row':
        return cells.row(aside.composer, attributes);
      case 'table-cell':
        return cells.cell(aside.composer, attributes);
      case 's':
      case 'tab':
        text(' ');
        return undefined;
      case 'line-break':
        aside.composer.lineBreak();
        return undefined;
      case 'note-citation':
        return aside.citation();
      case 'note-body':
        return aside.note();
      case 'annotation':
        return aside.comment();
      case 'creator':
        if (!aside.inComment) return undefined;
        inText++;
        return () => {
          inText--;
          aside.composer.text(': ');
        };
      case 'ruby-text':
        text('(');
        return () => text(')');
      case 'a': {
        const address = linkAddress(attribute(attributes, 'href'));
        return address === null ? undefined : () => aside.composer.link(address);
      }
      case 'frame':
      case 'custom-shape':
      case 'rect':
      case 'g':
        return frame(attributes);
      case 'image':
        if (picture) picture.any = true;
        return undefined;
      case 'title':
      case 'desc':
        if (!picture) return undefined;
        inWords++;
        picture.words += ' ';
        return () => inWords--;
      case 'page':
        return slide(attributes);
      case 'notes':
        notesDue = true;
        main.block(2);
        return () => (notesDue = false);
    }
    return undefined;
  };

  return {
    get pictures() {
      return pictures;
    },
    open(name, attributes) {
      if (skipped > 0 || UNSEEN.has(name) || (aside.inComment && COMMENT_FACTS.has(name))) {
        skipped++;
        // What covers the cell stands beside it.
        if (skipped === 1 && name === 'covered-table-cell') cells.cell(aside.composer, attributes)();
        return;
      }
      styles.open(name, attributes);
      exits.push(enter(name, attributes));
    },
    close() {
      if (skipped > 0) skipped--;
      else exits.pop()?.();
    },
    text(piece) {
      if (skipped > 0) return;
      if (inWords > 0 && picture) picture.words += piece.slice(0, 1000);
      else if (aside.inCitation) aside.cite(piece);
      else if (inText > 0) text(piece);
    },
    finish: () => aside.finish(),
  };
}
