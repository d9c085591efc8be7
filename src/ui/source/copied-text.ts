import { rowAt, type Row } from './rows.ts';

/**
 * The text of what is selected in `container`, as the document has it: rows of one line are joined,
 * and signs that are shown as pictures are themselves. Null where nothing in it is selected.
 */
export function copiedText(container: Element, rows: readonly Row[], selection: Selection | null): string | null {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let text = '';
  let isAny = false;
  for (const element of container.querySelectorAll<HTMLElement>('[data-from]')) {
    if (!range.intersectsNode(element)) continue;
    const row = rows[rowAt(rows, Number(element.dataset['from']))];
    const span = element.lastElementChild;
    if (!row || !span) continue;
    const begin = span.contains(range.startContainer) ? offsetIn(span, range.startContainer, range.startOffset) : 0;
    const isLast = span.contains(range.endContainer);
    const end = isLast ? offsetIn(span, range.endContainer, range.endOffset) : row.text.length;
    text += row.text.slice(begin, end);
    if (!isLast && row.to > row.from + row.text.length) text += '\n';
    isAny = true;
  }
  return isAny ? text : null;
}

/** Characters of `span` before a place in it. */
function offsetIn(span: Element, node: Node, offset: number): number {
  const before = document.createRange();
  before.setStart(span, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}
