import { blobPieces } from './blob-pieces.ts';

export interface DamagedUtf8 {
  /** UTF-16 code units of the text when every damaged place is one U+FFFD. */
  readonly chars: number;
  readonly damaged: number;
  /** Code units beyond ASCII that did decode. */
  readonly intact: number;
}

/**
 * Reads a file that is not valid UTF-8 as UTF-8 all the same, to tell a large UTF-8 file with a few
 * broken characters (a cut log, a bad byte) from one in another encoding.
 */
export async function measureDamage(
  blob: Blob,
  skip: number,
  signal: AbortSignal,
): Promise<DamagedUtf8> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const result = { chars: 0, damaged: 0, intact: 0 };
  const count = (text: string): void => {
    result.chars += text.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 0xfffd) result.damaged++;
      else if (unit > 127) result.intact++;
    }
  };
  for await (const piece of blobPieces(blob, skip, signal)) {
    count(decoder.decode(piece, { stream: true }));
  }
  count(decoder.decode());
  return result;
}
