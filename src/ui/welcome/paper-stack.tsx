import styles from './paper-stack.module.css';
import { stackLines, TOKENS_A_LINE, WINDOW_LINES } from './stack-lines.ts';

const HEIGHT = 142;
const PITCH = 2.72;

interface PaperStackProps {
  /** Rough tokens of the sample. */
  readonly tokens: number;
  /** Lines of the tallest stack beside it: all are drawn to one scale. */
  readonly tallest: number;
  /** Pixels. */
  readonly width: number;
}

/** A pile of paper to scale: its lowest lines, in lacquer, are what a model reads at once. */
export function PaperStack({ tokens, tallest, width }: PaperStackProps) {
  const lines = stackLines(tokens);
  const pitch = Math.min(PITCH, (HEIGHT - 6) / Math.max(tallest, WINDOW_LINES));
  return (
    <svg className={styles.stack} width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <path className={styles.ground} d={`M0 ${HEIGHT - 0.5}H${width}`} />
      {Array.from({ length: lines }, (_, line) => (
        <rect
          key={line}
          className={line < WINDOW_LINES ? styles.window : styles.paper}
          x={7 + slip(line)}
          y={HEIGHT - 3.4 - (line + 1) * pitch}
          width={width - 14 - slip(line)}
          height={pitch * 0.66}
        />
      ))}
    </svg>
  );
}

/** Real piles are not square: some sheets lie a little to the side, always the same ones. */
const slip = (line: number): number => (line < WINDOW_LINES ? 0 : ((line * 7) % 17) / 8);

/** The two lines of the legend, drawn as the stacks are. */
export function StackLegend() {
  return (
    <p className={styles.legend}>
      <span>
        <svg width="22" height="6" aria-hidden="true">
          <rect className={styles.paper} y="2" width="22" height="1.8" />
        </svg>
        one line is {TOKENS_A_LINE.toLocaleString('en')} tokens, to scale
      </span>
      <span>
        <svg width="22" height="6" aria-hidden="true">
          <rect className={styles.window} y="0.6" width="22" height="1.8" />
          <rect className={styles.window} y="3.4" width="22" height="1.8" />
        </svg>
        what a model can read at once
      </span>
    </p>
  );
}
