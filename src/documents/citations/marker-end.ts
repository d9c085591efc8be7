/** Marker lines are short: a label in one has at most 120 code units. */
const LONGEST = 240;
const MARKER = /=== (?:page|sheet|slide|chapter|message) [^\n]{1,200} ===(?=\n|$)/y;

/** Where the marker line that begins at `at` ends, without its line end; 0 where none does. */
export function markerEnd(text: string, at: number): number {
  if (at > 0 && text.charCodeAt(at - 1) !== 10) return 0;
  if (!text.startsWith('=== ', at)) return 0;
  const line = text.slice(at, at + LONGEST);
  MARKER.lastIndex = 0;
  return MARKER.test(line) ? at + MARKER.lastIndex : 0;
}
