import { type Composer, createComposer } from './markup/composer.ts';

/** Footnotes, endnotes and comments: they stand in the middle of a text and are written after it. */
export interface Aside {
  /** Where text goes now: into the document, its notes or its comments. */
  readonly composer: Composer;
  readonly inComment: boolean;
  readonly inCitation: boolean;
  /** The number of a note begins. Returns what ends it, as do the others. */
  citation(): () => void;
  cite(text: string): void;
  note(): () => void;
  comment(): () => void;
  /** Whether the first paragraph of a note begins, which stands on the line of its number. Asked once. */
  takeFirst(): boolean;
  /** Writes notes and comments into the document. */
  finish(): void;
}

export function createAside(main: Composer): Aside {
  const notes: string[] = [];
  const comments: string[] = [];
  let composer = main;
  let inComment = false;
  let inCitation = false;
  let number = '';
  let first = false;

  /** A note inside a note stays where it is. */
  const divert = (into: string[], label: string): (() => void) => {
    if (composer !== main) return () => {};
    composer = createComposer({ length: 0, write: (text) => void into.push(text), part() {} });
    composer.text(label);
    first = true;
    return () => {
      composer.finish();
      composer = main;
    };
  };

  const write = (heading: string, texts: readonly string[]): void => {
    if (texts.length === 0) return;
    main.block(2);
    main.text(heading);
    main.block(1);
    main.exact(texts.join('').trimEnd());
    main.block(2);
  };

  let commentCount = 0;
  return {
    get composer() {
      return composer;
    },
    get inComment() {
      return inComment;
    },
    get inCitation() {
      return inCitation;
    },
    citation() {
      number = '';
      inCitation = true;
      return () => {
        inCitation = false;
        number = `[${number.trim()}]`;
        composer.text(number);
      };
    },
    cite: (text) => void (number += text.slice(0, 20)),
    note: () => divert(notes, `${number} `),
    comment() {
      if (inComment) return () => {};
      const label = `[comment ${++commentCount}]`;
      composer.text(label);
      const end = divert(comments, `${label} `);
      inComment = true;
      return () => {
        inComment = false;
        end();
      };
    },
    takeFirst() {
      const was = first;
      first = false;
      return was;
    },
    finish() {
      write('Notes:', notes);
      write('Comments:', comments);
    },
  };
}
