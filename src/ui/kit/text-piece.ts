/** Lines that are laid out at once: thousands of short ones cost more than the same characters in one. */
const MOST_LINES = 1_000;

/** Where a piece of `text` from `from` on ends, of at most `chars` characters and 1,000 lines. */
export function endOfPiece(text: string, from: number, chars: number): number {
  const most = Math.min(text.length, from + chars);
  let end = from;
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const at = text.indexOf('\n', end);
    if (at < 0 || at >= most) return most;
    end = at + 1;
  }
  return end;
}

/** Where the last piece of `text` begins, not before `from`, of at most `chars` characters and 1,000 lines. */
export function startOfTail(text: string, from: number, chars: number): number {
  const least = Math.max(from, text.length - chars);
  let start = text.length;
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const at = start < 2 ? -1 : text.lastIndexOf('\n', start - 2);
    if (at < least) return least;
    start = at + 1;
  }
  return start;
}
