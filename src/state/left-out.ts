import { formatCount, plural } from '../base/format.ts';
import type { SurveyEntry } from '../documents/survey.ts';

/** Why entries are left out, and how many for each reason: «lock file, PNG picture (2)». */
function reasons(entries: readonly SurveyEntry[]): string {
  const counts = new Map<string, number>();
  for (const { skip } of entries) {
    const why = skip ?? 'cannot be read';
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => (count > 1 ? `${why} (${formatCount(count)})` : why)).join(', ');
}

/** What of an archive was not read without asking; null where that is nothing. */
export function leftOut(entries: readonly SurveyEntry[], chosen: readonly number[]): string | null {
  const read = new Set(chosen);
  const left = entries.filter((_entry, number) => !read.has(number));
  if (left.length === 0) return null;
  const were = left.length === 1 ? 'was' : 'were';
  return `${formatCount(left.length)} of ${plural(entries.length, 'file')} ${were} left out: ${reasons(left)}.`;
}

/** Why an archive comes to nothing. */
export const nothingInside = (path: string, entries: readonly SurveyEntry[]): string =>
  entries.length === 0
    ? `“${path}” is empty: there is no file in it.`
    : `“${path}” holds nothing that can be read: ${reasons(entries)}.`;
