import styles from './cost-panel.module.css';
import { priceSize } from './price-size.ts';

interface MeterProps {
  readonly label: string;
  readonly value: string;
  readonly large?: boolean;
  /** What the value may reach; null where nothing limits it. */
  readonly limit: string | null;
  /** Share of the limit that is used; null draws no bar. */
  readonly fraction: number | null;
  /** The limit that will stop the run first is the one in lacquer. */
  readonly isFirst: boolean;
}

/** Label, value, limit and a bar on the shared baseline. */
export function Meter({ label, value, large = false, limit, fraction, isFirst }: MeterProps) {
  return (
    <div className={large ? `${styles['meter']} ${styles['large']}` : styles['meter']}>
      <span className={styles['label']}>{label}</span>
      <span className={styles['value']}>
        <b {...(large && { 'data-size': priceSize(value, limit) })}>{value}</b>
        {limit === null ? null : <span className={styles['limit']}> / {limit}</span>}
      </span>
      <span className={styles['bar']} aria-hidden="true">
        {fraction === null ? null : (
          <i
            className={isFirst && fraction >= 0.6 ? styles['first'] : ''}
            style={{ width: `${Math.min(1, fraction) * 100}%` }}
          />
        )}
      </span>
    </div>
  );
}
