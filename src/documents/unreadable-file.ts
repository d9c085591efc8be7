/**
 * A file that cannot become a document. Its message is one sentence for the person: what is wrong
 * and what to do. It crosses to the page by name and message.
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

export const emptyFile = (name: string, how: string): UnreadableFile =>
  new UnreadableFile(`“${name}” is empty (${how}): add a file with text in it.`);

/**
 * Does something with a file that may have gone: moved, changed, locked, or a folder dropped as a file.
 * @throws UnreadableFile where it has; the reason of `signal`; what else `job` throws.
 */
export async function orVanished<T>(name: string, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (reason) {
    if (signal.aborted) throw signal.reason;
    if (!(reason instanceof DOMException)) throw reason;
    throw new UnreadableFile(
      `“${name}” could not be read (${reason.name}), as it was moved, changed or deleted since, or is a folder: add it again.`,
    );
  }
}
