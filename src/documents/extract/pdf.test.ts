import { describe, expect, test } from 'vitest';
import { nodePdfLibrary } from '../testing/node-pdf-library.ts';
import { firstMore, pageObject, showText, writePdf } from '../testing/write-pdf.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { createPdfExtractor } from './pdf.ts';
import { createTextWriter } from './text-writer.ts';

const extractPdf = createPdfExtractor({ library: nodePdfLibrary, pageMs: 60_000 });

async function read(file: Blob, signal = new AbortController().signal) {
  const out = createTextWriter('a.pdf');
  const progress: string[] = [];
  const onProgress = (done: number, total: number, unit: string): void => void progress.push(`${done}/${total} ${unit}`);
  const extracted = await extractPdf(file, { name: 'a.pdf', kind: 'pdf', out, signal, onProgress });
  return { ...extracted, parts: out.parts, progress, text: await out.finish().text() };
}

describe('a PDF', () => {
  test('becomes its pages under marker lines, with progress in pages', async () => {
    const { text, parts, pages, progress, notice } = await read(
      writePdf({ pages: [showText(72, 700, 'The first page'), showText(72, 700, 'The second')] }),
    );
    expect(text).toBe('=== page 1 ===\nThe first page\n\n=== page 2 ===\nThe second\n\n');
    expect(parts).toEqual([
      { kind: 'page', number: 1, from: 0 },
      { kind: 'page', number: 2, from: text.indexOf('=== page 2') },
    ]);
    expect([pages, notice]).toEqual([2, null]);
    expect(progress).toEqual(['0/2 pages', '1/2 pages', '2/2 pages']);
  });

  test('tells labels of pages, headings of its outline, and what is attached', async () => {
    const at = firstMore(2);
    const { text, parts, notice } = await read(
      writePdf({
        pages: [`${showText(72, 700, 'Preface')} ${showText(72, 680, 'Words.')}`, showText(72, 700, 'Body')],
        catalogEntries:
          '/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 2 >>] >> ' +
          `/Outlines ${at} 0 R /Names << /EmbeddedFiles << /Names [(data.csv) ${at + 2} 0 R] >> >>`,
        more: [
          `<< /Type /Outlines /First ${at + 1} 0 R /Last ${at + 1} 0 R /Count 1 >>`,
          `<< /Title (Preface) /Parent ${at} 0 R /Dest [${pageObject(1)} 0 R /Fit] >>`,
          `<< /Type /Filespec /F (data.csv) /EF << /F ${at + 3} 0 R >> >>`,
          '<< /Type /EmbeddedFile /Length 3 >>\nstream\na,b\nendstream',
        ],
      }),
    );
    expect(text).toContain('=== page 1 (i) ===\n# Preface\n\nWords.\n');
    expect(parts.map(({ label }) => label)).toEqual(['i', undefined]);
    expect(notice).toBe('Attached inside and not read: “data.csv”. Save it and add it.');
  });

  test('has its comments and filled fields in its text', async () => {
    const at = firstMore(1);
    const { text } = await read(
      writePdf({
        pages: [`${showText(72, 700, 'Name:')} ${showText(72, 680, 'Signed')}`],
        pageEntries: `/Annots [${at} 0 R ${at + 1} 0 R]`,
        catalogEntries: `/AcroForm << /Fields [${at} 0 R] >>`,
        more: [
          '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada) /Rect [120 695 220 712] >>',
          '<< /Type /Annot /Subtype /Text /T (Bob) /Contents (Check this) /Rect [120 678 140 690] >>',
        ],
      }),
    );
    expect(text).toBe('=== page 1 ===\nName:\n[field name] Ada\nSigned\n[comment by Bob] Check this\n\n');
  });

  test('says which pages have no text, and refuses what has none at all', async () => {
    const { notice } = await read(writePdf({ pages: [showText(72, 700, 'Words'), '0 0 m'] }));
    expect(notice).toBe('1 of 2 pages has no text (scans?): it is not read, there is no OCR here.');
    await expect(read(writePdf({ pages: ['', ''] }))).rejects.toThrow(
      '“a.pdf” has no text: all 2 pages have none (a scan?), and there is no OCR here; add a text layer with an OCR program first.',
    );
  });

  test.each([
    ['nothing', new Blob([])],
    ['no PDF', new Blob(['just words'])],
    ['a beginning', writePdf({ pages: [showText(72, 700, 'Words')] }).slice(0, 60)],
  ])('that is %s is refused in one sentence', async (_, file) => {
    await expect(read(file)).rejects.toThrow(UnreadableFile);
    await expect(read(file)).rejects.toThrow(/^“a\.pdf” is damaged or no PDF: /);
  });

  test('without its end is recovered', async () => {
    const whole = writePdf({ pages: [showText(72, 700, 'Still here')] });
    expect((await read(whole.slice(0, whole.size - 20))).text).toContain('Still here');
  });

  test('stops with the reason that it is given', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(read(writePdf({ pages: [showText(72, 700, 'Words')] }), stop.signal)).rejects.toThrow('enough');
  });
});
