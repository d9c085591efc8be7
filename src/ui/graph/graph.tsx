import '@xyflow/react/dist/base.css';
import type { RunStore } from '../../state/run-store.ts';
import { useIsNarrow } from '../kit/use-media.ts';
import { GraphFlow } from './graph-flow.tsx';
import styles from './graph.module.css';
import { Legend } from './legend.tsx';
import { Nest } from './nest.tsx';
import { RunProvider } from './run-context.tsx';

/** The calls of a run as dolls: by edges on the desk, one inside the other on a phone. */
export function Graph({ run }: { readonly run: RunStore }) {
  const isNarrow = useIsNarrow();
  return (
    <RunProvider run={run}>
      <div className={styles['graph']} role="group" aria-label="Graph">
        {isNarrow ? <Nest /> : <GraphFlow />}
        {isNarrow ? null : <Legend />}
      </div>
    </RunProvider>
  );
}
