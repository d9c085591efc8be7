import { type MarkupHandler, attribute } from './markup/parse-markup.ts';

/** What the styles of an OpenDocument file say that its text does not. As a handler it learns them. */
export interface OdfStyles extends MarkupHandler {
  /** Whether items of such a list, so deep (from 1), are numbered. */
  isNumbered(list: string, level: number): boolean;
  /** Whether paragraphs of this style are the title of the document. */
  isTitle(style: string): boolean;
  /** Whether slides of this style are not shown. */
  isHidden(style: string): boolean;
}

/** Styles that stand on each other; more would be a circle. */
const LONGEST_LINE = 20;

export function createOdfStyles(): OdfStyles {
  const numbered = new Set<string>();
  const parents = new Map<string, string>();
  const hidden = new Set<string>();
  let list = '';
  let style = '';
  return {
    open(name, attributes) {
      switch (name) {
        case 'list-style':
          list = attribute(attributes, 'name') ?? '';
          return;
        case 'list-level-style-number':
          if ((attribute(attributes, 'num-format') ?? '') !== '') {
            numbered.add(`${attribute(attributes, 'level') ?? '1'} ${list}`);
          }
          return;
        case 'style': {
          style = attribute(attributes, 'name') ?? '';
          const parent = attribute(attributes, 'parent-style-name');
          if (parent !== undefined) parents.set(style, parent);
          return;
        }
        case 'drawing-page-properties':
          if (attribute(attributes, 'visibility') === 'hidden') hidden.add(style);
      }
    },
    close() {},
    text() {},
    isNumbered: (name, level) => numbered.has(`${level} ${name}`),
    isTitle(name) {
      let at: string | undefined = name;
      for (let i = 0; at !== undefined && i < LONGEST_LINE; i++) {
        if (at === 'Title') return true;
        at = parents.get(at);
      }
      return false;
    },
    isHidden: (name) => hidden.has(name),
  };
}
