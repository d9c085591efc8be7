import { UnreadableFile } from '../unreadable-file.ts';

const SENTENCES: readonly (readonly [message: RegExp, sentence: string])[] = [
  [
    /encrypted|password|encryption method/i,
    'is protected with a password: unpack or save it without one and add that',
  ],
  [/split zip/i, 'is one part of a split archive: join the parts or unpack them, and add the files inside'],
  [/overlapping/i, 'shares its bytes with another file, as in a zip bomb: unpack it and add what you need of it'],
  [/compression method|unsupported/i, 'is packed in a way that is not known here: unpack it and add the files inside'],
];
const DAMAGED = 'is damaged or was cut off: get it again, or unpack it and add the files inside';

/**
 * What the person is told of a zip that cannot be read.
 * @param what the subject of the sentence: «“notes.zip”», «“a.txt” in “notes.zip”».
 * @throws the reason of `signal` where it was aborted.
 */
export function zipSentence(error: unknown, what: string, signal: AbortSignal): UnreadableFile {
  signal.throwIfAborted();
  if (error instanceof UnreadableFile) return error;
  if (isNotReadable(error)) {
    return new UnreadableFile(`${what} could not be read: it was changed, moved or removed. Add it again.`);
  }
  const message = error instanceof Error ? error.message : String(error);
  const known = SENTENCES.find(([pattern]) => pattern.test(message));
  return new UnreadableFile(`${what} ${known?.[1] ?? DAMAGED}.`);
}

/** What browsers throw when the file under a Blob is not as it was. */
function isNotReadable(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError');
}
