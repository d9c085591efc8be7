import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextWriter } from '../text-writer.ts';
import { createComposer } from './composer.ts';
import { createHtmlWalker } from './html-walker.ts';
import { parseMarkup } from './parse-markup.ts';

const read = async (html: string | Iterable<string>): Promise<string> => {
  const out = createTextWriter('page.html');
  const composer = createComposer(out);
  await parseMarkup(typeof html === 'string' ? [html] : html, createHtmlWalker(composer), {
    syntax: 'html',
    signal: new AbortController().signal,
  });
  composer.finish();
  return out.finish().text();
};

describe('the text of a page', () => {
  it('has headings, and paragraphs parted by empty lines', async () => {
    expect(await read('<h1>One\n two</h1><p>a <b>b</b>c\n d</p>\n<p>e<br>f<br><br>g</p><h3> </h3><h6>Six</h6>x')).toBe(
      '# One two\n\na bc d\n\ne\nf\n\ng\n\n###### Six\n\nx\n',
    );
  });

  it('has lists inside lists, numbered as they say', async () => {
    expect(
      await read(
        '<ul><li>a<ul><li>b</li><li><p>c</p><p>d</p></li></ul></li><li>e</ul><ol start=3><li>f<li value=9>g<li>h</ol>',
      ),
    ).toBe('- a\n  - b\n  - c\n    d\n- e\n\n3. f\n9. g\n10. h\n');
  });

  it('has tables, with cells that span columns and rows', async () => {
    expect(
      await read(
        '<table><caption>Cap</caption><tr><th>A<th>B<th>C<tr><td rowspan=2>1<td colspan=2>2|3<tr><td>x<br>y<td>z</table>after',
      ),
    ).toBe('Cap\n\n| A | B | C |\n| --- | --- | --- |\n| 1 | 2\\|3 |\n| | x y | z |\n\nafter\n');
  });

  it('writes a page laid out as a table as blocks, and the table in it as one', async () => {
    const inner = '<table><tr><td>k<td>v<tr><td>l<td>w</table>';
    expect(await read(`<table><tr><td>menu<td><h1>Title</h1><p>text</p>${inner}</table>`)).toBe(
      'menu\n# Title\n\ntext\n\n| k | v |\n| --- | --- |\n| l | w |\n',
    );
    expect(await read(`<table><tr><td>left<td>${inner}</table>`)).toBe(
      'left\n| k | v |\n| --- | --- |\n| l | w |\n',
    );
    expect(await read('<table><tr><td>one<tr><td>two</table>')).toBe('one\ntwo\n');
    expect(await read('<table><tr><td>one<td>two</table>')).toBe('one | two\n');
    expect(await read(`<table><tr><td>a<td>b<tr><td>c<td>${'long '.repeat(1000)}</table>`)).toContain('a\nb\nc\nlong long');
  });

  it('keeps white space where it means something', async () => {
    expect(await read('<p>a</p><pre>\n x  y\n\n  z\n</pre><p>b')).toBe('a\n\n x  y\n\n  z\n\nb\n');
  });

  it('says where links lead after the words, unless that is said or leads nowhere else', async () => {
    expect(
      await read(
        '<p>See <a href="https://a.example/x">the guide</a> now.</p><p><a href="https://b.example/">https://b.example/</a> <a href="#c">c</a> <a href="/d">d</a></p>',
      ),
    ).toBe('See the guide now. (https://a.example/x)\n\nhttps://b.example/ c d\n');
  });

  it('names pictures by their words, and leaves out what nobody sees', async () => {
    expect(
      await read(
        '<head><title>T</title><style>p{}</style></head><body><img alt="A dog" src=x><script>if (a<b) "<p>"</script><p hidden>no</p><p style="color:red; display: none">no</p><template>no</template><div aria-hidden=true>yes</div>10<sup>5</sup> 1<sup>st</sup> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>&amp;&nbsp;&eacute;&#x1F600;',
      ),
    ).toBe('[image: A dog]\nyes\n10^5 1st 漢(kan)& é😀\n');
  });

  it('keeps right-to-left text in its order', async () => {
    expect(await read('<p dir=rtl>שלום <b>world</b> مرحبا</p>')).toBe('שלום world مرحبا\n');
  });
});

