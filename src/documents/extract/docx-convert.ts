import type { DocxParts, DocxReading, DocxTools } from './docx-reading.ts';
import type { Composer } from './markup/composer.ts';
import { createHtmlWalker } from './markup/html-walker.ts';
import { parseMarkup } from './markup/parse-markup.ts';

/** Code units of the main part that mammoth's tree is made of: about forty times as many bytes. */
const LARGEST = 16_000_000;
/** Elements inside each other; mammoth goes down into them by calling itself. */
const DEEPEST = 300;

/** The end of a main part that is not cut off; mammoth reads a cut one and says nothing. */
const WHOLE = /<\/(?:\w+:)?document\s*>\s*$/;

const STYLES = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='heading 7'] => h6:fresh",
  "p[style-name='heading 8'] => h6:fresh",
  "p[style-name='heading 9'] => h6:fresh",
  'comment-reference => sup',
];

/**
 * Converts a Word document through mammoth, which knows its styles, lists and notes.
 * @returns null, with nothing written, where mammoth cannot read it or had better not try.
 */
export async function convertDocx(
  parts: DocxParts,
  xml: string,
  composer: Composer,
  expectChapters: (headings: number) => void,
  { signal, onProgress }: DocxTools,
): Promise<DocxReading | null> {
  if (xml.length > LARGEST || /<!(?:DOCTYPE|ENTITY)/.test(xml) || !WHOLE.test(xml.slice(-100))) return null;
  if ((await depthOf(xml, signal)) > DEEPEST) return null;
  const html = await toHtml(parts);
  signal.throwIfAborted();
  if (html === null) return null;
  expectChapters(html.match(/<h1[ >](?!class="title")/g)?.length ?? 0);
  const walker = createHtmlWalker(composer, { titleClass: 'title' });
  await parseMarkup([html], walker, {
    syntax: 'html',
    signal,
    onProgress: (chars) => onProgress(chars, html.length, 'bytes'),
  });
  return { pictures: walker.pictures, plain: false };
}

async function toHtml(parts: DocxParts): Promise<string | null> {
  // Pictures, fonts and embedded files stay out.
  const zip = await parts.repacked((path) => /\.(?:xml|rels)$/i.test(path));
  const { default: mammoth } = await import('mammoth');
  // Node reads `buffer`, a browser `arrayBuffer`.
  const input = { arrayBuffer: zip.buffer, buffer: zip.buffer };
  try {
    const { value } = await mammoth.convertToHtml(input, {
      styleMap: STYLES,
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
    });
    return value
      .replace(/ ?<a href="#[^"]*">↑<\/a>/g, '')
      .replace(/<ol>(?=<li id="(?:footnote|endnote)-)/, '<p>Notes:</p><ol>')
      .replace(/<dl>(?=<dt id="comment-)/, '<p>Comments:</p><dl>');
  } catch {
    // Whatever it stumbled over, the plain walk does not.
    return null;
  }
}

async function depthOf(xml: string, signal: AbortSignal): Promise<number> {
  let depth = 0;
  let deepest = 0;
  await parseMarkup(
    [xml],
    {
      open: () => void (deepest = Math.max(deepest, ++depth)),
      close: () => void depth--,
      text() {},
    },
    { syntax: 'xml', signal },
  );
  return deepest;
}
