import type { AnswerFormat } from './events.ts';

/** A value as rows; a cell may be any JSON value, undefined where a row has none. */
export interface AnswerTable {
  readonly columns: readonly string[];
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly unknown[])[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** A value with more columns is no table that anybody could read. */
const MOST_COLUMNS = 1_000;
/** What the column of an object's own names is called: the first that no row has itself. */
const NAMES = ['key', 'name', 'row', '#'];
const VALUE = 'value';
/** What the column of values among objects is called, likewise. */
const VALUES = [VALUE, 'item', 'other'];

/**
 * A JSON value as a table: an array of objects has a column for each of their keys, in the order in
 * which they first come; an array of arrays one for each place; an array of anything else one alone.
 * An object has a row for each of its keys: with the key and the columns of its values where those
 * are all objects or all arrays, with the key and the value else. An object around nothing but one
 * array is that array.
 * @returns null for what has no rows, or is no array and no object.
 */
export function readTable(json: unknown): AnswerTable | null {
  if (Array.isArray(json)) return tableOf(json);
  if (!isObject(json)) return null;
  const entries = Object.entries(json);
  const [only] = entries;
  if (entries.length === 1 && only && Array.isArray(only[1]) && only[1].length > 0) return tableOf(only[1]);
  if (entries.length === 0) return null;
  const values = entries.map(([, value]) => value);
  if (!values.every(isObject) && !values.every(Array.isArray)) return { columns: [NAMES[0] ?? '', VALUE], rows: entries };
  const inner = tableOf(values);
  if (inner === null) return { columns: [NAMES[0] ?? '', VALUE], rows: entries };
  const name = NAMES.find((one) => !inner.columns.includes(one)) ?? '';
  return { columns: [name, ...inner.columns], rows: inner.rows.map((row, index) => [entries[index]?.[0], ...row]) };
}

/** The answer as JSON: what is JSON already as it is, a text as a JSON string. */
export function answerJson(text: string, format: AnswerFormat): string {
  return format === 'json' ? text : JSON.stringify(text);
}

function tableOf(items: readonly unknown[]): AnswerTable | null {
  if (items.length === 0) return null;
  if (items.every(Array.isArray)) return tableOfArrays(items);
  return items.some(isObject) ? tableOfObjects(items) : { columns: [VALUE], rows: items.map((item) => [item]) };
}

function tableOfArrays(items: readonly (readonly unknown[])[]): AnswerTable | null {
  const width = items.reduce((most, { length }) => Math.max(most, length), 0);
  if (width === 0 || width > MOST_COLUMNS) return null;
  const places = Array.from({ length: width }, (_, place) => place);
  return { columns: places.map((place) => `column ${place + 1}`), rows: items.map((item) => places.map((place) => item[place])) };
}

/** What is no object among objects has a column of its own, after theirs. */
function tableOfObjects(items: readonly unknown[]): AnswerTable | null {
  const keys = new Set<string>();
  for (const item of items) {
    if (isObject(item)) for (const key of Object.keys(item)) keys.add(key);
    if (keys.size > MOST_COLUMNS) return null;
  }
  const columns = [...keys];
  const rest = items.every(isObject) ? [] : [VALUES.find((name) => !keys.has(name)) ?? ''];
  if (columns.length + rest.length === 0) return null;
  const rows = items.map((item) => {
    const row = columns.map((key) => (isObject(item) && Object.hasOwn(item, key) ? item[key] : undefined));
    return rest.length === 0 ? row : [...row, isObject(item) ? undefined : item];
  });
  return { columns: [...columns, ...rest], rows };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
