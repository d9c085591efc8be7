import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractDocx } from './docx.ts';
import { extracted, packed, refused } from './testing/extracted.ts';

const CORPUS = '../shared/corpora/files/docx';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const ROOT = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${REL}/officeDocument" Target="word/document.xml"/></Relationships>`;
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const STYLES = `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>`;

const document = (body: string): string => `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`;
const p = (text: string, style = ''): string =>
  `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const docx = (body: string, more: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Blob> =>
  packed({ '[Content_Types].xml': TYPES, '_rels/.rels': ROOT, 'word/styles.xml': STYLES, 'word/document.xml': document(body), ...more });
const rels = (entries: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="${REL}/styles" Target="styles.xml"/>${entries}</Relationships>`;
const STYLED = { 'word/_rels/document.xml.rels': rels('') };

const read = async (body: string, more = {}) => extracted(extractDocx, await docx(body, more), 'docx');

describe('Word documents', () => {
  it('have chapters at headings of the first level, not at their title', async () => {
    const { text, parts, shape } = await read(
      `${p('The Book', 'Title')}${p('before')}${p('One', 'Heading1')}${p('a')}${p('Two', 'Heading1')}${p('b')}`,
      STYLED,
    );
    expect(text).toBe(
      '# The Book\n\nbefore\n\n=== chapter 1: One ===\n# One\n\na\n\n=== chapter 2: Two ===\n# Two\n\nb\n',
    );
    expect(parts.map(({ label, from }) => [label, text.indexOf(`=== chapter`, from) - from])).toEqual([['One', 0], ['Two', 0]]);
    expect(shape).toContain('=== chapter N: Title ===');
  });

  it('have none where there is one heading', async () => {
    const { text, parts } = await read(`${p('One', 'Heading1')}${p('a')}`, STYLED);
    expect(text).toBe('# One\n\na\n');
    expect(parts).toEqual([]);
  });

  it('leave out deleted text, and keep what was put in', async () => {
    const { text } = await read(
      `<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>`,
    );
    expect(text).toBe('kept new\n');
  });

  it('have their headers and footers once, at the end', async () => {
    const header = (text: string): string => `<w:hdr ${W}>${p(text)}</w:hdr>`;
    const { text } = await read(p('body'), {
      'word/_rels/document.xml.rels': rels(
        `<Relationship Id="h1" Type="${REL}/header" Target="header1.xml"/><Relationship Id="h2" Type="${REL}/header" Target="/word/header2.xml"/><Relationship Id="f" Type="${REL}/footer" Target="../../../../etc/passwd"/><Relationship Id="x" Type="${REL}/footer" TargetMode="External" Target="https://e.example/f.xml"/>`,
      ),
      'word/header1.xml': header('Secret'),
      'word/header2.xml': header('Secret'),
    });
    expect(text).toBe('body\n\nHeaders and footers:\nSecret\n');
  });

  it.each<[string, () => Promise<Blob>, string]>([
    ['is cut in the middle', async () => packed({ '_rels/.rels': ROOT, 'word/document.xml': document(p('one') + p('two')).slice(0, -41) }), 'one\n\ntw'],
    ['declares entities', async () => docx('', { 'word/document.xml': `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${document(p('safe &b;'))}` }), 'safe'],
    ['is nested too deep', async () => docx('<w:sdt><w:sdtContent>'.repeat(20_000) + p('deep')), 'deep'],
    ['has no list of its parts', async () => packed({ 'word/document.xml': document(p('alone')) }), 'alone'],
  ])('is read plainly where it %s', async (_what, file, text) => {
    const result = await extracted(extractDocx, await file(), 'docx');
    expect(result.text.slice(0, text.length)).toBe(text);
    expect(result.text).not.toContain('aaaaaaaa');
  });

  it('reads plainly headings, tables and notes', async () => {
    const { text, notice, parts } = await read('', {
      'word/document.xml': `<!DOCTYPE x>${document(
        `${p('One', 'Heading1')}<w:tbl><w:tr><w:tc>${p('a')}</w:tc><w:tc>${p('b')}</w:tc></w:tr><w:tr><w:tc>${p('c')}</w:tc><w:tc>${p('d')}</w:tc></w:tr></w:tbl>${p('Two', 'Heading1')}<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="2"/></w:r></w:p>`,
      )}`,
      'word/_rels/document.xml.rels': rels(`<Relationship Id="n" Type="${REL}/footnotes" Target="footnotes.xml"/>`),
      'word/footnotes.xml': `<w:footnotes ${W}><w:footnote w:type="separator" w:id="0">${p('')}</w:footnote><w:footnote w:id="2">${p('the note')}</w:footnote></w:footnotes>`,
    });
    expect(text).toBe(
      '=== chapter 1: One ===\n# One\n\n| a | b |\n| --- | --- |\n| c | d |\n\n=== chapter 2: Two ===\n# Two\n\nx[2]\n\n[2] the note\n',
    );
    expect(parts).toHaveLength(2);
    expect(notice).toBe('Read plainly, as it is damaged or very large: lists have no numbers.');
  });

  it('is read in UTF-16', async () => {
    const bytes = new Uint8Array(Uint16Array.from(`\ufeff${document(p('sechzehn é漢'))}`, (char) => char.charCodeAt(0)).buffer);
    expect((await read('', { 'word/document.xml': bytes })).text).toBe('sechzehn é漢\n');
  });

  it('is refused in a sentence where it holds nothing', async () => {
    expect(await refused(extractDocx, await packed({ 'a.txt': 'x' }), 'docx')).toMatch(/^“file.docx” is no Word document inside/);
    expect(await refused(extractDocx, await docx('<w:p/>'), 'docx')).toBe('“file.docx” holds no text: add a document with text in it.');
    expect(await refused(extractDocx, new Blob(['no zip']), 'docx')).toMatch(/^“file.docx”/);
  });

  it('keeps paragraphs in their order, whatever they say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[a-zא-ת漢-漿<&"]{1,12}$/), { minLength: 1, maxLength: 20 }), async (texts) => {
        const escaped = texts.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
        const { text } = await read(escaped.map((each) => p(each)).join(''));
        expect(text).toBe(`${texts.join('\n\n')}\n`);
      }),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(!existsSync(CORPUS))(`the documents of ${CORPUS}`, () => {
  it('are text, or a sentence where they hold none', async () => {
    const texts: Record<string, string> = {};
    for (const name of readdirSync(CORPUS)) {
      const file = new Blob([readFileSync(`${CORPUS}/${name}`)]);
      texts[name] = await extracted(extractDocx, file, 'docx').then(
        ({ text }) => text,
        (error: Error) => `${error.name}: ${error.message.replace(/^.*?” /, '')}`,
      );
    }
    expect(texts).toMatchObject({
      'comments.docx': 'Ouch[MW1].[MW2]\n\nComments:\n\nComment [MW1]\n\nA tachyon walks into a bar.\n\nComment [MW2]\n\nFin.\n',
      'empty.docx': 'UnreadableFile: holds no text: add a document with text in it.',
      'endnotes.docx': 'Ouch[1].[2]\n\nNotes:\n\n1. A tachyon walks into a bar.\n2. Fin.\n',
      'footnotes.docx': 'Ouch[1].[2]\n\nNotes:\n\n1. A tachyon walks into a bar.\n2. Fin.\n',
      'simple-list.docx': '- Apple\n- Banana\n',
      'strict-format.docx': 'Test\n',
      'tables.docx': 'Above\n\n| Top left | Top right |\n| --- | --- |\n| Bottom left | Bottom right |\n\nBelow\n',
      'text-box.docx': 'Datum plane\n',
      'utf8-bom.docx': 'This XML has a byte order mark.\n',
    });
  });
});
