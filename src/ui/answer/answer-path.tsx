import type { RunStore } from '../../state/run-store.ts';
import { useApp, useRun } from '../app-context.tsx';
import { PaneHead } from '../kit/pane-head.tsx';
import styles from './answer-path.module.css';
import { answerPath } from './path.ts';

const SHOWN = 12;

/** How the answer was found: the root's turns in its own words. Each leads to itself. */
export function AnswerPath({ run }: { readonly run: RunStore }) {
  const { desk } = useApp();
  const live = useRun(run, (view) => view.live);
  const path = answerPath(live);
  if (path.length === 0) return null;
  // The first and the last turns tell most of a long way.
  const shown = path.length > SHOWN ? [...path.slice(0, SHOWN / 2), ...path.slice(-SHOWN / 2)] : path;
  const show = (turn: number) => {
    run.select({ call: '0', turn });
    desk.setState({ phoneTab: 'inspector' });
  };
  return (
    <section aria-label="How it was found" className={styles.path}>
      <PaneHead title="How it was found">
        {shown.length < path.length && <span className={styles.count}>{`${SHOWN} of ${path.length} turns`}</span>}
      </PaneHead>
      <ol>
        {shown.map(({ turn, said, facts }) => (
          <li key={turn}>
            {/* Named by its place: the model's words may say the name of any other button. */}
            <button
              type="button"
              className={styles.turn}
              aria-label={`Turn ${turn}, ${facts}`}
              onClick={() => show(turn)}
            >
              <span className={styles.number}>{turn}</span>
              <span className={styles.said} dir="auto">
                {said ?? 'Wrote code without a word.'}
              </span>
              <span className={styles.facts}>{facts}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
