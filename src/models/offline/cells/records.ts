import type { Shape } from '../shape.ts';
import { js, literal } from './cell.ts';
import type { Turn } from './cell.ts';

/** The part of the cell that makes `records` out of the texts, one version a shape. */
function reader(shape: Shape, small: boolean): string {
  switch (shape.kind) {
    case 'table':
      return table(shape.delimiter, shape.header, shape.columns);
    case 'jsonl':
      return js`
const records = [];
for (const text of texts) for (const line of linesOf(text)) {
  if (line.trim() === '') continue;
  try {
    records.push(flatten(JSON.parse(line)));
  } catch {
    records.push({ text: line }); // a line that is no JSON is still a record
  }
}`;
    case 'json':
      return js`
// The records of a JSON file are its longest array, wherever it stands.
const arraysIn = (value) => (Array.isArray(value) ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(arraysIn) : []);
const records = texts
  .flatMap((text) => arraysIn(JSON.parse(text)).sort((a, b) => b.length - a.length)[0] ?? [])
  .map((one) => (one && typeof one === 'object' ? flatten(one) : { value: String(one) }));`;
    case 'log':
      return js`
// A log line: its level, its key=value pairs, and its other first words by their place.
const LEVELS = new Set(['TRACE', 'DEBUG', 'INFO', 'NOTICE', 'WARN', 'WARNING', 'ERROR', 'FATAL', 'CRITICAL']);
const plainOf = new Map(); // words come again and again: strip the brackets of each but once
const plain = (word) => {
  let found = plainOf.get(word);
  if (found === undefined) {
    found = word.replace(/^[[("]+|[\]):,;"]+$/g, '');
    if (plainOf.size < 50000) plainOf.set(word, found);
  }
  return found;
};
const records = [];
for (const text of texts) for (const line of linesOf(text)) {
  if (line === '') continue;
  const record = { text: line };
  const words = line.split(' ');
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i];
    const equals = word.indexOf('=');
    if (equals > 0) record[word.slice(0, equals)] = plain(word.slice(equals + 1));
    else if (i < 6 && word !== '') {
      const bare = plain(word);
      if (LEVELS.has(bare)) record.level = bare;
      else record['word' + (i + 1)] = bare;
    }
  }
  records.push(record);
}`;
    case 'cards':
    case 'lines':
    case 'prose':
      if (small) return perDocument();
      return shape.kind === 'cards' ? cards() : lines();
  }
}

function table(delimiter: string, header: readonly string[] | null, columns: number): string {
  const names = header ?? Array.from({ length: columns }, (_, i) => `column${i + 1}`);
  // Only comma tables quote their cells; elsewhere a quotation mark is a character like any other.
  const quoted = delimiter === ',' || delimiter === ';';
  const cells = quoted
    ? js`
// A delimiter between quotation marks is part of the cell.
const outside = /${delimiter}(?=(?:[^"]*"[^"]*")*[^"]*$)/;
const bare = (cell) => cell.replace(/^\s*"|"\s*$/g, '').replaceAll('""', '"');
const cellsOf = (line) => (line.includes('"') ? line.split(outside).map(bare) : line.split(${literal(delimiter)}));`
    : `const cellsOf = (line) => line.split(${literal(delimiter)});`;
  return js`
const names = ${literal(names)};
${cells}
const records = [];
for (const text of texts) {
  let i = 0;
  for (const line of linesOf(text)) {
    i += 1;
    if (line.trim() === ''${header === null ? '' : ' || i === 1'}) continue;
    const cells = cellsOf(line.trimEnd());
    // What is left over belongs to the last column.
    if (cells.length > names.length) cells.push(cells.splice(names.length - 1).join(${literal(delimiter)}));
    const record = {};
    for (let c = 0; c < names.length; c += 1) record[names[c]] = (cells[c] ?? '').trim();
    records.push(record);
  }
}`;
}

const CARD_LINES = String.raw`text.matchAll(/^[ \t*-]*([A-Za-z\u00c0-\uffff][^:\n]{0,30}?)\**[ \t]*:\**[ \t]+(\S.*)$/gm)`;

function cards(): string {
  return js`
// A record is a block of «key: value» lines; a key that comes again begins the next one.
const records = [];
for (const text of texts) {
  let record = {};
  for (const [, key, value] of ${CARD_LINES}) {
    if (key in record) {
      records.push(record);
      record = {};
    }
    record[key] = value.trim();
  }
  if (Object.keys(record).length > 0) records.push(record);
}`;
}

function perDocument(): string {
  return js`
// Each document is a record: its name, its «key: value» lines if it has any, and its text.
const records = texts.map((text, i) => {
  const record = { document: documents[i].name };
  for (const [, key, value] of ${CARD_LINES}) record[key] ??= value.trim();
  record.text = text;
  return record;
});`;
}

function lines(): string {
  return js`
const records = [];
for (const text of texts) for (const line of linesOf(text)) if (line.trim() !== '') records.push({ text: line });`;
}

const FLATTEN = js`
// Nested objects become dotted fields, so that every value has a name.
function flatten(object, prefix = '') {
  const flat = {};
  for (const [key, value] of Object.entries(object)) {
    if (value && typeof value === 'object' && !Array.isArray(value)) Object.assign(flat, flatten(value, prefix + key + '.'));
    else flat[prefix + key] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return flat;
}`;

/**
 * Turn 2 where the question counts or compares records: read them, and see their fields.
 * `small` is true for many short documents, each of which is a record.
 */
export function fieldsTurn(shape: Shape, described: string, small: boolean, phrases: readonly string[]): Turn {
  const needsFlatten = shape.kind === 'jsonl' || shape.kind === 'json';
  return {
    plan: `The context is ${described}: counting is for code, not for reading. I make records of it, look at their fields and at the values they take, and see which words of the question are such values.`,
    code: js`
// FIELDS: read the records, and see what can be counted.
${needsFlatten ? `${FLATTEN}\n` : ''}${reader(shape, small)}
print(\`records: \${records.length}\`);

const wanted = new Set(${literal(phrases)});
const fields = [...new Set(records.slice(0, 200).flatMap((record) => Object.keys(record)))].slice(0, 40);
for (const field of fields) {
  if (field === 'text') continue;
  // A field where nearly every record differs (an id, a time) is not worth a count of each value.
  const some = new Set(records.slice(0, 2000).map((record) => record[field]));
  const tallied = records.length <= 2000 || some.size < 1000;
  const counts = new Map();
  const matches = new Map();
  for (const record of records) {
    const value = record[field];
    if (value === undefined) continue;
    const known = counts.get(value);
    if (known !== undefined) counts.set(value, known + 1);
    else {
      if (tallied || counts.size < 1000) counts.set(value, 1);
      if (value.length <= 60 && wanted.has(value.toLowerCase().replace(/[-_]/g, ' '))) matches.set(value, true);
    }
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const numeric = sorted.slice(0, 50).every(([value]) => value === '' || /^[-+$€£]?[\d.,]+%?$/.test(value));
  const top = sorted.slice(0, 8).map(([value, count]) => [value.slice(0, 40), count]);
  print('field: ' + JSON.stringify({ field, values: tallied ? counts.size : records.length, numeric, top }));
  for (const value of matches.keys()) print('match: ' + JSON.stringify({ field, value, count: counts.get(value) ?? 1 }));
}`,
  };
}
