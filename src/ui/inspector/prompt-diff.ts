/** Lines of a text that stand in one place, and how many characters they hold, line breaks included. */
export interface Stretch {
  readonly lines: readonly string[];
  readonly chars: number;
}

/** What one prompt has that another has not: between equal lines at the start and at the end. */
export interface PromptDiff {
  readonly start: Stretch;
  /** Lines of the other prompt alone. */
  readonly removed: Stretch;
  /** Lines of this prompt alone. */
  readonly added: Stretch;
  readonly end: Stretch;
}

/**
 * `text` against `other` by lines: the equal lines at the start, those at the end, and all between
 * as changed. Prompts of a fan-out differ in one place, so this is what a full diff would say of
 * them; where they differ in more, the equal lines in between are counted as changed.
 */
export function diffPrompts(other: string, text: string): PromptDiff {
  const before = other.split('\n');
  const after = text.split('\n');
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    start: stretch(after.slice(0, start)),
    removed: stretch(before.slice(start, before.length - end)),
    added: stretch(after.slice(start, after.length - end)),
    end: stretch(after.slice(after.length - end)),
  };
}

const stretch = (lines: readonly string[]): Stretch => ({
  lines,
  chars: lines.reduce((all, line) => all + line.length + 1, 0),
});

/** Lines at the start that all of `texts` share, counted in lines of the first. */
export function sharedLines(texts: readonly string[]): number {
  const [first, ...rest] = texts;
  if (first === undefined) return 0;
  let shared = first.length;
  for (const text of rest) {
    let same = 0;
    const most = Math.min(shared, text.length);
    while (same < most && first.charCodeAt(same) === text.charCodeAt(same)) same += 1;
    shared = same;
  }
  return first.slice(0, shared).split('\n').length - (rest.length > 0 || shared < first.length ? 1 : 0);
}

/** The part of `text` that differs from `other`, as a stretch between equal characters; null where they are equal. */
export function differingPart(other: string, text: string): { readonly from: number; readonly to: number } | null {
  if (other === text) return null;
  const most = Math.min(other.length, text.length);
  let from = 0;
  while (from < most && other[from] === text[from]) from += 1;
  let same = 0;
  while (same < most - from && other[other.length - 1 - same] === text[text.length - 1 - same]) same += 1;
  // Whole words, and whole characters.
  while (from > 0 && /[\p{L}\p{N}]/u.test(text[from - 1] ?? '')) from -= 1;
  let to = text.length - same;
  while (to < text.length && /[\p{L}\p{N}]/u.test(text[to] ?? '')) to += 1;
  return { from, to };
}
