/** The part of an HTML syntax tree that this file reads and marks. */
interface TreeNode {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  properties?: Record<string, unknown>;
  readonly children?: readonly TreeNode[];
}

const NUMBER = /^[-−+±≈~<>≤≥]?\s*[\p{Sc}]?\s*[-−]?\d[\d.,\s\u202f]*\s*(?:%|[\p{Sc}]|[a-zA-Zµ]{1,4})?$/u;
const TOTAL = /^(?:all|total|sum|overall)\b/iu;

/**
 * Marks the tables of a Markdown tree: cells of columns that hold numbers only get
 * `data-numeric`, the first of them `data-lead`, and a last row of totals `data-total`. Where there
 * are totals, the lead column is a breakdown, and its cells get their share of the largest as
 * `--bar`, for a bar drawn to scale.
 */
export function markTables() {
  return (tree: TreeNode): void => {
    const open: TreeNode[] = [tree];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.tagName === 'table') markTable(node);
      else open.push(...(node.children ?? []));
    }
  };
}

function markTable(table: TreeNode): void {
  const rows = find(table, 'tr').map((row) => ({ row, cells: (row.children ?? []).filter(isCell) }));
  const body = rows.slice(1);
  if (body.length === 0) return;
  const columns = Math.max(...rows.map(({ cells }) => cells.length));
  let lead = true;
  for (let column = 0; column < columns; column += 1) {
    const texts = body.flatMap(({ cells }) => {
      const cell = cells[column];
      const text = cell ? textOf(cell).trim() : '';
      return text === '' ? [] : [text];
    });
    if (column === 0 || texts.length === 0 || !texts.every((text) => NUMBER.test(text))) continue;
    for (const { cells } of rows) mark(cells[column], lead ? ['dataNumeric', 'dataLead'] : ['dataNumeric']);
    lead = false;
  }
  const last = body.at(-1);
  const label = last?.cells[0];
  if (body.length < 2 || !last || !label || !TOTAL.test(textOf(label).trim())) return;
  mark(last.row, ['dataTotal']);
  drawBars(rows.map(({ cells }) => cells), lead);
}

/** Gives the lead column of a breakdown its bars; header and total get none, and keep the room. */
function drawBars(rows: readonly (readonly TreeNode[])[], withoutLead: boolean): void {
  if (withoutLead) return;
  const column = rows.map((cells) => cells.find((cell) => cell.properties?.['dataLead'] === true));
  const values = column.slice(1, -1).map((cell) => (cell ? numberOf(textOf(cell)) : Number.NaN));
  const largest = Math.max(...values);
  if (!(largest > 0) || values.some((value) => !(value >= 0))) return;
  for (const [index, cell] of column.entries()) {
    mark(cell, ['dataBar']);
    const value = values[index - 1];
    if (cell?.properties && value !== undefined) cell.properties['style'] = `--bar: ${(value / largest).toFixed(4)}`;
  }
}

/** `1,204` and `€11,480` as numbers; NaN where it is not sure which mark is which. */
const numberOf = (text: string): number => Number(text.replaceAll(/[\p{Sc}\s%,]/gu, '') || Number.NaN);

function mark(node: TreeNode | undefined, names: readonly string[]): void {
  if (node) node.properties = { ...node.properties, ...Object.fromEntries(names.map((name) => [name, true])) };
}

const isCell = (node: TreeNode): boolean => node.tagName === 'td' || node.tagName === 'th';

const find = (node: TreeNode, tag: string): TreeNode[] =>
  (node.children ?? []).flatMap((child) => (child.tagName === tag ? [child] : find(child, tag)));

const textOf = (node: TreeNode): string => node.value ?? (node.children ?? []).map(textOf).join('');
