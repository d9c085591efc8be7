import { Send } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { RunStore } from '../../state/run-store.ts';
import { useCommands } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { TextArea } from '../kit/inputs.tsx';
import { hasMod, shortcut } from '../kit/platform.ts';
import { Panel } from './panel.tsx';
import styles from './panel.module.css';
import { useDraft } from './use-draft.ts';

interface ReplyEditorProps {
  readonly run: RunStore;
  readonly turn: number;
  /** The last message that the root was sent. */
  readonly shown: string;
}

const EMPTY = '```repl\n\n```';

/** The person is the root model: what it was shown, and room for its reply. */
export function ReplyEditor({ run, turn, shown }: ReplyEditorProps) {
  const { replyAsRoot } = useCommands();
  const [reply, setReply] = useDraft(run, `reply ${turn}`, EMPTY);
  const [sent, setSent] = useState(false);
  const isEmpty = reply.trim() === '' || reply === EMPTY;
  const send = () => {
    if (isEmpty || sent) return;
    setSent(true);
    replyAsRoot(reply);
  };
  const sendOnKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !hasMod(event)) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  };
  return (
    <Panel
      title={`You are the root model: turn ${turn}`}
      field={
        <>
          <TextArea className={styles.shown} aria-label="What the root is shown" readOnly value={shown} />
          <TextArea
            className={styles.field}
            aria-label="Reply as the root"
            value={reply}
            onChange={(event) => setReply(event.target.value)}
            onKeyDown={sendOnKey}
          />
        </>
      }
    >
      <Button kind="lacquer" size="form" icon={Send} disabled={isEmpty || sent} onClick={send}>
        Send reply
      </Button>
      <span className={styles.hint}>
        One block tagged repl is run. Try <code>print(context.slice(0, 500))</code>, then <code>FINAL("…")</code>. {shortcut('Enter')} sends.
      </span>
    </Panel>
  );
}
