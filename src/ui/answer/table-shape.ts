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
 * are totals, or one column of numbers that falls from row to row, the lead column is a breakdown
 * or a ranking: its cells get their share of the largest as `--bar`, for a bar drawn to scale.
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
  const columns = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const numeric = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => column > 0 && holdsNumbers(body.map(({ cells }) => cells[column])),
  );
  for (const { cells } of rows) {
    for (const column of numeric) mark(cells[column], 'dataNumeric');
  }
  const last = body.at(-1);
  const hasTotal = body.length > 1 && TOTAL.test(textOf(last?.cells[0]).trim());
  if (hasTotal) mark(last?.row, 'dataTotal');

  const [lead] = numeric;
  if (lead === undefined) return;
  const cells = rows.map((row) => row.cells[lead]);
  for (const cell of cells) mark(cell, 'dataLead');
  const values = (hasTotal ? body.slice(0, -1) : body).map((row) => numberOf(textOf(row.cells[lead])));
  if (hasTotal ? isBreakdown(values) : numeric.length === 1 && isRanking(values)) drawBars(cells, values);
}

/** True where every cell that is not empty holds a number, and some do. */
function holdsNumbers(cells: readonly (TreeNode | undefined)[]): boolean {
  const texts = cells.map((cell) => textOf(cell).trim()).filter((text) => text !== '');
  return texts.length > 0 && texts.every((text) => NUMBER.test(text));
}

const isBreakdown = (values: readonly number[]): boolean =>
  Math.max(...values) > 0 && values.every((value) => value >= 0);

/** Falling values of one kind; years and page numbers, which hardly differ, are no amounts. */
const isRanking = (values: readonly number[]): boolean =>
  values.length > 2 &&
  isBreakdown(values) &&
  values.every((value, index) => value <= (values[index - 1] ?? Infinity)) &&
  (values[0] ?? 0) >= 1.5 * (values.at(-1) ?? 0);

/** Bars for the rows of `values`; header and total get none, and keep the room. */
function drawBars(cells: readonly (TreeNode | undefined)[], values: readonly number[]): void {
  const largest = Math.max(...values);
  for (const [index, cell] of cells.entries()) {
    mark(cell, 'dataBar');
    const value = values[index - 1];
    if (cell?.properties && value !== undefined) cell.properties['style'] = `--bar: ${(value / largest).toFixed(4)}`;
  }
}

/** `1,204` and `€11,480` as numbers; NaN where it is not sure which mark is which. */
const numberOf = (text: string): number => Number(text.replaceAll(/[\p{Sc}\s%,]/gu, '') || Number.NaN);

function mark(node: TreeNode | undefined, name: string): void {
  if (node) node.properties = { ...node.properties, [name]: true };
}

const isCell = (node: TreeNode): boolean => node.tagName === 'td' || node.tagName === 'th';

const find = (node: TreeNode, tag: string): TreeNode[] =>
  (node.children ?? []).flatMap((child) => (child.tagName === tag ? [child] : find(child, tag)));

const textOf = (node: TreeNode | undefined): string =>
  node?.value ?? (node?.children ?? []).map(textOf).join('');
