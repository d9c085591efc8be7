/** The part of an HTML syntax tree that this file reads and changes. */
export interface AnswerNode {
  readonly type: string;
  readonly tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: AnswerNode[];
}

/** A citation as it is looked for in the answer: its words, and its place in the list of all. */
export interface Wanted {
  readonly index: number;
  readonly quote: string;
}

/** Elements whose own text is read as one: a quote does not go beyond them. */
export const BLOCKS: ReadonlySet<string> = new Set(['p', 'li', 'td', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dd', 'dt', 'blockquote']);
const SKIPPED = new Set(['pre', 'a']);

/**
 * Marks in the tree of an answer where it cites: the words become `<cite data-index>` and the last
 * of them also `data-last`. White space and the marks of Markdown are looked past; a quote that runs
 * over bold words is marked in pieces. Longer citations come before shorter ones inside them, and
 * what is marked once is not marked again.
 */
export function markCitations(wanted: readonly Wanted[]) {
  const all = wanted
    .map(({ index, quote }) => ({ index, words: folded(plain(quote)).text.trim() }))
    .filter(({ words }) => words !== '')
    .sort((a, b) => b.words.length - a.words.length);
  return () =>
    (tree: AnswerNode): void => {
      if (all.length === 0) return;
      for (const block of blocksOf(tree)) markBlock(block, all);
    };
}

const plain = (quote: string): string => quote.replace(/^#{1,6}\s+/gm, '').replace(/\\([\\`*_{}[\]()#+\-.!>~|])/g, '$1').replace(/\*\*|__|`|~~/g, '').replace(/(^|\s)[*_](?=\S)|(?<=\S)[*_](?=\s|$)/g, '$1');

/** Blocks that hold text of their own, and none of the others inside them. */
function blocksOf(tree: AnswerNode): AnswerNode[] {
  const found: AnswerNode[] = [];
  const open: AnswerNode[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.tagName !== undefined && SKIPPED.has(node.tagName)) continue;
    const isBlock = node.type === 'root' || (node.tagName !== undefined && BLOCKS.has(node.tagName));
    if (isBlock && textsOf(node).length > 0) found.push(node);
    open.push(...(node.children ?? []));
  }
  return found;
}

interface TextAt {
  readonly parent: AnswerNode;
  readonly node: AnswerNode & { value: string };
  /** Units of the block's text before it. */
  readonly from: number;
}

/** The texts of a block in order, without those of blocks inside it. */
function textsOf(block: AnswerNode): TextAt[] {
  const found: TextAt[] = [];
  let from = 0;
  const walk = (parent: AnswerNode): void => {
    for (const node of parent.children ?? []) {
      if (isText(node)) {
        found.push({ parent, node, from });
        from += node.value.length;
      } else if (node.tagName !== undefined && !BLOCKS.has(node.tagName) && !SKIPPED.has(node.tagName)) walk(node);
    }
  };
  walk(block);
  return found;
}

const isText = (node: AnswerNode): node is AnswerNode & { value: string } =>
  node.type === 'text' && node.value !== undefined;

function markBlock(block: AnswerNode, all: readonly { readonly index: number; readonly words: string }[]): void {
  const texts = textsOf(block);
  const whole = texts.map(({ node }) => node.value).join('');
  const { text, at } = folded(whole);
  const taken: { readonly from: number; readonly to: number; readonly index: number }[] = [];
  for (const { index, words } of all) {
    for (let found = text.indexOf(words); found !== -1; found = text.indexOf(words, found + words.length)) {
      const [from, to] = withMarks(whole, at[found] ?? 0, (at[found + words.length - 1] ?? whole.length - 1) + 1);
      if (!taken.some((one) => from < one.to && one.from < to)) taken.push({ from, to, index });
    }
  }
  // From the end, so that the places of those before stay true.
  for (const mark of taken.sort((a, b) => b.from - a.from)) wrap(texts, mark);
}

/** The quotation marks around a quote belong to it: its pin comes after them. */
function withMarks(text: string, from: number, to: number): readonly [from: number, to: number] {
  const around = (text[from - 1] ?? '') + (text[to] ?? '');
  return PAIRS.has(around) ? [from - 1, to + 1] : [from, to];
}

const PAIRS = new Set(['“”', '""', '«»', '„“', '„”', '»«', '‹›', '‘’', '「」', "''"]);

function wrap(texts: readonly TextAt[], { from, to, index }: { from: number; to: number; index: number }): void {
  const touched = texts.filter(({ node, from: start }) => start < to && from < start + node.value.length);
  touched.forEach(({ parent, node, from: start }, nth) => {
    const begin = Math.max(0, from - start);
    const end = Math.min(node.value.length, to - start);
    const rest = node.value.slice(end);
    const cite: AnswerNode = {
      type: 'element',
      tagName: 'cite',
      properties: { dataIndex: String(index), ...(nth === touched.length - 1 && { dataLast: 'true' }) },
      children: [{ type: 'text', value: node.value.slice(begin, end) }],
    };
    const place = parent.children?.indexOf(node) ?? -1;
    // The node keeps what stands before: earlier marks lie there.
    node.value = node.value.slice(0, begin);
    parent.children?.splice(place + 1, 0, cite, ...(rest === '' ? [] : [{ type: 'text', value: rest }]));
  });
}

/** A text with every run of white space as one space, and where each of its units was. */
function folded(source: string): { readonly text: string; readonly at: readonly number[] } {
  let text = '';
  const at: number[] = [];
  for (let i = 0; i < source.length; i++) {
    const unit = source[i] ?? '';
    const isSpace = /\s/.test(unit);
    if (isSpace && (text === '' || text.endsWith(' '))) continue;
    text += isSpace ? ' ' : unit;
    at.push(i);
  }
  return { text, at };
}
