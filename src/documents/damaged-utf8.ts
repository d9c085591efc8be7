import { blobPieces } from './blob-pieces.ts';

/** Damage that a cut log or a bad disk does not do: another encoding does. */
const HOPELESS = 1000;

/**
 * Reads a file that is not valid UTF-8 as UTF-8 all the same, to tell a large UTF-8 file with a few
 * broken characters (a cut log, a bad byte) from one in another encoding. `chars` is the UTF-16 code
 * units of the text when every damaged place is one U+FFFD. Gives up early, with null, where hardly
 * anything beyond ASCII decodes; not with a byte-order mark, which nothing but UTF-8 begins with.
 */
export async function measureDamage(
  blob: Blob,
  skip: 0 | 2 | 3,
  signal: AbortSignal,
): Promise<{ readonly chars: number; readonly damaged: number } | null> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const marked = skip === 3;
  let chars = 0;
  let damaged = 0;
  let intact = 0;
  const count = (text: string): void => {
    chars += text.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 0xfffd) damaged++;
      else if (unit > 127) intact++;
    }
  };
  for await (const piece of blobPieces(blob, skip, signal)) {
    count(decoder.decode(piece, { stream: true }));
    if (!marked && damaged > HOPELESS && damaged > intact) return null;
  }
  count(decoder.decode());
  return marked || damaged < 0.05 * intact ? { chars, damaged } : null;
}
