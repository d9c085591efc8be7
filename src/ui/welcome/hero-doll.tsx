import { classes } from '../kit/classes.ts';
import styles from './hero-doll.module.css';

/**
 * The open doll with the shells inside it, drawn in section. Every shell is one silhouette that
 * stands on the ground (0, 0) at another size; the outermost is cut into bowl and lid.
 */
const SILHOUETTE =
  'M0-273C38-273 62-246 62-211 62-189 55.5-176 54.6-156.4 79-140 95-108 95-71.6 95-31 72 0 47 0H-47C-72 0-95-31-95-71.6-95-108-79-140-54.6-156.4-55.5-176-62-189-62-211-62-246-38-273 0-273Z';
const BOWL =
  'M-111-136.5C-116.5-122-119-106-119-89-119-40-92 0-58 0H58C92 0 119-40 119-89 119-106 116.5-122 111-136.5Q0-112-111-136.5Z';
const RIM = 'M-111-136.5Q0-112 111-136.5';
const LID =
  'M0-342C47.6-342 77.7-308 77.7-264.3 77.7-236.7 69.5-220.4 68.4-195.9 82-184 97-168 105.4-149.8 40-136 -40-136 -105.4-149.8-97-168-82-184-68.4-195.9-69.5-220.4-77.7-236.7-77.7-264.3-77.7-308-47.6-342 0-342Z';

const SHELLS = [
  { scale: 1, colour: 'var(--d1)' },
  { scale: 0.788, colour: 'var(--d2)' },
  { scale: 0.599, colour: 'var(--d3)' },
  { scale: 0.438, colour: 'var(--lac)' },
] as const;

const PAGES = [
  { x: -154.7, y: -462.7, turn: -16, scale: 0.816 },
  { x: -131.3, y: -352.2, turn: 12.2, scale: 0.926 },
  { x: -46.8, y: -327.3, turn: -9.1, scale: 1 },
] as const;

const LINES = [45, 40, 45, 23, 45, 31] as const;

interface HeroDollProps {
  /** With documents inside, the lid is on and no pages fly. */
  readonly filled: boolean;
}

export function HeroDoll({ filled }: HeroDollProps) {
  return (
    <svg
      className={classes(styles.drawing, filled && styles.filled)}
      viewBox="-208 -530 430 534"
      aria-hidden="true"
      fill="none"
      strokeLinejoin="round"
    >
      <path className={styles.ground} d="M-194 0H220" />
      <path className={styles.card} d={BOWL} />
      {SHELLS.map(({ scale, colour }) => (
        <path
          key={scale}
          className={styles.card}
          d={SILHOUETTE}
          transform={`scale(${scale})`}
          stroke={colour}
          vectorEffect="non-scaling-stroke"
          strokeWidth="1.4"
        />
      ))}
      <path d={SILHOUETTE} transform="scale(.301)" fill="var(--lac)" />
      <circle className={styles.card} cy="-63" r="9.8" />
      <path d={BOWL} stroke="var(--d0)" strokeWidth="2" />
      <path d={RIM} stroke="var(--d0)" strokeWidth="1.6" />
      {PAGES.map((page) => (
        <g key={page.scale} transform={`translate(${page.x} ${page.y}) rotate(${page.turn}) scale(${page.scale})`}>
          <Page />
        </g>
      ))}
      <g className={styles.lid} stroke="var(--d0)">
        <path d={LID} strokeWidth="2" />
        <circle cy="-262" r="48" strokeWidth="1.6" />
      </g>
    </svg>
  );
}

function Page() {
  return (
    <g className={styles.page}>
      <rect className={styles.paper} x="-32.3" y="-42.2" width="64.6" height="84.4" />
      {LINES.map((length, index) => (
        <path key={index} className={styles.line} d={`M-22.3 ${-27.8 + index * 9.9}h${length}`} />
      ))}
    </g>
  );
}
