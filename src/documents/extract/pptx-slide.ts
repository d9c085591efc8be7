import { type Attributes, attribute, parseMarkup, prefixed } from './markup/parse-markup.ts';

/** In the slide's own units, from its top left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export type Block =
  /** `level` is null for what is no item of a list. */
  | { readonly kind: 'line'; readonly text: string; readonly level: number | null }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  /** `id` of the relation to the part that holds it. */
  | { readonly kind: 'chart' | 'diagram'; readonly id: string };

export interface Shape {
  readonly place: Place | null;
  /** The type of placeholder it fills («body» where it says none), and its index. */
  readonly placeholder: string | null;
  readonly index: string | null;
  readonly isTitle: boolean;
  readonly blocks: readonly Block[];
}

export interface Slide {
  readonly title: string;
  readonly hidden: boolean;
  readonly shapes: readonly Shape[];
  /** Without a word on what they show. */
  readonly pictures: number;
}

/** Shapes; `grpSp` holds others. */
const SHAPES: ReadonlySet<string> = new Set(['sp', 'pic', 'graphicFrame', 'cxnSp']);
/** What is on every slide and says nothing of it. */
const NO_TEXT: ReadonlySet<string> = new Set(['sldNum', 'dt']);
const LONGEST_TITLE = 300;
const DEEPEST_LEVEL = 8;

/** Reads what stands on a slide (or a layout), in the order of the file. */
export async function readSlide(xml: string, signal: AbortSignal): Promise<Slide> {
  const reader = createReader();
  await parseMarkup([xml], reader, { syntax: 'xml', signal });
  return reader.slide();
}

interface OpenShape {
  x: number | null;
  y: number | null;
  height: number;
  placeholder: string | null;
  index: string | null;
  words: string;
  picture: boolean;
  readonly blocks: Block[];
}

function createReader() {
  const shapes: Shape[] = [];
  const groups: { dx: number; dy: number; off: [number, number] }[] = [];
  let hidden = false;
  let pictures = 0;
  let title = '';
  let fallback = 0;
  let shape: OpenShape | null = null;
  let rows: string[][] | null = null;
  let line = '';
  let level = 0;
  let bullet: boolean | null = null;
  let inText = false;

  const number = (attributes: Attributes, name: string): number => Number.parseInt(attribute(attributes, name) ?? '', 10) || 0;

  const endParagraph = (): void => {
    const text = line.replace(/\s+/g, ' ').trim();
    line = '';
    if (!shape || text === '') return;
    const cell = rows?.at(-1);
    if (cell && cell.length > 0) cell[cell.length - 1] += `${cell.at(-1) === '' ? '' : ' '}${text}`;
    else {
      const isItem = bullet ?? (level > 0 || shape.placeholder === 'body');
      shape.blocks.push({ kind: 'line', text, level: isItem ? level : null });
    }
  };

  const endShape = (): void => {
    if (!shape) return;
    const { x, y, height, placeholder, index, words, picture, blocks } = shape;
    shape = null;
    if (picture) {
      if (words === '') pictures++;
      else blocks.push({ kind: 'line', text: `[image: ${words}]`, level: null });
    }
    const isTitle = placeholder === 'title' || placeholder === 'ctrTitle';
    if (isTitle && title === '') {
      title = blocks.map((block) => (block.kind === 'line' ? block.text : '')).join(' ').slice(0, LONGEST_TITLE);
    }
    const group = groups.at(-1);
    const place = x === null || y === null ? null : { x: x + (group?.dx ?? 0), y: y + (group?.dy ?? 0), height };
    shapes.push({ place, placeholder, index, isTitle, blocks: NO_TEXT.has(placeholder ?? '') ? [] : blocks });
  };

  const enter = (name: string, attributes: Attributes): void => {
    if (SHAPES.has(name)) {
      endShape();
      shape = { x: null, y: null, height: 0, placeholder: null, index: null, words: '', picture: name === 'pic', blocks: [] };
      return;
    }
    switch (name) {
      case 'sld':
        hidden = /^(?:0|false)$/.test(attribute(attributes, 'show') ?? '');
        return;
      case 'grpSp': {
        const { dx = 0, dy = 0 } = groups.at(-1) ?? {};
        groups.push({ dx, dy, off: [0, 0] });
        return;
      }
      case 'off': {
        const at: [number, number] = [number(attributes, 'x'), number(attributes, 'y')];
        const group = groups.at(-1);
        if (shape) {
          shape.x ??= at[0];
          shape.y ??= at[1];
        } else if (group) group.off = at;
        return;
      }
      case 'chOff': {
        const group = groups.at(-1);
        if (!group || shape) return;
        // What is scaled in a group still stands near its corner.
        group.dx += group.off[0] - number(attributes, 'x');
        group.dy += group.off[1] - number(attributes, 'y');
        return;
      }
      case 'ext':
        if (shape && shape.height === 0) shape.height = number(attributes, 'cy');
        return;
      case 'cNvPr':
        if (shape) shape.words ||= (attribute(attributes, 'descr') ?? '').replace(/\s+/g, ' ').trim();
        return;
      case 'ph':
        if (!shape) return;
        shape.placeholder = attribute(attributes, 'type') ?? 'body';
        if (shape.placeholder === 'obj') shape.placeholder = 'body';
        shape.index = attribute(attributes, 'idx') ?? null;
        return;
      case 'p':
        line = '';
        level = 0;
        bullet = null;
        return;
      case 'pPr':
        level = Math.max(0, Math.min(DEEPEST_LEVEL, number(attributes, 'lvl')));
        return;
      case 'buNone':
        bullet = false;
        return;
      case 'buChar':
      case 'buAutoNum':
        bullet = true;
        return;
      case 't':
        inText = true;
        return;
      case 'br':
      case 'tab':
        line += ' ';
        return;
      case 'tbl':
        rows = [];
        return;
      case 'tr':
        rows?.push([]);
        return;
      case 'tc':
        rows?.at(-1)?.push('');
        return;
      case 'chart': {
        const id = prefixed(attributes, 'id');
        if (shape && id !== undefined) shape.blocks.push({ kind: 'chart', id });
        return;
      }
      case 'relIds': {
        const id = prefixed(attributes, 'dm');
        if (shape && id !== undefined) shape.blocks.push({ kind: 'diagram', id });
      }
    }
  };

  const leave = (name: string): void => {
    if (SHAPES.has(name)) return endShape();
    switch (name) {
      case 'grpSp':
        endShape();
        groups.pop();
        return;
      case 't':
        inText = false;
        return;
      case 'p':
        return endParagraph();
      case 'tbl':
        if (shape && rows) shape.blocks.push({ kind: 'table', rows });
        rows = null;
    }
  };

  return {
    open(name: string, attributes: Attributes): void {
      if (fallback > 0 || name === 'Fallback') fallback++;
      else enter(name, attributes);
    },
    close(name: string): void {
      if (fallback > 0) fallback--;
      else leave(name);
    },
    text(text: string): void {
      if (inText && fallback === 0) line += text;
    },
    slide: (): Slide => ({ title, hidden, shapes, pictures }),
  };
}
