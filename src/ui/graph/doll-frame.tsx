import type { ReactNode } from 'react';
import { depthColour } from '../kit/doll.tsx';
import styles from './doll-frame.module.css';

interface DollFrameProps {
  readonly depth: number;
  readonly shells: number;
  readonly selected: boolean;
  readonly children: ReactNode;
}

/** The frame only a call has: shoulders above, base below, one shell for each level inside. */
export function DollFrame({ depth, shells, selected, children }: DollFrameProps) {
  return (
    <div
      className={selected ? `${styles['frame']} ${styles['selected']}` : styles['frame']}
      style={{ borderColor: depthColour(depth) }}
    >
      {Array.from({ length: shells }, (_, index) => (
        <i
          // Shells have no identity but their place.
          key={index}
          className={styles['shell']}
          style={{
            inset: -(index + 1) * 4 - 1.5,
            borderRadius: `${14 + (index + 1) * 4}px ${14 + (index + 1) * 4}px ${4 + (index + 1) * 4}px ${4 + (index + 1) * 4}px`,
            borderColor: depthColour(depth),
            opacity: 0.8 - index * 0.15,
          }}
        />
      ))}
      <div className={styles['inside']}>{children}</div>
    </div>
  );
}
