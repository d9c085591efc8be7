import { rowsTop, type Bar, type Lane } from './timeline-layout.ts';
import type { Palette } from './use-palette.ts';

/** What to draw, in px of a canvas whose top left is the viewport's. */
export interface Scene {
  readonly lanes: readonly Lane[];
  /** px scrolled from the top of the first lane. */
  readonly scroll: number;
  readonly width: number;
  readonly height: number;
  /** From ms to px. */
  readonly x: (at: number) => number;
  readonly right: number;
  /** px of the playhead: words do not run across it. */
  readonly now: number;
  readonly grid: readonly number[];
  readonly selected: string | null;
  readonly palette: Palette;
  /** Words after the last bar of a lane: what came back, how long it took. */
  readonly noteOf: (lane: Lane) => LaneNote | null;
}

export interface LaneNote {
  readonly line: string;
  readonly small: string;
}

const BAR = 15;
/** px that «one after another: 12:34» takes. */
const SENTENCE_ROOM = 146;
const SANS = "'Hanken Grotesk Variable', system-ui, sans-serif";
const SERIF = "'Newsreader Variable', Georgia, serif";

/** Draws the lanes that are in view. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: Scene): void {
  const { lanes, scroll, width, height, palette } = scene;
  context.clearRect(0, 0, width, height);
  const inView = lanes.filter(({ top, height: high }) => top + high > scroll && top < scroll + height);
  for (const lane of inView) {
    if (lane.kind !== 'fanOut') continue;
    context.fillStyle = palette.sunk;
    context.fillRect(0, lane.top - scroll, width, lane.height);
  }
  context.fillStyle = palette.rule;
  for (const at of scene.grid) context.fillRect(Math.round(scene.x(at)), 0, 1, height);
  for (const lane of lanes) drawAsked(context, scene, lane);
  for (const lane of inView) {
    const y = lane.top - scroll + rowsTop(lane);
    const high = lane.kind === 'call' ? BAR : Math.max(1, lane.rowHeight - 1.2);
    const rowHeight = lane.kind === 'call' ? 0 : lane.rowHeight;
    for (const bar of lane.bars) drawBar(context, scene, bar, lane, y + bar.row * rowHeight, high);
    for (const bar of lane.bars) drawSign(context, scene, bar, y + bar.row * rowHeight + high / 2);
    drawNote(context, scene, lane);
  }
}

const depthOf = (palette: Palette, depth: number): string =>
  palette[(['d0', 'd1', 'd2', 'd3', 'd4'] as const)[Math.min(depth, 4)] ?? 'd4'];

/** A hairline from the moment a cell asked, down to what it asked for. */
function drawAsked(context: CanvasRenderingContext2D, { lanes, scroll, height, x, palette }: Scene, lane: Lane): void {
  const from = lane.asked === null ? undefined : lanes[lane.asked.lane];
  if (!from || lane.asked === null) return;
  const top = from.top - scroll + rowsTop(from) + BAR;
  const bottom = lane.top - scroll + rowsTop(lane);
  if (bottom < 0 || top > height) return;
  context.fillStyle = depthOf(palette, from.depth);
  context.globalAlpha = 0.55;
  context.fillRect(Math.round(x(lane.asked.at)), top, 1, bottom - top);
  context.globalAlpha = 1;
}

