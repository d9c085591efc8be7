import styles from './wordmark.module.css';

/** One silhouette at three sizes, standing on one ground: the app's mark. */
const SILHOUETTE =
  'M0-30C4.4-30 7-26.9 7-23.4 7-20.9 6.1-19.2 6-17.2 8.7-15.4 10.5-11.9 10.5-7.9 10.5-3.5 8-0 5.3 0H-5.3C-8 0-10.5-3.5-10.5-7.9-10.5-11.9-8.7-15.4-6-17.2-6.1-19.2-7-20.9-7-23.4-7-26.9-4.4-30 0-30Z';

export function Mark({ height = 30 }: { readonly height?: number }) {
  return (
    <svg width={(height * 22) / 30} height={height} viewBox="-11 -30 22 30" aria-hidden="true">
      <path d={SILHOUETTE} fill="var(--lac)" />
      <path d={SILHOUETTE} fill="var(--paper)" transform="scale(.74)" />
      <path d={SILHOUETTE} fill="var(--lac)" transform="scale(.53)" />
    </svg>
  );
}

/** The app's name with its mark; leads back to the first page. */
export function Wordmark({ onClick }: { readonly onClick: () => void }) {
  return (
    <h1 className={styles.heading}>
      <button type="button" className={styles.wordmark} onClick={onClick} title="Start page">
        <Mark />
        <span className={styles.name}>Matryoshka</span>
      </button>
    </h1>
  );
}
