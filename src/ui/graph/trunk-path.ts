interface Point {
  readonly x: number;
  readonly y: number;
}

const TRUNK = 22;
const CORNER = 12;

/**
 * SVG path from the row that asked: along to the trunk, up or down it, along to the piece; corners
 * of 12 px, smaller where there is less room.
 */
export function trunkPath(from: Point, to: Point): string {
  const trunk = from.x + TRUNK;
  const rise = to.y - from.y;
  const radius = Math.min(CORNER, Math.abs(rise) / 2);
  if (radius < 1) return `M${from.x} ${from.y}H${to.x}`;
  const way = Math.sign(rise);
  return [
    `M${from.x} ${from.y}`,
    `H${trunk - radius}`,
    `Q${trunk} ${from.y} ${trunk} ${from.y + way * radius}`,
    `V${to.y - way * radius}`,
    `Q${trunk} ${to.y} ${trunk + radius} ${to.y}`,
    `H${to.x}`,
  ].join('');
}
