import styles from './doll.module.css';

const BOWL =
  'M.8 22C.8 19.9 2.1 18.7 4.3 18.7H15.7C17.9 18.7 19.2 19.9 19.2 22 19.2 28.2 16.7 31 14 31H6C3.3 31 .8 28.2.8 22Z';
const LID =
  'M10 1C5.9 1 3.3 3.9 3.3 7.6 3.3 10.2 4.7 11.6 4.7 13.2 4.7 14.9 2.6 15.6 1.7 17.5H18.3C17.4 15.6 15.3 14.9 15.3 13.2 15.3 11.6 16.7 10.2 16.7 7.6 16.7 3.9 14.1 1 10 1ZM10 4.4A3.2 3.2 0 1 1 10 10.8 3.2 3.2 0 0 1 10 4.4Z';

/** Lightness orders the depths; everything below the fourth level shares its colour. */
export const depthColour = (depth: number): string => `var(--d${Math.min(depth, 4)})`;

interface DollProps {
  readonly depth: number;
  /** Open while its call works, closed when it has returned. */
  readonly open: boolean;
  /** Height in pixels: 32, 27, 24, 22 by depth; 17 in legends. */
  readonly size: number;
  /** Overrides the depth's colour, for the mark of the app. */
  readonly colour?: string;
}

/** A call as a nesting doll. Decoration: the words beside it say the same. */
export function Doll({ depth, open, size, colour = depthColour(depth) }: DollProps) {
  return (
    <svg
      className={open ? `${styles.doll} ${styles.open}` : styles.doll}
      width={(size * 20) / 32}
      height={size}
      viewBox="0 0 20 32"
      aria-hidden="true"
    >
      <rect className={styles.band} x="3" y="15.6" width="14" height="1.5" rx="0.7" />
      <path d={BOWL} fill={colour} />
      <path className={styles.lid} d={LID} fill={colour} fillRule="evenodd" />
    </svg>
  );
}