describe('hostile pages', () => {
  it.each(['div', 'span', 'ul', 'ul><li', 'table><tr><td', 'blockquote', 'h1', 'pre', 'a href="https://x.example"', 'svg', 'form'])(
    'reads 100,000 times <%s> inside each other',
    async (tag) => {
      const text = await read([`<${tag}>deep`, ...Array.from({ length: 100 }, () => `<${tag}>`.repeat(1000)), 'end']);
      expect(text.replace(/[#\s-]+/g, ' ').trim().slice(0, 4)).toBe('deep');
      expect(text.trimEnd().slice(-30)).toContain('end');
    },
  );

  it('closes after the deepest what it opened', async () => {
    const text = await read(`${'<div>'.repeat(5000)}in${'</div>'.repeat(5000)}<p>one<p>two`);
    expect(text).toBe('in\n\none\n\ntwo\n');
    const scripts = `<div>${'<p>a<br>b<script>hidden</script><img alt=c>'.repeat(3)}</div>`;
    const deep = await read(`${'<section>'.repeat(3000)}${scripts}${'</section>'.repeat(3000)}`);
    expect(deep).toBe(await read(scripts));
  });

  it('streams a table of many rows, and shares the place of columns beyond the last', async () => {
    const text = await read(['<table>', ...Array.from({ length: 20_000 }, (_, i) => `<tr><td>${i}<td>v`), '</table>']);
    expect(text.split('\n')).toHaveLength(20_002);
    expect(text).toContain('| 19999 | v |\n');
    const wide = await read(`<table><tr><td colspan=99999999>a<tr>${'<td>b'.repeat(5000)}</table>`);
    expect(wide.length).toBeLessThan(50_000);
    expect(wide.match(/b/g)).toHaveLength(5000);
    const tall = await read(`<table>${'<tr><td rowspan=99999 colspan=9999>x<td>y'.repeat(2000)}`);
    expect(tall.length).toBeLessThan(2_200_000);
    expect(tall.match(/y/g)).toHaveLength(2000);
  });

  it('is the same text however the markup is cut into pieces, and never hangs', async () => {
    const tags = fc.constantFrom(
      '<p>', '</p>', '<table>', '<tr>', '<td>', '</table>', '<ul>', '<li>', '</ul>', '<h1>', '</h1>', '<pre>', '</pre>',
      '<br>', '<a href="https://e.example">', '</a>', '<th colspan=3 rowspan=2>', '<title>', '</title>', '&amp', '<!--', '-->', '<![CDATA[',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(tags, fc.string())), fc.nat(20), async (pieces, at) => {
        const html = pieces.join('');
        expect(await read([html.slice(0, at), html.slice(at)])).toBe(await read(html));
      }),
    );
  });

  it('gives paragraphs, items and cells in their order, each once', async () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const block = fc.oneof(
      word.map((w) => ({ html: `<p>${w}</p>`, words: [w] })),
      fc.array(word, { minLength: 1, maxLength: 4 }).map((ws) => ({ html: `<ul>${ws.map((w) => `<li>${w}`).join('')}</ul>`, words: ws })),
      fc
        .array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 60 })
        .map((rows) => ({ html: `<table>${rows.map((r) => `<tr>${r.map((w) => `<td>${w}</td>`).join('')}</tr>`).join('')}</table>`, words: rows.flat() })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(block), async (blocks) => {
        const text = await read(blocks.map(({ html }) => html).join('\n'));
        expect(text.match(/[a-z]+/g) ?? []).toEqual(blocks.flatMap(({ words }) => words));
      }),
    );
  });
});
