import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExtractedKind } from '../../trajectory/document-kinds.ts';
import { extractOdf } from './odf.ts';
import { type ExtractedText, extracted, packed, refused } from './testing/extracted.ts';

const NAMES = ['office', 'style', 'text', 'table', 'draw', 'presentation', 'svg', 'xlink', 'dc', 'fo']
  .map((name) => `xmlns:${name}="urn:${name}"`)
  .join(' ');
const content = (body: string, styles = ''): string =>
  `<?xml version="1.0"?><office:document-content ${NAMES}><office:automatic-styles>${styles}</office:automatic-styles><office:body>${body}</office:body></office:document-content>`;
const odf = (body: string, more: Readonly<Record<string, string>> = {}, styles = ''): Promise<Blob> =>
  packed({ 'content.xml': content(body, styles), ...more });
const read = async (body: string, kind: ExtractedKind = 'odt', more = {}, styles = ''): Promise<ExtractedText> =>
  extracted(extractOdf, await odf(body, more, styles), kind);
const p = (text: string): string => `<text:p>${text}</text:p>`;
const h = (text: string, level = 1): string => `<text:h text:outline-level="${level}">${text}</text:h>`;

describe('OpenDocument texts', () => {
  it('have headings, chapters and lists', async () => {
    const styles =
      '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-bullet text:level="2"/></text:list-style><style:style style:name="P1" style:parent-style-name="Title"/>';
    const { text, parts } = await read(
      `<text:p text:style-name="P1">Book</text:p>${h('One')}${p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d')}<text:list text:style-name="L1"><text:list-item>${p('x')}<text:list><text:list-item>${p('y')}</text:list-item></text:list></text:list-item><text:list-item>${p('z')}</text:list-item></text:list><text:list><text:list-item>${h('Two')}</text:list-item></text:list>${h('Sub', 2)}${p('e')}`,
      'odt',
      {},
      styles,
    );
    expect(text).toBe(
      '# Book\n\n=== chapter 1: One ===\n# One\n\na b c\nd\n\n1. x\n  - y\n2. z\n\n=== chapter 2: Two ===\n# Two\n\n## Sub\n\ne\n',
    );
    expect(parts.map(({ from }) => text.slice(from, from + 11))).toEqual(['=== chapter', '=== chapter']);
  });

  it('have notes and comments at the end, and no deleted text', async () => {
    const note = (number: string, text: string): string =>
      `<text:note><text:note-citation>${number}</text:note-citation><text:note-body>${p(text)}</text:note-body></text:note>`;
    const { text } = await read(
      `<text:tracked-changes><text:deletion>${p('gone')}</text:deletion></text:tracked-changes>${p(`See${note('1', `inner${note('2', 'nested')}`)} this<office:annotation><dc:creator>Ann</dc:creator><dc:date>2020</dc:date>${p('why?')}</office:annotation>.`)}`,
    );
    expect(text).toBe('See[1] this[comment 1].\n\nNotes:\n[1] inner[2]\nnested\n\nComments:\n[comment 1] Ann: why?\n');
  });

  it('have tables; what is repeated is said, not repeated', async () => {
    const cell = (text: string, more = ''): string => `<table:table-cell ${more}>${text === '' ? '' : p(text)}</table:table-cell>`;
    const { text } = await read(
      `<table:table><table:table-row>${cell('A')}${cell('B', 'table:number-columns-spanned="2"')}<table:covered-table-cell/>${cell('C')}</table:table-row><table:table-row>${cell('x', 'table:number-columns-repeated="1000000"')}</table:table-row><table:table-row table:number-rows-repeated="1000000">${cell('y')}${cell('z')}</table:table-row><table:table-row table:number-rows-repeated="1048576">${cell('', 'table:number-columns-repeated="16384"')}</table:table-row></table:table>${'<table:table-row/>'.repeat(10)}`,
    );
    expect(text).toContain('| A | B | | C |');
    expect(text).toContain('| x (1000000 times) |');
    expect(text).toContain('| y | z | (row repeated 1000000 times) |\n');
    expect(text.length).toBeLessThan(10_000);
    const empty = cell('').repeat(200_000);
    const { text: wide } = await read(`<table:table><table:table-row>${cell('a')}${cell('b')}${empty}</table:table-row><table:table-row>${cell('c')}${empty}</table:table-row></table:table>`);
    expect(wide).toBe('| a | b |\n| --- | --- |\n| c |\n');
  });

  it('have their headers and footers once, names of pictures, and a count of the others', async () => {
    const { text, notice } = await read(
      `${p('body <draw:frame><draw:image/><svg:desc>a map</svg:desc></draw:frame><draw:frame><draw:image/></draw:frame>')}`,
      'odt',
      {
        'styles.xml': `<office:document-styles ${NAMES}><office:master-styles><style:master-page><style:header>${p('Confidential')}</style:header><style:footer>${p('<text:page-number>1</text:page-number>')}</style:footer><style:header-first>${p('Confidential')}</style:header-first></style:master-page></office:master-styles></office:document-styles>`,
      },
    );
    expect(text).toBe('body [image: a map]\n\nHeaders and footers:\nConfidential\n');
    expect(notice).toBe('One picture is not read.');
  });

  it('are read cut in the middle, with entities of their own, and deeply nested', async () => {
    const cut = content(p('one') + p('two')).slice(0, -50);
    expect((await extracted(extractOdf, await packed({ 'content.xml': cut }), 'odt')).text).toMatch(/^one\n\ntw?/);
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(100)}"><!ENTITY b "&a;&a;&a;&a;">]>${content(p('x&b;y'))}`;
    expect((await extracted(extractOdf, await packed({ 'content.xml': bomb }), 'odt')).text).toBe('x&b;y\n');
    expect((await read(`${'<text:section>'.repeat(100_000)}${p('deep')}`)).text).toBe('deep\n');
    expect((await read(`${'<text:list><text:list-item>'.repeat(20_000)}${p('deep')}`)).text.trim()).toBe('- deep');
  });

  it('are refused in a sentence: locked, empty, or none', async () => {
    const manifest = '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    expect(await refused(extractOdf, await odf('', { 'META-INF/manifest.xml': manifest }), 'odt')).toBe(
      '“file.odt” is protected with a password: save a copy without one and add that.',
    );
    expect(await refused(extractOdf, await odf(p(' ')), 'odt')).toContain('holds no text');
    expect(await refused(extractOdf, await packed({ x: 'y' }), 'odt')).toContain('is no OpenDocument file inside');
  });

  it('keep paragraphs in their order', async () => {
    const word = fc.stringMatching(/^[a-zא-ת漢-漿]{1,9}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1 }), async (words) => {
        expect((await read(words.map(p).join(''))).text).toBe(`${words.join('\n\n')}\n`);
      }),
      { numRuns: 25 },
    );
  });

  it('of random markup are text or a sentence', async () => {
    const tags = ['text:p', 'text:h', 'text:list', 'text:list-item', 'table:table', 'table:table-row', 'table:table-cell', 'text:note', 'text:note-body', 'text:note-citation', 'office:annotation', 'draw:page', 'draw:frame', 'presentation:notes'];
    const piece = fc.oneof(
      fc.constantFrom(...tags.flatMap((tag) => [`<${tag}>`, `</${tag}>`, `<${tag}/>`])),
      fc.constant('word '),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const text = await read(pieces.join('')).then(
          (result) => result.text,
          (error: Error) => error.name,
        );
        expect(text).not.toMatch(/^(?:Type|Range)Error/);
      }),
    );
  });
});

describe('OpenDocument slides', () => {
  it('are parts with their titles, notes, and whether they are hidden', async () => {
    const frame = (text: string, more = ''): string => `<draw:frame ${more}><draw:text-box>${p(text)}</draw:text-box></draw:frame>`;
    const { text, parts, pages } = await read(
      `<draw:page draw:name="page1">${frame('above')}${frame('Plan', 'presentation:class="title"')}<presentation:notes><draw:page-thumbnail/>${frame('say it')}</presentation:notes></draw:page><draw:page draw:name="Costs" draw:style-name="dp2">${frame('all of them')}</draw:page><draw:page draw:name="page3"/>`,
      'odp',
      {},
      '<style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>',
    );
    expect(text).toBe(
      '=== slide 1: Plan ===\nabove\n\n# Plan\n\nNotes:\nsay it\n\n=== slide 2: Costs ===\n(hidden slide)\n\nall of them\n\n=== slide 3 ===\n',
    );
    expect(pages).toBe(3);
    expect(parts.map(({ kind, number, label }) => [kind, number, label])).toEqual([
      ['slide', 1, 'Plan'],
      ['slide', 2, 'Costs'],
      ['slide', 3, undefined],
    ]);
  });
});
