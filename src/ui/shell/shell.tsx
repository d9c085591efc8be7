import { useSelectedRun } from '../app-context.tsx';
import { useIsNarrow } from '../kit/use-media.ts';
import { Welcome } from '../welcome/welcome.tsx';
import { Desk } from './desk.tsx';
import { Phone, PhoneWelcome } from './phone.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

/** Three panes on a desk, tabs on a phone; before the first run one page that says what to drop. */
export function Shell({ onKeys }: { readonly onKeys: () => void }) {
  const run = useSelectedRun();
  const narrow = useIsNarrow();
  if (narrow) return run ? <Phone run={run} /> : <PhoneWelcome />;
  if (run) return <Desk run={run} key={run.getState().id} />;
  return (
    <div className={styles.welcome}>
      <Sidebar onKeys={onKeys} />
      <main className={styles.main}>
        <Welcome />
      </main>
    </div>
  );
}
