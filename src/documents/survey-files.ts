import type { BinaryKind } from './binary-kind.ts';
import { readBytes } from './blob-pieces.ts';
import { likelyChars } from './likely-chars.ts';
import { whySkipped } from './skip-rules.ts';
import { sniff } from './sniff.ts';
import type { SurveyEntry } from './survey.ts';
import { surveyByName } from './survey-by-name.ts';

/** Bytes of a file that are looked at. */
const HEAD = 4096;

/** Files that are looked at side by side: the disk answers one while another is judged. */
const AT_ONCE = 16;

/**
 * What files are, by their names and first 4 KB, and what of them would be left out and why; in
 * their order. A file that cannot be opened is told as such, and the others go on.
 * @throws the reason of `signal`.
 */
export async function surveyFiles(
  files: readonly { readonly file: File; readonly path: string }[],
  signal: AbortSignal,
): Promise<SurveyEntry[]> {
  const entries = new Array<SurveyEntry>(files.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      signal.throwIfAborted();
      const found = files[i];
      if (found !== undefined) entries[i] = await surveyFile(found.file, found.path);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  signal.throwIfAborted();
  return entries;
}

async function surveyFile(file: File, path: string): Promise<SurveyEntry> {
  const byName = surveyByName(path, file.size);
  // What is left out for its place is not opened: node_modules of fifty thousand files cost nothing.
  if (whySkipped(path, 'text', file.size) !== null) return byName;
  let head: Uint8Array;
  try {
    head = await readBytes(file, 0, Math.min(HEAD, file.size));
  } catch {
    return { ...byName, skip: 'could not be opened', readable: false, chars: 0 };
  }
  const sniffed = sniff(head, path);
  if ('binary' in sniffed) {
    const skip = whySkipped(path, null, file.size);
    return { ...byName, kind: null, skip: skip === 'binary data' ? inShort(sniffed.binary) : skip, readable: false, chars: 0 };
  }
  const { kind } = sniffed;
  return {
    path,
    bytes: file.size,
    kind,
    skip: whySkipped(path, kind, file.size),
    readable: true,
    chars: likelyChars(kind, file.size, head),
  };
}

/** «a PNG picture» as a list says it. */
const inShort = ({ name }: BinaryKind): string => name.replace(/^an? /, '');
