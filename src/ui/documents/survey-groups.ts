import { kindLabel } from '../../trajectory/document-kinds.ts';
import type { Survey } from '../../state/survey-store.ts';

type Entry = Survey['entries'][number];

/** Files of a survey that stand together: of one kind, or left out for one reason. */
export interface SurveyGroup {
  readonly id: string;
  readonly label: string;
  /** Numbers of its entries in the survey. */
  readonly entries: readonly number[];
  readonly bytes: number;
  /** Characters that they are likely to hold. */
  readonly chars: number;
  /** Whether any of it can be ticked. */
  readonly readable: boolean;
}

export interface SurveyGroups {
  /** By kind, those with the most files first. */
  readonly read: readonly SurveyGroup[];
  /** By reason, those that may be read all the same first. */
  readonly skipped: readonly SurveyGroup[];
}

/** What is in a folder by kind, and what is left out by reason. */
export function groupSurvey(entries: readonly Entry[]): SurveyGroups {
  const read = new Map<string, number[]>();
  const skipped = new Map<string, number[]>();
  entries.forEach(({ kind, skip, readable }, index) => {
    const groups = skip === null ? read : skipped;
    const label = skip ?? kindLabel(kind ?? 'text');
    const key = skip === null ? label : `${readable ? 1 : 0} ${label}`;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  const toGroup = (side: string) => ([key, members]: [string, number[]]): SurveyGroup => ({
    id: `${side} ${key}`,
    label: side === 'read' ? key : key.slice(2),
    entries: members,
    ...sumOf(entries, members),
    readable: members.some((index) => entries[index]?.readable === true),
  });
  const byCount = (a: SurveyGroup, b: SurveyGroup) =>
    Number(b.readable) - Number(a.readable) || b.entries.length - a.entries.length || a.label.localeCompare(b.label, 'en');
  return {
    read: [...read].map(toGroup('read')).sort(byCount),
    skipped: [...skipped].map(toGroup('skipped')).sort(byCount),
  };
}

/** Bytes and likely characters of some entries together. */
export function sumOf(entries: readonly Entry[], some: Iterable<number>): { bytes: number; chars: number } {
  let bytes = 0;
  let chars = 0;
  for (const index of some) {
    bytes += entries[index]?.bytes ?? 0;
    chars += entries[index]?.chars ?? 0;
  }
  return { bytes, chars };
}

/** The entries that are read unless the person says otherwise. */
export const ticked = (entries: readonly Entry[]): ReadonlySet<number> =>
  new Set(entries.flatMap(({ skip, readable }, index) => (skip === null && readable ? [index] : [])));
