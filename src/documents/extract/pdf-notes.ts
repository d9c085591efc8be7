import type { PdfNote } from './pdf-items.ts';

/** Characters of one comment or field, and comments and fields of one page, that are told. */
const LONGEST = 20_000;
const MOST = 2_000;

/** Kinds of annotation whose contents are what somebody wrote about the page. */
const COMMENTS = new Set([
  'Text', 'Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Square', 'Circle', 'Line', 'Polygon', 'PolyLine',
  'Ink', 'Stamp', 'Caret', 'FileAttachment',
]);

/** Comments and filled fields among what pdf.js says of a page's annotations. */
export function notesOf(annotations: readonly unknown[]): PdfNote[] {
  const notes: PdfNote[] = [];
  for (const annotation of annotations) {
    if (notes.length >= MOST) break;
    if (typeof annotation !== 'object' || annotation === null) continue;
    const fields: Readonly<Record<string, unknown>> = { ...annotation };
    const text = noteText(fields);
    const rect = rectOf(fields.rect);
    if (text !== null && rect) notes.push({ text: text.slice(0, LONGEST), rect });
  }
  return notes;
}

function noteText(fields: Readonly<Record<string, unknown>>): string | null {
  const { subtype, hidden } = fields;
  if (hidden === true || typeof subtype !== 'string') return null;
  if (subtype === 'Widget') return fieldText(fields);
  const contents = oneLine(stringIn(fields.contentsObj));
  if (contents === '') return null;
  if (subtype === 'FreeText') return `[text box] ${contents}`;
  if (!COMMENTS.has(subtype)) return null;
  const author = oneLine(stringIn(fields.titleObj));
  return `[${author === '' ? 'comment' : `comment by ${author}`}] ${contents}`;
}

/** A field with what is filled in; null where nothing is, but a box to tick is told empty too. */
function fieldText(fields: Readonly<Record<string, unknown>>): string | null {
  const { fieldType, fieldValue, fieldName, alternativeText, password } = fields;
  const name = oneLine(typeof alternativeText === 'string' && alternativeText !== '' ? alternativeText : fieldName);
  if (fieldType === 'Btn') {
    if (fields.pushButton === true) return null;
    if (fields.radioButton === true) {
      const chosen = fieldValue !== null && fieldValue !== undefined && fieldValue === fields.buttonValue;
      return chosen ? `[x] ${name}: ${oneLine(fieldValue)}` : null;
    }
    if (fields.checkBox !== true) return null;
    return `[${fieldValue === fields.exportValue ? 'x' : ' '}] ${name}`;
  }
  if (password === true || fieldType === 'Sig') return null;
  const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).map(oneLine).filter((value) => value !== '');
  return values.length === 0 ? null : `[field ${name}] ${values.join(', ')}`;
}

function stringIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'str' in value ? value.str : null;
}

const oneLine = (value: unknown): string => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '');

function rectOf(value: unknown): PdfNote['rect'] | null {
  if (!Array.isArray(value)) return null;
  const [x1, y1, x2, y2] = value.map(Number);
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null;
  return [x1, y1, x2, y2].every(Number.isFinite) ? [x1, y1, x2, y2] : null;
}
