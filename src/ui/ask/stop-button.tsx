import { Square } from 'lucide-react';
import { useCommands } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { shortcut } from '../kit/platform.ts';
import styles from './stop-button.module.css';

export function StopButton({ size = 'bar' }: { readonly size?: 'bar' | 'large' }) {
  const commands = useCommands();
  return (
    <Button size={size} className={styles.stop} onClick={() => commands.stop()} title={`Stop (${shortcut('.')})`}>
      <Square size={11} fill="currentColor" strokeWidth={0} aria-hidden="true" />
      Stop
      {size === 'bar' && (
        <span className={styles.keys} aria-hidden="true">
          {shortcut('.')}
        </span>
      )}
    </Button>
  );
}
