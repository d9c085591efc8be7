import { Doll } from '../kit/doll.tsx';
import { MARK_WORDS, StateMark, type Mark } from '../kit/state-mark.tsx';
import styles from './graph.module.css';

const MARKS: readonly Mark[] = ['queued', 'running', 'finished', 'retrying', 'failed'];

/** Names every shape of the graph. */
export function Legend() {
  return (
    <ul className={styles['legend']} aria-label="Legend">
      {MARKS.map((mark) => (
        <li key={mark}>
          <StateMark state={mark === 'running' ? 'running' : mark} depth={1} size={12} />
          {MARK_WORDS[mark]}
        </li>
      ))}
      <li className={styles['depths']}>
        <Doll depth={0} open={false} size={17} />
        <Doll depth={1} open={false} size={15} />
        <Doll depth={2} open={false} size={13} />
        depth 0, 1, 2
      </li>
      <li>
        <Doll depth={1} open size={15} />
        open while it works
      </li>
    </ul>
  );
}
