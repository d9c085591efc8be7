import { StateMark } from '../kit/state-mark.tsx';
import styles from './timeline.module.css';

/** Names every shape of the timeline. */
export function TimelineLegend() {
  return (
    <ul className={styles['legend']} aria-label="Legend">
      <li>
        <i className={styles['writes']} /> model writes
      </li>
      <li>
        <i className={styles['writing']} /> writes now
      </li>
      <li>
        <i className={styles['runs']} /> code runs
      </li>
      <li>
        <i className={styles['waits']} /> waits
      </li>
      <li>
        <StateMark state="retrying" depth={0} size={12} /> retry
      </li>
      <li>
        <StateMark state="failed" depth={0} size={11} /> failed
      </li>
    </ul>
  );
}
