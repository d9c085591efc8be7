import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';
import type { DocumentPart, SourceDocument } from './document.ts';
import { lineStart } from './line-start.ts';
import { placeOf } from './place-of.ts';
import { arbitraryDocument } from './testing/arbitrary-document.ts';
import { encodedDocument } from './testing/encoded-document.ts';

const withoutIndex = ({ text: { lineIndex: _, ...text }, ...document }: SourceDocument): SourceDocument => ({ ...document, text });

describe('lines', () => {
  it('of every unit, and starts of every line, are those of a plain count', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryDocument, fc.boolean(), async (counted, indexed) => {
        const document = indexed ? counted : withoutIndex(counted);
        const lines = (await decodeText(document.text)).split('\n');
        let from = 0;
        for (const [index, text] of lines.entries()) {
          expect(await lineStart(document, index + 1)).toBe(from);
          for (const at of new Set([from, from + text.length])) expect(await placeOf(document, at)).toEqual({ line: index + 1 });
          from += text.length + 1;
        }
        expect(await lineStart(document, lines.length + 1)).toBe(document.info.chars);
        expect([await lineStart(document, 0), await lineStart(document, -3)]).toEqual([0, 0]);
        expect(await placeOf(document, document.info.chars + 5)).toEqual({ line: lines.length });
      }),
    );
  });
});

describe('places', () => {
  const text = 'Before\n=== sheet 1: Orders ===\na\tb\nc\td\n=== sheet 1: Orders, from row 9000 ===\ne\tf\ng\th\n=== page 3 (iii) ===\nEnd';
  const sheet = { kind: 'sheet', number: 1, label: 'Orders' } as const;
  const parts: DocumentPart[] = [
    { ...sheet, from: text.indexOf('=== sheet'), firstRow: 1 },
    { ...sheet, from: text.indexOf('=== sheet 1: Orders, from'), firstRow: 9000 },
    { kind: 'page', number: 3, label: 'iii', from: text.indexOf('=== page') },
  ];
  const document = { ...encodedDocument(text, 'utf-8', 7), parts };

  it.each([
    ['Before', { line: 1 }],
    ['=== sheet 1: Orders ===', { line: 2, part: sheet }],
    ['a\t', { line: 3, part: sheet, row: 1 }],
    ['d\n', { line: 4, part: sheet, row: 2 }],
    ['from row', { line: 5, part: sheet }],
    ['f\n', { line: 6, part: sheet, row: 9000 }],
    ['h\n', { line: 7, part: sheet, row: 9001 }],
    ['page', { line: 8, part: { kind: 'page', number: 3, label: 'iii' } }],
    ['End', { line: 9, part: { kind: 'page', number: 3, label: 'iii' } }],
  ])('of %j is known by part and row', async (passage, place) => {
    expect(await placeOf(document, text.indexOf(passage))).toEqual(place);
  });
});
