import { depthColour } from './doll.tsx';
import styles from './state-mark.module.css';

export type Mark = 'queued' | 'running' | 'retrying' | 'finished' | 'failed' | 'cut';

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  queued: 'queued',
  running: 'in flight',
  retrying: 'retrying',
  finished: 'back',
  failed: 'failed',
  cut: 'cut off',
};

interface StateMarkProps {
  readonly state: Mark;
  readonly depth: number;
  /** Pixels, square. */
  readonly size: number;
}

/** A state as a shape first and a colour second: six different things in grey scale too. */
export function StateMark({ state, depth, size }: StateMarkProps) {
  return (
    <svg
      className={state === 'running' ? styles['turns'] : undefined}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      data-state={state}
    >
      <Shape state={state} colour={depthColour(depth)} outlined={depth >= 3} />
    </svg>
  );
}

interface ShapeProps {
  readonly state: Mark;
  readonly colour: string;
  /** The lightest woods are below 3:1 and need an outline. */
  readonly outlined: boolean;
}

function Shape({ state, colour, outlined }: ShapeProps) {
  switch (state) {
    case 'queued':
      return <circle cx="8" cy="8" r="3" fill="none" stroke="var(--ink3)" strokeWidth="1.5" />;
    case 'running':
      return (
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="var(--lac)"
          strokeWidth="2.4"
          strokeDasharray="28 9.7"
        />
      );
    case 'retrying':
      return (
        <>
          <path d="M8 1 15.4 15H.6Z" fill="var(--ochre)" />
          <path d="M8 6v5" stroke="var(--card)" strokeWidth="1.6" />
        </>
      );
    case 'finished':
      return (
        <rect
          x="0.75"
          y="0.75"
          width="14.5"
          height="14.5"
          fill={colour}
          {...(outlined ? { stroke: 'var(--ink3)' } : {})}
        />
      );
    case 'failed':
      return <path d="M2.5 2.5l11 11m0-11l-11 11" stroke="var(--ink)" strokeWidth="3" />;
    case 'cut':
      return (
        <>
          <rect x="1" y="1" width="14" height="14" fill="none" stroke="var(--ink2)" strokeWidth="1.5" />
          <path d="M1 8h14v7H1z" fill="var(--ink2)" />
        </>
      );
  }
}
