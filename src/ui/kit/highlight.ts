import { useSyncExternalStore } from 'react';

/** A piece of code and what it is; `text` pieces joined give the code again. */
export interface CodePiece {
  readonly text: string;
  readonly role: 'plain' | 'keyword' | 'string' | 'number' | 'comment' | 'call';
}

type Highlight = (code: string) => readonly CodePiece[];

const plain: Highlight = (code) => [{ text: code, role: 'plain' }];

let current: Highlight = plain;
let asked = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) {
    asked = true;
    // 47 kB that the first view does not need: until it is here, code is plain.
    void import('./highlight-javascript.ts').then(({ highlightJavaScript }) => {
      current = highlightJavaScript;
      for (const each of listeners) each();
    });
  }
  return () => listeners.delete(listener);
}

/** The highlighter for JavaScript: plain at first, coloured once its grammar is loaded. */
export const useHighlight = (): Highlight => useSyncExternalStore(subscribe, () => current);
