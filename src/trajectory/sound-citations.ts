import type { Citation, DocumentInfo } from './events.ts';

/** Citations of one answer that are shown; ours have far fewer. */
const MOST = 1_000;

/**
 * The citations of a log that point to where a run's documents have text. A log may come from
 * anybody: what points elsewhere is left out, as nothing can be said of it.
 */
export function soundCitations(citations: readonly Citation[], documents: readonly DocumentInfo[]): readonly Citation[] {
  const chars = new Map(documents.map((info) => [info.id, info.chars]));
  const isSound = ({ document, from, to }: Citation): boolean => {
    if (document === null) return from === null && to === null;
    const length = chars.get(document);
    return length !== undefined && from !== null && to !== null && from < to && to <= length;
  };
  const sound = citations.every(isSound) ? citations : citations.filter(isSound);
  return sound.length > MOST ? sound.slice(0, MOST) : sound;
}
