import type { FileKind } from '../trajectory/document-kinds.ts';
import { binaryByName } from './binary-names.ts';
import { likelyChars } from './likely-chars.ts';
import { whySkipped } from './skip-rules.ts';
import { kindOfName } from './sniff.ts';
import type { SurveyEntry } from './survey.ts';

/**
 * What a file is likely to be, by its name alone, as the entries of an archive are. A name that says
 * nothing is taken for a text: reading it tells.
 * @param path harmless to show, parted by `/`.
 */
export function surveyByName(path: string, bytes: number): SurveyEntry {
  const kind: FileKind | null = kindOfName(path) ?? (binaryByName(path) === null ? 'text' : null);
  return {
    path,
    bytes,
    kind,
    skip: whySkipped(path, kind, bytes),
    readable: kind !== null && bytes > 0,
    chars: kind === null ? 0 : likelyChars(kind, bytes),
  };
}
