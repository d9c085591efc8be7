import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractPptx } from './pptx.ts';
import { extracted, packed, refused } from './testing/extracted.ts';

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const rels = (...all: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships>${all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
const para = (text: string, pPr = ''): string => `<a:p>${pPr}<a:r><a:t>${text}</a:t></a:r></a:p>`;
const shape = (body: string, { x, y, ph = '' }: { x?: number; y?: number; ph?: string } = {}): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" name="s"/><p:nvPr>${ph}</p:nvPr></p:nvSpPr><p:spPr>${x === undefined ? '' : `<a:xfrm><a:off x="${x}" y="${y ?? 0}"/><a:ext cx="100" cy="100"/></a:xfrm>`}</p:spPr><p:txBody>${body}</p:txBody></p:sp>`;
const slide = (shapes: string, more = ''): string =>
  `<p:sld xmlns:p="p" xmlns:a="a" xmlns:r="r" ${more}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;

const deck = (slides: readonly string[], more: Readonly<Record<string, string>> = {}, order = slides.map((_, i) => i + 1)): Promise<Blob> =>
  packed({
    '_rels/.rels': rels(['m', 'officeDocument', 'ppt/presentation.xml']),
    'ppt/presentation.xml': `<p:presentation xmlns:r="r"><p:sldMasterIdLst><p:sldMasterId id="9" r:id="r99"/></p:sldMasterIdLst><p:sldIdLst>${order.map((n) => `<p:sldId id="${255 + n}" r:id="r${n}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': rels(...order.map((n) => [`r${n}`, 'slide', `slides/slide${n}.xml`] as const)),
    ...Object.fromEntries(slides.map((xml, i) => [`ppt/slides/slide${i + 1}.xml`, xml])),
    ...more,
  });
const read = async (...args: Parameters<typeof deck>) => extracted(extractPptx, await deck(...args), 'pptx');
const TITLE = '<p:ph type="title"/>';

describe('PowerPoint slides', () => {
  it('come in the order they are shown, with their titles, and say whether they are hidden', async () => {
    const { text, parts, pages, progress } = await read(
      [slide(shape(para('Second'), { ph: TITLE }), 'show="0"'), slide(shape(para('First'), { ph: TITLE }) + shape(para('body')))],
      {},
      [2, 1],
    );
    expect(text).toBe('=== slide 1: First ===\n# First\n\nbody\n\n=== slide 2: Second ===\n(hidden slide)\n\n# Second\n');
    expect(parts.map(({ from }) => text.startsWith('=== slide', from))).toEqual([true, true]);
    expect(pages).toBe(2);
    expect(progress.at(-1)).toEqual([2, 2, 'slides']);
  });

  it('are read from top to bottom, and left to right what stands side by side', async () => {
    const group = `<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="900"/><a:ext cx="9" cy="9"/><a:chOff x="0" y="0"/><a:chExt cx="9" cy="9"/></a:xfrm></p:grpSpPr>${shape(para('grouped'), { x: 0, y: 0 })}</p:grpSp>`;
    const { text } = await read([
      slide(
        group +
          shape(para('right'), { x: 500, y: 300 }) +
          shape(para('left'), { x: 0, y: 310 }) +
          shape(para('foot'), { x: 0, y: 1200 }) +
          shape(para('Top'), { x: 0, y: 5000, ph: TITLE }),
      ),
    ]);
    expect(text).toBe('=== slide 1: Top ===\n# Top\n\nleft\n\nright\n\ngrouped\n\nfoot\n');
  });

  it('take places from their layout, and leave out what is on every slide', async () => {
    const layout = slide(shape('', { x: 0, y: 900, ph: '<p:ph type="body" idx="1"/>' }));
    const number = shape(para('7'), { ph: '<p:ph type="sldNum"/>' });
    const footer = shape(para('ACME'), { ph: '<p:ph type="ftr"/>', x: 0, y: 2000 });
    const body = shape(para('below') + para('deeper', '<a:pPr lvl="1"/>') + para('none', '<a:pPr><a:buNone/></a:pPr>'), { ph: '<p:ph idx="1"/>' });
    const one = slide(body + shape(para('above'), { x: 0, y: 10 }) + number + footer);
    const { text } = await read([one, slide(footer + shape(para('x')))], {
      'ppt/slides/_rels/slide1.xml.rels': rels(['l', 'slideLayout', '../slideLayouts/slideLayout1.xml']),
      'ppt/slideLayouts/slideLayout1.xml': layout,
    });
    expect(text).toBe('=== slide 1 ===\nabove\n\n- below\n  - deeper\nnone\n\nACME\n\n=== slide 2 ===\nx\n');
  });

  it('have tables, charts, diagrams, notes, comments and the names of pictures', async () => {
    const cell = (text: string): string => `<a:tc><a:txBody>${para(text)}</a:txBody></a:tc>`;
    const table = `<p:graphicFrame><a:tbl><a:tr>${cell('A')}${cell('B')}</a:tr><a:tr>${cell('1')}${cell('2|3')}</a:tr></a:tbl></p:graphicFrame>`;
    const chart = '<p:graphicFrame><a:graphic><c:chart r:id="c1"/></a:graphic></p:graphicFrame>';
    const smart = '<p:graphicFrame><a:graphic><dgm:relIds r:dm="d1" r:lo="x"/></a:graphic></p:graphicFrame>';
    const pictures = '<p:pic><p:nvPicPr><p:cNvPr descr="A pier"/></p:nvPicPr></p:pic><p:pic><p:nvPicPr><p:cNvPr id="3"/></p:nvPicPr></p:pic>';
    const points = (...values: readonly string[]): string => values.map((v, i) => `<c:pt idx="${i}"><c:v>${v}</c:v></c:pt>`).join('');
    const alternate = `<mc:AlternateContent><mc:Choice>${shape(para('choice'))}</mc:Choice><mc:Fallback>${shape(para('fallback'))}</mc:Fallback></mc:AlternateContent>`;
    const { text, notice } = await read([slide(table + chart + smart + pictures + alternate)], {
      'ppt/slides/_rels/slide1.xml.rels': rels(
        ['c1', 'chart', '../charts/chart1.xml'],
        ['d1', 'diagramData', '../diagrams/data1.xml'],
        ['n1', 'notesSlide', '../notesSlides/notesSlide1.xml'],
        ['k1', 'comments', '/ppt/comments/comment1.xml'],
      ),
      'ppt/charts/chart1.xml': `<c:chartSpace><c:title><c:tx><a:t>Tides</a:t></c:tx></c:title><c:ser><c:tx><c:v>High</c:v></c:tx><c:cat>${points('Mon', 'Tue')}</c:cat><c:val>${points('4.1', '3.9')}</c:val></c:ser></c:chartSpace>`,
      'ppt/diagrams/data1.xml': `<dgm:dataModel><dgm:pt><dgm:t>${para('Step one')}</dgm:t></dgm:pt></dgm:dataModel>`,
      'ppt/notesSlides/notesSlide1.xml': `<p:notes>${shape(para('Say this.'), { ph: '<p:ph type="body"/>' })}${shape(para('1'), { ph: '<p:ph type="sldNum"/>' })}</p:notes>`,
      'ppt/comments/comment1.xml': '<p:cmLst><p:cm><p:text>Is it so?</p:text></p:cm></p:cmLst>',
    });
    expect(text).toBe(
      '=== slide 1 ===\n| A | B |\n| --- | --- |\n| 1 | 2\\|3 |\n\n[chart: Tides]\n\n| Category | High |\n| --- | --- |\n| Mon | 4.1 |\n| Tue | 3.9 |\n\nStep one\n\n[image: A pier]\n\nchoice\n\nNotes:\nSay this.\n\nComments:\nIs it so?\n',
    );
    expect(notice).toBe('One picture is not read.');
  });

  it('are read where parts are missing, damaged, or point outside', async () => {
    const cut = slide(shape(para('half of it') + para('and this'))).slice(0, -70);
    const { text, notice } = await read([cut], {
      'ppt/presentation.xml': '<p:presentation xmlns:r="r"><p:sldId r:id="r1"/><p:sldId r:id="r1"/><p:sldId r:id="r2"/><p:sldId r:id="r3"/><p:sldId/>',
      'ppt/_rels/presentation.xml.rels': rels(['r1', 'slide', 'slides/slide1.xml'], ['r2', 'slide', '../../../etc/passwd'], ['r3', 'slide', 'slides/lost.xml']),
      'ppt/slides/_rels/slide1.xml.rels': '<Relationships><Relationship Id="x" Type="a/notesSlide" Target="../slides/slide1.xml"/><Relat',
    });
    expect(text).toContain('=== slide 1 ===\nhalf of it\n');
    expect(notice).toBe('2 slides that it lists are missing.');
    const bare = await packed({ 'ppt/slides/slide10.xml': slide(shape(para('ten'))), 'ppt/slides/slide9.xml': slide(shape(para('nine'))) });
    expect((await extracted(extractPptx, bare, 'pptx')).text).toBe('=== slide 1 ===\nnine\n\n=== slide 2 ===\nten\n');
  });

  it('are refused in a sentence where there are none, or no text', async () => {
    expect(await refused(extractPptx, await packed({ x: 'y' }), 'pptx')).toContain('holds no slides');
    expect(await refused(extractPptx, await deck([slide('<p:pic/>')]), 'pptx')).toContain('holds no text on its slides');
    expect((await read([slide('<p:grpSp>'.repeat(100_000) + shape(para('deep')))])).text).toBe('=== slide 1 ===\ndeep\n');
  });

  it('keep the paragraphs of a shape in their order', async () => {
    const word = fc.stringMatching(/^[a-zא-ת漢-漿]{1,9}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1 }), async (words) => {
        const { text } = await read([slide(shape(words.map((each) => para(each)).join('')))]);
        expect(text).toBe(`=== slide 1 ===\n${words.join('\n')}\n`);
      }),
      { numRuns: 25 },
    );
  });
});
