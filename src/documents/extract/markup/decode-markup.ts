import { blobPieces, readBytes } from '../../blob-pieces.ts';
import { HEAD_BYTES, guessEncoding } from '../../text-encoding.ts';

/** How the bytes of a web page decode. */
export interface MarkupEncoding {
  /** A label that `TextDecoder` takes. */
  readonly label: string;
  /** Nothing in the file says so: it is not valid UTF-8. */
  readonly guessed: boolean;
}

/**
 * The encoding of a web page: its byte-order mark, else the pattern of UTF-16, else what its XML
 * declaration or `<meta charset>` names, else UTF-8 where all of it is valid, else windows-1252.
 * @throws the reason of `signal` when it aborts.
 */
export async function markupEncoding(file: Blob, signal: AbortSignal): Promise<MarkupEncoding> {
  const head = await readBytes(file, 0, Math.min(HEAD_BYTES, file.size));
  const { encoding, skip } = guessEncoding(head);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return { label: encoding, guessed: false };
  if (skip === 3) return { label: 'utf-8', guessed: false };
  const named = namedEncoding(head);
  if (named !== null) return { label: named, guessed: false };
  return (await isUtf8(file, signal))
    ? { label: 'utf-8', guessed: false }
    : { label: 'windows-1252', guessed: true };
}

/** The text of a web page, piece by piece, without its byte-order mark. */
export async function* decodedPieces(
  file: Blob,
  label: string,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(label);
  let done = 0;
  for await (const piece of blobPieces(file, signal)) {
    done += piece.length;
    yield decoder.decode(piece, { stream: true });
    onProgress(done);
  }
  yield decoder.decode();
}

/** Browsers look at the first 1,024 bytes; saved pages often say it later. */
const NAMED_WITHIN = 8192;

function namedEncoding(head: Uint8Array): string | null {
  let start = '';
  for (const byte of head.subarray(0, NAMED_WITHIN)) start += String.fromCharCode(byte);
  const named =
    /<meta\b[^>]{0,1000}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)?.[1] ??
    /^\s*<\?xml\b[^>]{0,1000}?\bencoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1];
  if (named === undefined) return null;
  try {
    const { encoding } = new TextDecoder(named);
    // The name could be read byte by byte: it is not UTF-16, whatever it says.
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return null;
  }
}

async function isUtf8(file: Blob, signal: AbortSignal): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of blobPieces(file, signal)) decoder.decode(piece, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
