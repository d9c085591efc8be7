/**
 * A stretch of text in the making: the document itself, a heading, a cell. It knows how much white
 * space is due before what comes next, so that none is written at ends.
 */
export interface Frame {
  /** Writes as it is. */
  readonly put: (text: string) => void;
  /** Something has been written. */
  started: boolean;
  /** Line ends that are due before what comes next. */
  due: number;
  /** A space is due before what comes next on the line. */
  space: boolean;
  /** Nothing stands on the line yet but its indent. */
  fresh: boolean;
  /** The last character on the line, or ''. */
  last: string;
  /** How deep in lists. */
  depth: number;
  /** `- ` or `3. ` of an item that has not begun; '' otherwise. */
  marker: string;
  /** Addresses that the block links to, or null. */
  links: Set<string> | null;
}

export const createFrame = (put: (text: string) => void): Frame => ({
  put,
  started: false,
  due: 0,
  space: false,
  fresh: true,
  last: '',
  depth: 0,
  marker: '',
  links: null,
});

/** Lists inside each other that are indented. */
const DEEPEST_INDENT = 12;

/** Writes what is due before text: line ends, the indent, the item's marker. */
export function begin(frame: Frame): void {
  if (frame.started && frame.due === 0) return;
  if (frame.started) frame.put('\n'.repeat(frame.due));
  const marker = frame.marker;
  const indent = '  '.repeat(Math.min(DEEPEST_INDENT, marker === '' ? frame.depth : frame.depth - 1));
  if (indent !== '' || marker !== '') frame.put(indent + marker);
  frame.started = true;
  frame.due = 0;
  frame.space = false;
  frame.fresh = true;
  frame.last = '';
  frame.marker = '';
}

/** Text in which any white space, folded, is one space. */
export function putFolded(frame: Frame, text: string): void {
  const folded = text.replace(/[\s\0]+/g, ' ').replaceAll('\u00ad', '');
  const from = folded.startsWith(' ') ? 1 : 0;
  if (from === 1) frame.space = true;
  if (folded.length === from) return;
  begin(frame);
  const to = folded.endsWith(' ') ? folded.length - 1 : folded.length;
  const body = folded.slice(from, to);
  frame.put(frame.space && !frame.fresh ? ` ${body}` : body);
  frame.space = to < folded.length;
  frame.fresh = false;
  frame.last = body.slice(-1);
}

/** Text whose white space means something. */
export function putExact(frame: Frame, text: string): void {
  const lines = text.replaceAll('\0', '').split(/\r\n?|\n/);
  for (const [i, line] of lines.entries()) {
    if (i > 0) frame.due++;
    if (line === '') continue;
    begin(frame);
    if (frame.space && !frame.fresh) frame.put(' ');
    frame.put(line);
    frame.space = false;
    frame.fresh = false;
    frame.last = line.slice(-1);
  }
}

/** The line ends here; a second one leaves a line empty. */
export function breakLine(frame: Frame): void {
  frame.due = Math.min(2, frame.due + 1);
  frame.space = false;
}

/** A block ends or begins here: what comes next stands at least `gap` lines further down. */
export function breakBlock(frame: Frame, gap: 1 | 2): void {
  if (frame.links !== null) {
    const links = [...frame.links].join(', ');
    frame.links = null;
    if (frame.started && frame.due === 0) frame.put(` (${links})`);
  }
  frame.due = Math.max(gap, Math.min(2, frame.due));
  frame.space = false;
}
