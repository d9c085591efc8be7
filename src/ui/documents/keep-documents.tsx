import { Trash2 } from 'lucide-react';
import { formatBytes, plural } from '../../base/format.ts';
import { useCommands, useKept, useLibrary, usePreferences, useRunInFlight } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Checkbox } from '../kit/inputs.tsx';
import styles from './keep-documents.module.css';

/** Whether documents outlive the visit, how much room they take here, and the way to be rid of them. */
export function KeepDocuments() {
  const commands = useCommands();
  const none = useLibrary((library) => library.items.length === 0);
  const keep = usePreferences((preferences) => preferences.keepDocuments);
  const bytes = useKept((kept) => kept.bytes);
  const copying = useKept((kept) => kept.copying);
  const running = useRunInFlight() !== null;
  if (none && !keep && bytes === 0) return null;
  return (
    <div className={styles.keep}>
      <Checkbox
        label="Keep documents on this device"
        checked={keep}
        onChange={(event) => void commands.keepDocuments(event.target.checked)}
      />
      {(bytes > 0 || copying > 0) && (
        <div className={styles.room}>
          <span>
            {formatBytes(bytes)} kept{copying > 0 ? `, copying ${plural(copying, 'file')}` : ''}
          </span>
          <Button kind="quiet" icon={Trash2} disabled={running} onClick={() => void commands.forgetDocuments()}>
            Forget all
          </Button>
        </div>
      )}
    </div>
  );
}