function drawBar(context: CanvasRenderingContext2D, scene: Scene, bar: Bar, lane: Lane, y: number, high: number): void {
  const { palette, x, selected } = scene;
  const left = x(bar.from);
  // Neighbours in a row keep a gap, and the shortest still shows.
  const wide = Math.max(lane.kind === 'call' && bar.kind === 'runs' ? 5 : 1.5, x(bar.to) - left - (lane.kind === 'call' ? 0 : 0.8));
  const wood = depthOf(palette, lane.depth);
  switch (bar.kind) {
    case 'writes':
    case 'writing':
      context.fillStyle = bar.kind === 'writing' ? palette.lac : wood;
      context.fillRect(left, y, wide, high);
      if (lane.depth >= 3 && bar.kind === 'writes') outline(context, palette.ink3, left, y, wide, high, 1);
      if (lane.kind === 'call') drawTurn(context, scene, bar, left, y, wide);
      break;
    case 'runs':
      context.fillStyle = palette.card;
      context.fillRect(left, y, wide, high);
      outline(context, lane.depth >= 3 ? palette.ink3 : wood, left, y, wide, high, 1.5);
      break;
    case 'waits':
      context.strokeStyle = lane.depth >= 3 ? palette.ink3 : wood;
      context.lineWidth = 1.5;
      context.setLineDash([1.5, 2.5]);
      context.beginPath();
      context.moveTo(left + 2, Math.round(y + high / 2));
      context.lineTo(left + wide, Math.round(y + high / 2));
      context.stroke();
      context.setLineDash([]);
      break;
    case 'voided':
    case 'lost':
      context.fillStyle = palette.card;
      context.fillRect(left, y, wide, high);
      outline(context, bar.kind === 'voided' ? palette.ochre : palette.ink, left, y, wide, high, 1.2);
      break;
  }
  if (bar.call === selected && lane.kind === 'fanOut') {
    outline(context, palette.ink, left - 2, y - 2, wide + 4, high + 4, 1.5);
  }
}

function outline(context: CanvasRenderingContext2D, colour: string, x: number, y: number, wide: number, high: number, line: number): void {
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.strokeRect(x + line / 2, y + line / 2, Math.max(0.5, wide - line), Math.max(0.5, high - line));
}

function drawTurn(context: CanvasRenderingContext2D, { palette }: Scene, bar: Bar, left: number, y: number, wide: number): void {
  if (bar.turn === null) return;
  context.font = `600 11px ${SANS}`;
  context.textBaseline = 'middle';
  const label = [`turn ${bar.turn}`, String(bar.turn)].find((text) => context.measureText(text).width + 10 <= wide);
  if (label === undefined) return;
  context.fillStyle = palette.card;
  context.fillText(label, left + 5, y + BAR / 2 + 0.5);
}

/** A retry or a failure, at the end of the attempt it ended. */
function drawSign(context: CanvasRenderingContext2D, { palette, x }: Scene, bar: Bar, middle: number): void {
  const at = x(bar.to);
  if (bar.kind === 'voided') {
    context.fillStyle = palette.ochre;
    context.beginPath();
    context.moveTo(at, middle - 5);
    context.lineTo(at + 5.5, middle + 4.5);
    context.lineTo(at - 5.5, middle + 4.5);
    context.fill();
  } else if (bar.kind === 'lost') {
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    context.beginPath();
    for (const sign of [1, -1]) {
      context.moveTo(at - 3, middle - 3 * sign);
      context.lineTo(at + 4, middle + 4 * sign);
    }
    context.stroke();
  }
}

function drawNote(context: CanvasRenderingContext2D, scene: Scene, lane: Lane): void {
  const note = scene.noteOf(lane);
  const end = Math.max(0, ...lane.bars.map(({ to }) => to));
  if (note === null || lane.bars.length === 0) return;
  const { palette, scroll, x, right, now } = scene;
  const left = x(end) + 10;
  const room = (now - left > 60 ? now : right) - left - 14;
  context.textBaseline = 'alphabetic';
  context.font = `italic 400 15px ${SERIF}`;
  // A value may be cut short; a sentence is said whole or not at all.
  const line = note.small === '' ? fitted(context, note.line, room) : room >= SENTENCE_ROOM ? note.line : '';
  if (line === '') return;
  const middle = lane.top - scroll + (lane.kind === 'call' ? rowsTop(lane) + BAR / 2 : lane.height / 2);
  if (note.small !== '') {
    // Hairlines pass behind the words.
    context.fillStyle = palette.sunk;
    context.fillRect(left, middle - 16, SENTENCE_ROOM, 38);
  }
  context.fillStyle = palette.ink2;
  context.fillText(line, left + 4, middle + (note.small === '' ? 5 : -1));
  if (lane.kind === 'call') {
    context.fillStyle = depthOf(palette, lane.depth);
    context.fillRect(x(end) + 1, Math.round(middle) - 0.75, 10, 1.5);
  }
  if (note.small === '') return;
  context.font = `400 12px ${SANS}`;
  context.fillText(note.small, left + 4, middle + 16);
}

/** The text, shortened to `room` px; empty where nothing readable fits. */
function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let short = text.slice(0, 60);
  while (short.length > 6 && context.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return short.length > 6 ? `${short}…` : '';
}
