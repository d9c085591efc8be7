import { X } from 'lucide-react';
import { useAlerts, useApp } from '../app-context.tsx';
import { Icon } from '../kit/icon.tsx';
import styles from './alerts.module.css';

/** What went wrong and what to do, paper on ink, until it is dismissed. */
export function Alerts() {
  const { alerts } = useApp();
  const shown = useAlerts();
  if (shown.length === 0) return null;
  return (
    <div className={styles.alerts}>
      {shown.map(({ id, text }) => (
        <div key={id} className={styles.bar}>
          <p role="alert" className={styles.text}>
            {text}
          </p>
          <button
            type="button"
            className={styles.dismiss}
            aria-label="Dismiss"
            title="Dismiss"
            onClick={() => alerts.dismiss(id)}
          >
            <Icon of={X} />
          </button>
        </div>
      ))}
    </div>
  );
}
