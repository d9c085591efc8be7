import { UnreadableFile } from '../../documents/unreadable-file.ts';
import { type ExtractedKind, kindLabel } from '../../trajectory/document-kinds.ts';
import { ThreadLost, ThreadStuck } from './extract-thread.ts';

const NOT_THERE = ['NotReadableError', 'NotFoundError', 'SecurityError'];

/** What went wrong with a file's extraction, in one sentence for the person. */
export function unreadable(reason: unknown, name: string, kind: ExtractedKind): UnreadableFile {
  if (reason instanceof ThreadStuck) {
    return new UnreadableFile(
      `“${name}” was given up after three minutes in which nothing came of it, as it is damaged or needs more memory than there is: save it again with the program that made it, or export it as text, and add that.`,
    );
  }
  if (reason instanceof ThreadLost) {
    return new UnreadableFile(
      `“${name}” could not be read, as it needs more memory than there is or makes its reader fail: split it, or export it as text, and add that.`,
    );
  }
  const { name: type, message } = reason instanceof Error ? reason : new Error(String(reason));
  if (type === 'UnreadableFile') return new UnreadableFile(message);
  if (NOT_THERE.includes(type)) {
    return new UnreadableFile(
      `“${name}” could not be read (${type}), as it was moved, changed or deleted since: add it again.`,
    );
  }
  return new UnreadableFile(
    `“${name}” could not be read, as it is damaged or no ${kindLabel(kind)} that is known here: save it again with the program that made it, or export it as text, and add that.`,
  );
}
