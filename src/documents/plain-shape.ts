import type { TextKind } from '../trajectory/document-kinds.ts';
import { nameList, shortName } from './name-list.ts';
import { jsonShape } from './sniff/json-shape.ts';

/** UTF-16 code units of a text's start that are looked at. */
const HEAD = 65_536;
/** UTF-16 code units that lists of names may take. */
const ROOM = 190;

/**
 * How a plain text is laid out, in one sentence for the model (at most about 300 characters), from
 * its start: the columns of a table, the keys of records, headings. Null where that says nothing.
 */
export function plainShape(head: string, kind: TextKind, name: string): string | null {
  const start = head.slice(0, HEAD).replace(/^\ufeff/, '');
  switch (kind) {
    case 'csv':
      return tableShape(start, null);
    case 'tsv':
      return tableShape(start, '\t');
    case 'json':
      return /\.ipynb$/i.test(name)
        ? 'A notebook as JSON: its cells are the array “cells”, their text the array of lines “source”.'
        : jsonSentence('JSON', start);
    case 'jsonl':
      return jsonSentence('One JSON value on each line', /^\s*([^\n]*)/.exec(start)?.[1] ?? '');
    case 'markdown':
      return markdownShape(start);
    case 'xml':
      return xmlShape(start);
    case 'text':
    case 'code':
    case 'log':
      return null;
  }
}

const DELIMITERS = [
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
] as const;

function tableShape(head: string, known: '\t' | null): string | null {
  const tried = DELIMITERS.filter(([sign]) => known === null || sign === known).map(([sign, word]) => ({
    word,
    fields: firstRecord(head, sign),
  }));
  const [best] = tried.toSorted((a, b) => b.fields.length - a.fields.length);
  if (!best || best.fields.every((field) => field.trim() === '')) return null;
  const { word, fields } = best;
  const columns =
    fields.length === 1 ? 'A table of one column' : `A table of ${fields.length.toLocaleString('en')} columns parted by ${word}`;
  const list = nameList(fields.map((field) => shortName(field, 30) || '(no name)'), ROOM);
  // Numbers and empty fields are no names.
  return fields.some((field) => /^[\s\d.,:/+-]*$/.test(field))
    ? `${columns}, without a line of names; its first line: ${list}.`
    : `${columns}, named in its first line: ${list}.`;
}

/** Fields of the first record that is not empty; a delimiter or line end in quotes is text. */
function firstRecord(head: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = head.search(/[^\r\n]/); i >= 0 && i < head.length; i++) {
    const sign = head.charAt(i);
    if (sign === '"') {
      if (quoted && head[i + 1] === '"') field += head.charAt(i++);
      else if (quoted || field === '') quoted = !quoted;
      else field += sign;
    } else if (quoted) field += sign;
    else if (sign === delimiter) {
      fields.push(field);
      field = '';
    } else if (sign === '\n' || sign === '\r') break;
    else field += sign;
  }
  fields.push(field);
  return fields;
}

function jsonSentence(what: string, text: string): string | null {
  const shape = jsonShape(text);
  if (shape === null) return null;
  const { inArray, type, keys } = shape;
  // The names of keys are the file's; what stands behind them tells arrays and objects apart.
  const named = keys.map(({ key, holds }) => shortName(key, 30) + (holds === 'array' ? ' []' : holds === 'object' ? ' {}' : ''));
  const value =
    type !== 'object' ? `${inArray ? '' : 'a '}${type}${inArray ? 's' : ''}`
    : named.length === 0 ? (inArray ? 'objects' : 'an object')
    : `${inArray ? 'objects' : 'an object'} with the keys ${nameList(named, ROOM)}`;
  return `${what}: ${inArray ? 'an array of ' : ''}${value.replace(/^a (?=array)/, 'an ')}.`;
}

function markdownShape(head: string): string | null {
  const headings: string[] = [];
  let fence = '';
  for (const line of head.split(/\r?\n/)) {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === '' || fence === mark)) fence = fence === '' ? mark : '';
    else if (fence === '' && /^#{1,6} \S/.test(line)) headings.push(shortName(line));
  }
  return headings.length === 0 ? null : `Markdown; its headings begin with #: ${nameList(headings, ROOM)}.`;
}

function xmlShape(head: string): string | null {
  const root = /<([A-Za-z_][\w:.-]{0,60})[\s/>]/.exec(head.replace(/<!--[^]*?(?:-->|$)/g, ''))?.[1];
  return root === undefined ? null : `XML; its root is <${shortName(root)}>.`;
}
