import type { GraphLayout, Placed } from './graph-layout.ts';

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const MARGIN = { x: 24, top: 36, bottom: 16 } as const;
/** 13 px text at its floor of 11 px. */
const SMALLEST = 0.85;

/**
 * The camera while it follows: everything if that stays readable, else the width as far as it
 * stays readable with the piece that works now in view. Never larger than life.
 */
export function followViewport(
  layout: GraphLayout,
  now: Placed | undefined,
  view: { readonly width: number; readonly height: number },
): Viewport {
  const room = {
    width: view.width - 2 * MARGIN.x,
    height: view.height - MARGIN.top - MARGIN.bottom,
  };
  const whole = Math.min(1, room.width / layout.width, room.height / layout.height);
  const zoom = whole >= SMALLEST ? whole : Math.max(SMALLEST, Math.min(1, room.width / layout.width));
  return {
    zoom,
    x: alongAxis(layout.width * zoom, room.width, MARGIN.x, now && (now.x + now.piece.width) * zoom),
    y: alongAxis(layout.height * zoom, room.height, MARGIN.top, now && (now.y + now.piece.height) * zoom),
  };
}

/** What fits stands at the margin, so that it does not wander while it grows; else `now` comes into view. */
function alongAxis(content: number, room: number, margin: number, now: number | undefined): number {
  if (content <= room || now === undefined || now <= room) return margin;
  return Math.max(margin + room - now, margin + room - content);
}
