import type { EpubParts } from './epub-package.ts';
import { attribute, parseMarkup } from './markup/parse-markup.ts';
import { resolvePath } from './markup/relations.ts';

/** How many of an e-book's text files are encrypted; obscured fonts do not matter. */
export async function lockedChapters(
  parts: EpubParts,
  files: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const xml = await parts.text('META-INF/encryption.xml');
  if (xml === null) return 0;
  const locked = new Set<string>();
  await parseMarkup(
    [xml],
    {
      open(name, attributes) {
        const address = attribute(attributes, 'URI');
        if (name !== 'CipherReference' || address === undefined) return;
        locked.add(resolvePath('', address));
        try {
          locked.add(resolvePath('', decodeURIComponent(address)));
        } catch {
          // It is no escaped address, then.
        }
      },
      close() {},
      text() {},
    },
    { syntax: 'xml', signal },
  );
  return files.filter((path) => locked.has(path)).length;
}
