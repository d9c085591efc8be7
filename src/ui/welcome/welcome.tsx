import { FilePlus, Folder, HardDrive, Unplug } from 'lucide-react';
import { isReading, readyDocuments } from '../../state/library-store.ts';
import { AskButton } from '../ask/ask-button.tsx';
import { Estimate } from '../ask/estimate.tsx';
import { QuestionBox } from '../ask/question-box.tsx';
import { LibraryStatus } from '../ask/run-status.tsx';
import { useKept, useLibrary, usePreferences } from '../app-context.tsx';
import { useAddressDialog } from '../documents/add-menu.tsx';
import { pickFiles, usePickFolder } from '../documents/pick-files.tsx';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { shortcut } from '../kit/platform.ts';
import { UnfinishedRun } from '../resume/unfinished-run.tsx';
import { HeroDoll } from './hero-doll.tsx';
import { Samples } from './samples.tsx';
import { Lede } from './lede.tsx';
import styles from './welcome.module.css';

/** The desk before a run: what to drop, where to ask, three samples, and what stays in the tab. */
export function Welcome() {
  const filled = useLibrary((library) => readyDocuments(library).length > 0 && !isReading(library));
  const offered = useKept((kept) => kept.offers[0]?.phase === 'offered');
  const empty = useLibrary((library) => library.items.length === 0);
  const pickFolder = usePickFolder();
  const { ask, dialog } = useAddressDialog();
  return (
    <div className={styles.welcome}>
      <UnfinishedRun />
      <div className={styles.first}>
        <div className={styles.words}>
          <Lede />
          <div className={styles.add}>
            <Button kind={filled || offered ? 'plain' : 'lacquer'} size="large" icon={FilePlus} onClick={pickFiles}>
              Add files
            </Button>
            <Button size="large" icon={Folder} onClick={pickFolder}>
              Add a folder
            </Button>
            <p className={styles.paste}>
              <span className={styles.keys}>
                or paste text <KeyHint keys={shortcut('V')} />,
              </span>{' '}
              or{' '}
              <button type="button" className={styles.address} aria-label="Add a web address" onClick={ask}>
                a web address
              </button>
            </p>
          </div>
          {dialog}
          <div className={styles.ask}>
            <QuestionBox placeholder={empty ? 'Then ask a question about it' : 'What do you want to know?'} />
            <AskButton />
          </div>
          <LibraryStatus className={empty ? 'visually-hidden' : styles.status} />
          <Estimate />
          <Promises />
        </div>
        <div className={styles.picture}>
          <HeroDoll filled={filled} />
          <p className={styles.caption}>Drop {empty ? '' : 'more '}anywhere on this page</p>
        </div>
      </div>
      <Samples />
    </div>
  );
}

/** What happens to files and to keys, before anything was given. */
function Promises() {
  const offline = usePreferences((preferences) => preferences.run.provider === 'offline');
  const model = usePreferences((preferences) => preferences.run.rootModel);
  return (
    <ul className={styles.promises}>
      <li>
        <Icon of={Unplug} />
        {offline ? (
          <p>
            <strong>Works now, with no key.</strong> The offline demo model runs in this tab.
          </p>
        ) : (
          <p>
            <strong>{model} answers,</strong> called from this tab. Settings holds its limits.
          </p>
        )}
      </li>
      <li>
        <Icon of={HardDrive} />
        <p>Files are read here and stay here. Only the pieces a model asks for are sent, and you see each one.</p>
      </li>
    </ul>
  );
}
