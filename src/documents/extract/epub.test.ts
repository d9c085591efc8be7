import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractEpub } from './epub.ts';
import { extracted, packed, refused } from './testing/extracted.ts';

const CORPUS = '../shared/corpora/files/epub';
const CONTAINER =
  '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>';
const page = (body: string): string =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/></head><body>${body}</body></html>`;

interface BookParts {
  readonly manifest: string;
  readonly spine: string;
  readonly files: Readonly<Record<string, string>>;
}

const epub = ({ manifest, spine, files }: BookParts): Promise<Blob> =>
  packed({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': CONTAINER,
    'OPS/book.opf': `<package><metadata xmlns:dc="d"><dc:title>The\n Book</dc:title><dc:creator>A. Writer</dc:creator></metadata><manifest>${manifest}</manifest><spine toc="ncx">${spine}</spine></package>`,
    ...files,
  });
const item = (id: string, href: string, more = ''): string =>
  `<item id="${id}" href="${href}" media-type="application/xhtml+xml" ${more}/>`;
const ref = (id: string): string => `<itemref idref="${id}"/>`;

describe('e-books', () => {
  it('have chapters in the order of the spine, at the places that the contents name', async () => {
    const file = await epub({
      manifest: item('b', 'b%20b.xhtml') + item('a', 'sub/a.xhtml') + item('nav', 'nav.xhtml', 'properties="nav"'),
      spine: ref('a') + ref('b') + ref('lost'),
      files: {
        'OPS/sub/a.xhtml': page('<p>Front.</p>'),
        'OPS/b b.xhtml': page('<h1 id="one">One</h1><p>first&nbsp;text</p><div id="two"><h2>Two</h2><p>more</p></div>'),
        'OPS/nav.xhtml': page(
          '<nav epub:type="landmarks"><ol><li><a href="sub/a.xhtml">Nope</a></li></ol></nav><nav epub:type="toc"><ol><li><a href="b%20b.xhtml#one">Chapter\n One</a><ol><li><a href="b%20b.xhtml#two">Two</a></li></ol></li></ol></nav>',
        ),
      },
    });
    const { text, parts, shape, progress } = await extracted(extractEpub, file, 'epub');
    expect(text).toBe(
      'Front.\n\n=== chapter 1: Chapter One ===\n# One\n\nfirst text\n\n=== chapter 2: Two ===\n## Two\n\nmore\n',
    );
    expect(parts.map(({ number, from }) => text.slice(from).startsWith(`=== chapter ${number}`))).toEqual([true, true]);
    expect(shape).toBe('An e-book, “The Book” by A. Writer, as Markdown; each chapter begins with a line “=== chapter N: Title ===”.');
    expect(progress.at(-1)).toEqual([2, 2, 'chapters']);
  });

  it('have the names of the older list, or each file as a chapter', async () => {
    const files = { 'OPS/a.xhtml': page('<p>a</p>'), 'OPS/b.xhtml': page('<h2>Own name</h2><p>b</p>') };
    const ncx =
      '<ncx><docTitle><text>Doc</text></docTitle><navMap><navPoint><navLabel><text>First</text></navLabel><content src="a.xhtml"/></navPoint></navMap></ncx>';
    const manifest = item('a', 'a.xhtml') + item('b', 'b.xhtml');
    const named = await epub({
      manifest: `${manifest}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`,
      spine: ref('a') + ref('b'),
      files: { ...files, 'OPS/toc.ncx': ncx },
    });
    expect((await extracted(extractEpub, named, 'epub')).text).toBe('=== chapter 1: First ===\na\n\n## Own name\n\nb\n');
    const bare = await epub({ manifest, spine: ref('a') + ref('b'), files });
    expect((await extracted(extractEpub, bare, 'epub')).text).toBe(
      '=== chapter 1 ===\na\n\n=== chapter 2: Own name ===\n## Own name\n\nb\n',
    );
  });

  it('say which files are missing, and read none from outside', async () => {
    const file = await epub({
      manifest: item('a', 'a.xhtml') + item('b', '../../../etc/passwd.html'),
      spine: ref('a') + ref('b') + ref('a'),
      files: { 'OPS/a.xhtml': page('<p>a</p>') },
    });
    const { text, notice } = await extracted(extractEpub, file, 'epub');
    expect(text).toBe('=== chapter 1 ===\na\n');
    expect(notice).toBe('One file that it lists is missing.');
  });

  it('that are protected are refused; obscured fonts are no protection', async () => {
    const lock = (uri: string): string =>
      `<encryption><enc:EncryptedData xmlns:enc="e"><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`;
    const book = (uri: string): Promise<Blob> =>
      epub({
        manifest: item('a', 'a.xhtml'),
        spine: ref('a'),
        files: { 'OPS/a.xhtml': page('<p>a</p>'), 'META-INF/encryption.xml': lock(uri) },
      });
    expect(await refused(extractEpub, await book('OPS/a.xhtml'), 'epub')).toContain('protected against copying (DRM)');
    expect((await extracted(extractEpub, await book('OPS/font.otf'), 'epub')).text).toContain('a\n');
  });

  it('without text or chapters are refused in a sentence', async () => {
    expect(await refused(extractEpub, await packed({ 'a.bin': 'x' }), 'epub')).toContain('is no e-book inside');
    const pictures = await epub({ manifest: item('a', 'a.xhtml'), spine: ref('a'), files: { 'OPS/a.xhtml': page('<img src="a.png"/>') } });
    expect(await refused(extractEpub, pictures, 'epub')).toContain('holds no text');
  });

  it('without a package are read file by file', async () => {
    const file = await packed({ 'b.html': '<p>b', 'a.html': '<p>a' });
    expect((await extracted(extractEpub, file, 'epub')).text).toBe('=== chapter 1 ===\na\n\n=== chapter 2 ===\nb\n');
  });
});

describe.skipIf(!existsSync(CORPUS))(`the books of ${CORPUS}`, () => {
  const read = (name: string) => extracted(extractEpub, new Blob([readFileSync(`${CORPUS}/${name}`)]), 'epub');

  it('Moby-Dick has its chapters, each at its heading', async () => {
    const { text, parts } = await read('moby-dick.epub');
    expect(parts.length).toBeGreaterThan(135);
    const carpetBag = parts.find(({ label }) => /Carpet-Bag/i.test(label ?? ''));
    expect(text.slice(carpetBag?.from, (carpetBag?.from ?? 0) + 200)).toMatch(
      /^=== chapter \d+: .*Carpet-Bag\. ===\n# .*Carpet-Bag\.\n\nI stuffed a shirt or two into my old carpet-bag/i,
    );
    for (const { from } of parts) expect(text.startsWith('=== chapter ', from)).toBe(true);
  });

  it('Arabic is kept in its order', async () => {
    const { text } = await read('regime-anticancer-arabic.epub');
    expect(text).toContain('# من أين تأتي الحياة؟\n\nحسنًا! إن أردنا أن نفهم الآن');
  });
});
