/** Characters of one cell of a table; the whole is in the export. */
const MOST = 2_000;

/** A value of an answer as a cell shows it: words as they are, what has parts as JSON, nothing as nothing. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** True for what may stand in a column of numbers. */
export function isNumeric(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number';
}
