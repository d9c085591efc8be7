import type { Composer } from './composer.ts';
import { BLOCKS, LINES, PARTED, SKIPPED } from './html-elements.ts';
import { linkAddress } from './link-address.ts';
import type { Attributes, MarkupHandler } from './parse-markup.ts';

export interface WalkerOptions {
  /** An element with this id begins. */
  readonly onId?: (id: string) => void;
  /** The text of `<title>`. */
  readonly onTitle?: (title: string) => void;
  /** The class of a heading that is the title of the whole. */
  readonly titleClass?: string;
}

export interface HtmlWalker extends MarkupHandler {
  /** Pictures without a word on what they show. */
  readonly pictures: number;
}

interface List {
  /** Of the next item; null where items are not numbered. */
  next: number | null;
}

/** Code units of a link's text that are compared with its address, and of a title. */
const COMPARED = 500;
const WIDEST_SPAN = 1000;

/**
 * Writes what a person sees of a web page. Emphasis is left out, so that words can be found as they
 * are read. Never recurses: elements may be nested as deep as they like.
 */
export function createHtmlWalker(composer: Composer, { onId, onTitle, titleClass }: WalkerOptions = {}): HtmlWalker {
  const exits: ((() => void) | undefined)[] = [];
  const lists: List[] = [];
  let skipped = 0;
  let pre = 0;
  let pictures = 0;
  let preStart = false;
  let title: string | null = null;
  let raised: 'sup' | null = null;
  let link: { readonly address: string; text: string } | null = null;

  const block = (gap: 1 | 2, also?: () => void): (() => void) => {
    composer.block(gap);
    return () => {
      also?.();
      composer.block(gap);
    };
  };

  const openLink = (href: string | undefined): (() => void) | undefined => {
    const address = linkAddress(href);
    if (address === null || link) return undefined;
    const open = { address, text: '' };
    link = open;
    return () => {
      link = null;
      const shown = open.text.replace(/\s+/g, '');
      if (shown !== '' && !open.address.includes(shown)) composer.link(open.address);
    };
  };

  const openList = (ordered: boolean, start: string | undefined): (() => void) => {
    const first = Number.parseInt(start ?? '1', 10);
    lists.push({ next: ordered ? (Number.isSafeInteger(first) ? first : 1) : null });
    composer.openList();
    return () => {
      lists.pop();
      composer.closeList();
    };
  };
  const openItem = (value: string | undefined): (() => void) => {
    const list = lists.at(-1);
    if (!list) {
      composer.openList();
      composer.item('- ');
      return () => composer.closeList();
    }
    const given = Number.parseInt(value ?? '', 10);
    if (list.next !== null && Number.isSafeInteger(given)) list.next = given;
    composer.item(list.next === null ? '- ' : `${list.next++}. `);
    return () => composer.block(1);
  };

  const picture = ({ alt, src }: Attributes): void => {
    const words = alt?.trim() ?? '';
    // A spacer or a decoration says so with an empty alt.
    if (words !== '') composer.text(`[image: ${words}]`);
    else if (alt === undefined && src !== undefined) pictures++;
  };

  const enter = (name: string, attributes: Attributes): (() => void) | undefined => {
    switch (name) {
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        composer.openHeading(Number(name[1]), titleClass !== undefined && attributes['class'] === titleClass);
        return () => composer.closeHeading();
      case 'ul':
      case 'menu':
      case 'dir':
        return openList(false, undefined);
      case 'ol':
        return openList(true, attributes['start']);
      case 'li':
        return openItem(attributes['value']);
      case 'table':
        composer.openTable();
        return () => composer.closeTable();
      case 'tr':
        composer.openRow();
        return undefined;
      case 'td':
      case 'th':
        composer.openCell({
          columns: spanOf(attributes['colspan']),
          rows: spanOf(attributes['rowspan']),
          header: name === 'th',
        });
        return () => composer.closeCell();
      case 'br':
        if (pre > 0) composer.exact('\n');
        else composer.lineBreak();
        return undefined;
      case 'pre':
      case 'listing':
      case 'textarea':
        pre++;
        preStart = true;
        return block(2, () => pre--);
      case 'a':
        return openLink(attributes['href']);
      case 'img':
        picture(attributes);
        return undefined;
      case 'sup':
        raised = 'sup';
        return () => (raised = null);
      case 'rt':
        composer.text('(');
        return () => composer.text(')');
      case 'q':
        composer.text('“');
        return () => composer.text('”');
      case 'title':
        if (title !== null) return undefined;
        title = '';
        return () => {
          if (title) onTitle?.(title.replace(/\s+/g, ' ').trim().slice(0, COMPARED));
        };
    }
    if (PARTED.has(name)) {
      composer.text(' ');
      return () => composer.text(' ');
    }
    if (BLOCKS.has(name)) return block(2);
    return LINES.has(name) ? block(1) : undefined;
  };

  let inTitle = false;
  return {
    get pictures() {
      return pictures;
    },
    open(name, attributes) {
      if (skipped > 0 || SKIPPED.has(name) || isHidden(attributes)) {
        skipped++;
        return;
      }
      const id = attributes['id'] ?? (name === 'a' ? attributes['name'] : undefined);
      if (id !== undefined) onId?.(id);
      inTitle = name === 'title';
      exits.push(enter(name, attributes));
    },
    close(name) {
      if (skipped > 0) {
        skipped--;
        return;
      }
      if (name === 'title') inTitle = false;
      exits.pop()?.();
    },
    text(text) {
      if (skipped > 0) return;
      if (inTitle) {
        if (title !== null && title.length < COMPARED) title += text;
        return;
      }
      if (link && link.text.length < COMPARED) link.text += text;
      if (pre > 0) {
        composer.exact(preStart ? text.replace(/^\r?\n/, '') : text);
        preStart = false;
        return;
      }
      if (raised) {
        // 10⁵ is not 105.
        if (/^[-+−\d]/.test(text) && /[\p{L}\p{N})\].,;:!?”’"']/u.test(composer.last)) composer.text('^');
        raised = null;
      }
      composer.text(text);
    },
  };
}

const spanOf = (value: string | undefined): number => {
  const span = Number.parseInt(value ?? '1', 10);
  return span >= 1 ? Math.min(span, WIDEST_SPAN) : 1;
};

const isHidden = (attributes: Attributes): boolean =>
  (attributes['hidden'] !== undefined && attributes['hidden'] !== 'until-found') ||
  (attributes['style'] !== undefined && /(?:^|;)\s*display\s*:\s*none/i.test(attributes['style']));
